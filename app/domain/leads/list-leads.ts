import { and, sql } from 'drizzle-orm'
import * as z from 'zod'
import { toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { organisations } from '~db/schema'
import { isId } from '~/lib/ids'
import { query } from '../kernel'
import { LeadFilter, ListLeads } from './contract'
import { readCursor, writeCursor } from './cursor'
import { leadFilter } from './lead-filter'
import { leadRows, type LeadListRow } from './lead-rows'
import { visibleLeads } from './visible-leads'

export const countedAtMost = 10_001
const Cursor = z.tuple([z.iso.datetime(), z.string().refine((id) => isId('lead', id))])
export type LeadPage = { rows: LeadListRow[]; nextCursor: string | null }

/** Leads by a filter, newest first, page by page. Reads `leads_came_in` (org, came_in_at, id) backwards. */
export const listLeads = query({
  name: 'lead.list',
  permission: 'leads:read',
  input: ListLeads,
  async run({ tx, ctx, input }): Promise<LeadPage> {
    const after = readCursor(Cursor, input.cursor)
    const where = and(
      visibleLeads(ctx, 'l'),
      leadFilter(ctx, input, await timeZoneOf(tx)),
      after === null ? undefined : sql`(l.came_in_at, l.id) < (${after[0]}::timestamptz, ${toUuid(after[1])}::uuid)`,
      input.updated_since && changedSince(input.updated_since),
    )
    const rows = await leadRows(tx, where ?? sql`true`, sql`l.came_in_at desc, l.id desc`, input.limit + 1)
    const shown = rows.slice(0, input.limit)
    const last = shown.at(-1)
    const more = rows.length > input.limit && last !== undefined
    return { rows: shown, nextCursor: more ? writeCursor([last.cameInAt.toISOString(), last.id]) : null }
  },
})

/** How many leads a filter has: exactly up to 10,000; 10,001 says "more". The length of `listLeads` without an end. */
export const countLeads = query({
  name: 'lead.count',
  permission: 'leads:read',
  input: LeadFilter,
  async run({ tx, ctx, input }): Promise<number> {
    const where = and(visibleLeads(ctx, 'l'), leadFilter(ctx, input, await timeZoneOf(tx)))
    const [row] = await tx.execute<{ n: number }>(sql`
      select count(*)::int as n from (
        select 1 from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id where ${where} limit ${countedAtMost}
      ) found`)
    return row?.n ?? 0
  },
})

/** The zone that decides an organisation's days. */
export async function timeZoneOf(tx: Tx): Promise<string> {
  const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
  return org?.timeZone ?? 'UTC'
}

/** What happened to a lead is a row with a time; any of them counts as a change. */
const changedSince = (since: Date) => {
  const at = sql`${since.toISOString()}::timestamptz`
  return sql`(l.created_at >= ${at} or l.last_contact_at >= ${at}
    or exists (select 1 from stage_moves m where m.org_id = l.org_id and m.lead_id = l.id and m.recorded_at >= ${at})
    or exists (select 1 from lead_changes x where x.org_id = l.org_id and x.lead_id = l.id and x.at >= ${at})
    or exists (select 1 from activities a where a.org_id = l.org_id and a.lead_id = l.id and (a.at >= ${at} or a.undone_at >= ${at})))`
}
