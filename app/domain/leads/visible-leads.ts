import { sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { inTransaction, type Context } from '../kernel'

const everyone = sql`true`
const nobody = sql`false`

/**
 * Which leads this actor may see, as a condition on the table `leads` under the name `alias`. Own is what one owns
 * or has submitted; team adds what one's team owns. Every list, detail, count, search and live event uses it.
 */
export function visibleLeads(ctx: Context, alias = 'leads'): SQL {
  const { actor } = ctx
  switch (actor.kind) {
    case 'system':
    case 'apiKey': return everyone
    case 'source': return nobody
    case 'partner': return submittedBy(actor.memberId, alias)
    case 'user': {
      if (actor.visibility.leads === 'all') return everyone
      const own = sql`(${column(alias, 'owner_id')} = ${toUuid(actor.memberId)} or ${column(alias, 'submitted_by')} = ${toUuid(actor.memberId)})`
      return actor.visibility.leads === 'own' || actor.teamId === null ? own : sql`(${own} or ${ofTeam(actor.teamId, alias)})`
    }
  }
}

/** The same in parts that share no lead: each reads an index in the order of a list, which their union would not. */
export function visibleParts(ctx: Context, alias: string): SQL[] {
  const { actor } = ctx
  if (actor.kind !== 'user' || actor.visibility.leads !== 'own') return [visibleLeads(ctx, alias)]
  const me = sql`${toUuid(actor.memberId)}::uuid`
  return [sql`${column(alias, 'owner_id')} = ${me}`, sql`${column(alias, 'submitted_by')} = ${me} and ${column(alias, 'owner_id')} is distinct from ${me}`]
}

/** Whether this actor may see this lead; false for ids of other organisations. */
export function canSeeLead(ctx: Context, leadId: Id<'lead'>): Promise<boolean> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const rows = await tx.execute(sql`select 1 from leads where id = ${toUuid(leadId)} and ${visibleLeads(ctx)}`)
    return rows.length > 0
  })
}

const column = (alias: string, name: string) => sql`${sql.identifier(alias)}.${sql.identifier(name)}`

const submittedBy = (memberId: Id<'mem'>, alias: string) => sql`${column(alias, 'submitted_by')} = ${toUuid(memberId)}`

function ofTeam(teamId: Id<'team'>, alias: string): SQL {
  return sql`${column(alias, 'owner_id')} in (select m.id from members m where m.org_id = ${column(alias, 'org_id')} and m.team_id = ${toUuid(teamId)})`
}
