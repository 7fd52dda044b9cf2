import { and, asc, isNull, ne, sql, type SQL } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { channels, members } from '~db/schema'
import { query } from '../kernel'
import { cells } from '../scoring/vocabulary'
import { GroupLeads } from './contract'
import { countOf, inTime } from './count-of'
import { inCells, isScored } from './effective-cell'
import { leadFilter } from './lead-filter'
import type { LeadListRow } from './lead-rows'
import { timeZoneOf } from './list-leads'
import { pageOfLeads } from './list-order'
import { stages, type Grouping } from './vocabulary'
import { visibleLeads } from './visible-leads'

const rowsEach = 8
const opened = 12
const groupsAtMost = 80
const groupMs = 400

/** `key` is a stage, a cell, or an id, or null for leads without; `count` is null where it is not known soon enough. */
export type LeadGroup = { key: string | null; name: string | null; count: number | null; rows: LeadListRow[] }
type Key = { key: string | null; name: string | null; where: SQL }

/** The leads of a filter in groups with their counts (up to 10,001), the first twelve groups with their first eight rows. Empty groups are left out. */
export const leadGroups = query({
  name: 'lead.groups',
  permission: 'leads:read',
  input: GroupLeads,
  async run({ tx, ctx, input }): Promise<LeadGroup[]> {
    const all = and(visibleLeads(ctx, 'l'), leadFilter(ctx, input, await timeZoneOf(tx)))
    const groups: LeadGroup[] = []
    for (const { key, name, where } of await keysOf[input.group](tx)) {
      const mine = and(all, where) ?? where
      const count = await inTime(tx, groupMs, (inner) => countOf(inner, mine))
      if (count === 0) continue
      const shown = groups.length < opened ? await pageOfLeads(tx, { where: mine, parts: [], sort: input.sort, cursor: undefined, limit: rowsEach }) : { rows: [] }
      groups.push({ key, name, count, rows: shown.rows })
    }
    return groups
  },
})

const keysOf: Record<Grouping, (tx: Tx) => Promise<Key[]>> = {
  stage: async () => stages.map((stage) => ({ key: stage, name: null, where: sql`l.stage = ${stage}` })),
  cell: async () => [...cells.map((cell) => ({ key: String(cell), name: null, where: inCells([cell]) })), { key: null, name: null, where: sql`not ${isScored}` }],
  owner: async (tx) => {
    const rows = await tx.select({ id: members.id, name: members.name }).from(members).where(ne(members.role, 'partner')).orderBy(asc(members.name)).limit(groupsAtMost)
    return [...rows.map(({ id, name }) => ({ key: id, name, where: sql`l.owner_id = ${toUuid(id)}::uuid` })), { key: null, name: null, where: sql`l.owner_id is null` }]
  },
  channel: async (tx) => {
    const rows = await tx.select({ id: channels.id, name: channels.name }).from(channels).where(isNull(channels.archivedAt)).orderBy(asc(channels.name)).limit(groupsAtMost)
    return [...rows.map(({ id, name }) => ({ key: id, name, where: sql`l.channel_id = ${toUuid(id)}::uuid` })), { key: null, name: null, where: sql`l.channel_id is null` }]
  },
}
