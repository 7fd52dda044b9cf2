import { sql } from 'drizzle-orm'
import { fromUuid, isId, toUuid } from '~/lib/ids'
import { can, inTransaction, memberOf, type Context } from '../kernel'
import { visibleLeads } from '../leads'
import { subjectOf, type LiveEvent } from './live-event'

/** Those of these events the actor may hear of, asked of the database now; in the order given. */
export async function audible(ctx: Context, events: readonly LiveEvent[]): Promise<LiveEvent[]> {
  const allowed = events.filter((event) => event.org === ctx.orgId && isFor(ctx, event) && can(ctx.actor, subjectOf(event.kind).permission))
  const leadIds = [...new Set(allowed.filter(isAboutLead).map(({ id }) => id))].filter((id) => isId('lead', id))
  const visible = leadIds.length === 0 ? new Set<string>() : await visibleOf(ctx, leadIds)
  return allowed.filter((event) => !isAboutLead(event) || visible.has(event.id) || lostIt(ctx, event))
}

const isFor = (ctx: Context, { to }: LiveEvent) => to === undefined || to === memberOf(ctx.actor)
const isAboutLead = (event: LiveEvent) => subjectOf(event.kind).key === 'leadId'
// Whoever had the lead until now must hear that it is gone from the list.
const lostIt = (ctx: Context, event: LiveEvent) => event.was !== undefined && event.was === memberOf(ctx.actor)

async function visibleOf(ctx: Context, leadIds: readonly string[]): Promise<Set<string>> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const ids = sql.join(leadIds.map((id) => sql`${toUuid(id)}::uuid`), sql`, `)
    const rows = await tx.execute<{ id: string }>(sql`select leads.id from leads where leads.id in (${ids}) and ${visibleLeads(ctx)}`)
    return new Set(rows.map(({ id }) => fromUuid('lead', id) as string))
  })
}
