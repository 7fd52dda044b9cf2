import { and, sql } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import { organisations } from '~db/schema'
import { query } from '../kernel'
import { CountSoon, LeadFilter, ListLeads } from './contract'
import { countOf, inTime } from './count-of'
import { leadFilter } from './lead-filter'
import { pageOfLeads, type LeadPage } from './list-order'
import { visibleLeads, visibleParts } from './visible-leads'

/**
 * Leads by a filter in an order (newest first), page by page. The index of each order is named in `list-order.ts`.
 * Refuses: invalid (`sort: too-many-to-sort`: by a name, more than 10,000).
 */
export const listLeads = query({
  name: 'lead.list',
  permission: 'leads:read',
  input: ListLeads,
  async run({ tx, ctx, input }): Promise<LeadPage> {
    const where = and(leadFilter(ctx, input, await timeZoneOf(tx)), input.updated_since && changedSince(input.updated_since))
    return pageOfLeads(tx, { where: where ?? sql`true`, parts: visibleParts(ctx, 'l'), sort: input.sort, cursor: input.cursor, limit: input.limit })
  },
})

/** How many leads a filter has: exactly up to 10,000; 10,001 says "more". The length of `listLeads` without an end. */
export const countLeads = query({
  name: 'lead.count',
  permission: 'leads:read',
  input: LeadFilter,
  async run({ tx, ctx, input }): Promise<number> {
    const where = and(visibleLeads(ctx, 'l'), leadFilter(ctx, input, await timeZoneOf(tx)))
    return countOf(tx, where ?? sql`true`)
  },
})

/** The same where it must not hold anybody up: null if it is not known after `withinMs`. */
export const countSoon = query({
  name: 'lead.count-soon',
  permission: 'leads:read',
  input: CountSoon,
  async run({ tx, ctx, input: { withinMs, ...filter } }): Promise<number | null> {
    const where = and(visibleLeads(ctx, 'l'), leadFilter(ctx, filter, await timeZoneOf(tx)))
    return inTime(tx, withinMs, (inner) => countOf(inner, where ?? sql`true`))
  },
})

/** The zone that decides an organisation's days. */
export async function timeZoneOf(tx: Tx): Promise<string> {
  const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
  return org?.timeZone ?? 'UTC'
}

/** Whether anything happened to a lead since a moment, over `leads l`. What happened is a row with a time; any of them counts as a change. */
export const changedSince = (since: Date) => {
  const at = sql`${since.toISOString()}::timestamptz`
  return sql`(l.created_at >= ${at} or l.last_contact_at >= ${at}
    or exists (select 1 from stage_moves m where m.org_id = l.org_id and m.lead_id = l.id and m.recorded_at >= ${at})
    or exists (select 1 from lead_changes x where x.org_id = l.org_id and x.lead_id = l.id and x.at >= ${at})
    or exists (select 1 from ownership_changes o where o.org_id = l.org_id and o.lead_id = l.id and o.at >= ${at})
    or exists (select 1 from activities a where a.org_id = l.org_id and a.lead_id = l.id and (a.at >= ${at} or a.undone_at >= ${at})))`
}
