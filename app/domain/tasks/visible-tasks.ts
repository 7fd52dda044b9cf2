import { sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { DomainError, type Context } from '../kernel'
import { lockedTask, visibleLeads, type TaskRow } from '../leads'

/** Which tasks, under the name `tasks`, this actor may see: their own, those of leads they see, and their team's. */
export function visibleTasks(ctx: Context): SQL {
  const { actor } = ctx
  switch (actor.kind) {
    case 'system':
    case 'apiKey': return sql`true`
    case 'source':
    case 'partner': return sql`false`
    case 'user': {
      if (actor.visibility.leads === 'all') return sql`true`
      const own = sql`(tasks.assignee_id = ${toUuid(actor.memberId)} or tasks.created_by = ${toUuid(actor.memberId)} or exists (select from leads where leads.org_id = tasks.org_id and leads.id = tasks.lead_id and ${visibleLeads(ctx)}))`
      if (actor.visibility.leads === 'own' || actor.teamId === null) return own
      return sql`(${own} or tasks.assignee_id in (select m.id from members m where m.org_id = tasks.org_id and m.team_id = ${toUuid(actor.teamId)}))`
    }
  }
}

/** A task the actor may see, locked. Refuses `not-found`. */
export async function lockedVisibleTask(ctx: Context & { tx: NonNullable<Context['tx']> }, taskId: Id<'tsk'>): Promise<TaskRow> {
  const task = await lockedTask(ctx, taskId)
  if (task === undefined) throw new DomainError('not-found')
  const seen = await ctx.tx.execute(sql`select 1 from tasks where tasks.org_id = ${toUuid(ctx.orgId)} and tasks.id = ${toUuid(taskId)} and ${visibleTasks(ctx)}`)
  if (seen.length === 0) throw new DomainError('not-found')
  return task
}
