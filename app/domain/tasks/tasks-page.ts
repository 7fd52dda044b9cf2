import { and, eq, sql, type SQL } from 'drizzle-orm'
import { maskText } from '~/lib/mask-contact'
import type { Id } from '~/lib/ids'
import { addDays, dayStart, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { companies, leads, members, organisations, people, tasks } from '~db/schema'
import { DomainError, memberOf, query, type Context } from '../kernel'
import { canSeeLead, visibleLeads } from '../leads'
import type { TaskKind } from '../leads/vocabulary'
import { seesContacts } from '../people'
import { LeadTasks, TasksPage } from './contract'
import { visibleTasks } from './visible-tasks'

export type TaskLine = {
  id: Id<'tsk'>; kind: TaskKind; title: string; dueAt: Date; timeZone: string; doneAt: Date | null; cancelledAt: Date | null
  assignee: { id: Id<'mem'>; name: string } | null; lead: { id: Id<'lead'>; person: string; company: string | null } | null
}
/** Open tasks by when they are due on the organisation's calendar, and what was done today. At most 300 open ones; `more` says so. */
export type TaskGroups = { overdue: TaskLine[]; today: TaskLine[]; week: TaskLine[]; later: TaskLine[]; done: TaskLine[]; more: boolean }

const mostOpen = 300

/** One's own tasks, or (with `team`) all the actor may see, by when they are due. Reads `tasks_assignee_open`. */
export const tasksPage = query({
  name: 'task.page',
  permission: 'leads:read',
  input: TasksPage,
  async run({ tx, ctx, input }): Promise<TaskGroups> {
    const me = memberOf(ctx.actor)
    const whose = input.whose === 'team' ? visibleTasks(ctx) : me === null ? sql`false` : eq(tasks.assigneeId, me)
    const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
    const zone = org?.timeZone ?? 'UTC'
    const today = localDate(ctx.now, zone)
    const [tomorrow, nextWeek] = [dayStart(addDays(today, 1), zone), dayStart(addDays(today, 8), zone)]
    const open = await linesOf(tx, ctx, and(whose, sql`${tasks.doneAt} is null and ${tasks.cancelledAt} is null`), sql`${tasks.dueAt}, ${tasks.id}`, mostOpen + 1)
    const done = await linesOf(tx, ctx, and(whose, sql`${tasks.doneAt} >= ${dayStart(today, zone).toISOString()}::timestamptz`), sql`${tasks.doneAt} desc, ${tasks.id}`, 100)
    const shown = open.slice(0, mostOpen)
    return {
      overdue: shown.filter(({ dueAt }) => dueAt <= ctx.now), today: shown.filter(({ dueAt }) => dueAt > ctx.now && dueAt < tomorrow),
      week: shown.filter(({ dueAt }) => dueAt >= tomorrow && dueAt < nextWeek && dueAt > ctx.now), later: shown.filter(({ dueAt }) => dueAt >= nextWeek), done, more: open.length > mostOpen,
    }
  },
})

/** Open tasks of a lead, the earliest first, then the last ten that were done. Refuses: not-found. */
export const leadTasks = query({
  name: 'task.of-lead',
  permission: 'leads:read',
  input: LeadTasks,
  async run({ tx, ctx, input: { leadId } }): Promise<{ open: TaskLine[]; done: TaskLine[] }> {
    if (!(await canSeeLead(ctx, leadId))) throw new DomainError('not-found')
    const own = eq(tasks.leadId, leadId)
    const open = await linesOf(tx, ctx, and(own, sql`${tasks.doneAt} is null and ${tasks.cancelledAt} is null`), sql`${tasks.dueAt}, ${tasks.id}`, 50)
    return { open, done: await linesOf(tx, ctx, and(own, sql`${tasks.doneAt} is not null`), sql`${tasks.doneAt} desc, ${tasks.id}`, 10) }
  },
})

/** Tasks as lines. A lead the actor does not see has no name here, and what was written of somebody else's is covered. */
async function linesOf(tx: Tx, ctx: Context, where: SQL | undefined, order: SQL, most: number): Promise<TaskLine[]> {
  const me = memberOf(ctx.actor)
  const rows = await tx.select({
    task: tasks, assignee: members.name, leadId: leads.id, ownerId: leads.ownerId, seen: sql<boolean>`${visibleLeads(ctx)}`, person: people.name, company: companies.name,
  }).from(tasks)
    .leftJoin(members, and(eq(members.orgId, tasks.orgId), eq(members.id, tasks.assigneeId)))
    .leftJoin(leads, and(eq(leads.orgId, tasks.orgId), eq(leads.id, tasks.leadId)))
    .leftJoin(people, and(eq(people.orgId, leads.orgId), eq(people.id, leads.personId)))
    .leftJoin(companies, and(eq(companies.orgId, leads.orgId), eq(companies.id, leads.companyId)))
    .where(where).orderBy(order).limit(most)
  return rows.map(({ task, assignee, leadId, ownerId, seen, person, company }) => {
    const mayRead = seesContacts(ctx) || me === task.assigneeId || me === task.createdBy || me === ownerId
    return {
      id: task.id, kind: task.kind, title: mayRead ? task.title : maskText(task.title), dueAt: task.dueAt, timeZone: task.timeZone, doneAt: task.doneAt, cancelledAt: task.cancelledAt,
      assignee: task.assigneeId === null ? null : { id: task.assigneeId, name: assignee ?? '' }, lead: leadId !== null && seen ? { id: leadId, person: person ?? '', company } : null,
    }
  })
}
