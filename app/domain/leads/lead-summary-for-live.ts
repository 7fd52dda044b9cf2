import { sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { query } from '../kernel'
import { OneLead } from './contract'
import { leadRows, type LeadListRow } from './lead-rows'
import { visibleLeads } from './visible-leads'

/** One lead as lists show it, or null where this actor may not see it (any more): what a live event may tell. */
export const leadSummaryForLive = query({
  name: 'lead.summary',
  permission: 'leads:read',
  input: OneLead,
  async run({ tx, ctx, input: { leadId } }): Promise<LeadListRow | null> {
    const [row] = await leadRows(tx, sql`l.id = ${toUuid(leadId)}::uuid and ${visibleLeads(ctx, 'l')}`, sql`l.id`, 1)
    return row ?? null
  },
})
