import { and, or, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import { isId, toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { DomainError } from '../kernel'
import { countedAtMost, countOf, inTime } from './count-of'
import { readCursor, writeCursor } from './cursor'
import { effectiveCell } from './effective-cell'
import { leadRows, type LeadListRow } from './lead-rows'
import type { SortName } from './vocabulary'

type Order = { column: SQL; id: SQL; type: SQL; of: (row: LeadListRow) => string | null; isAlways?: true; isNamed?: true; table?: SQL }

// Names stand in other tables, which no index of leads can follow.
const named = (column: SQL, of: Order['of']): Order => ({ column: sql`(${column} collate "zh-x-icu")`, id: sql`l.id`, type: sql`text`, of, isNamed: true })

// Each of the others stands in an index (org, column, lead): leads_came_in, leads_last_contact, leads_next_step, lead_stages_won, lead_stages_amount, lead_stages_grade, lead_scores_cell.
const orders: Record<SortName, Order> = {
  came_in: { column: sql`l.came_in_at`, id: sql`l.id`, type: sql`timestamptz`, of: (row) => row.cameInAt.toISOString(), isAlways: true },
  contact: { column: sql`l.last_contact_at`, id: sql`l.id`, type: sql`timestamptz`, of: (row) => row.lastContactAt?.toISOString() ?? null },
  next: { column: sql`l.next_step_at`, id: sql`l.id`, type: sql`timestamptz`, of: (row) => row.nextStepAt?.toISOString() ?? null },
  won: { column: sql`s.won_at`, id: sql`s.lead_id`, type: sql`timestamptz`, of: (row) => row.wonAt?.toISOString() ?? null },
  amount: { column: sql`s.expected_amount`, id: sql`s.lead_id`, type: sql`bigint`, of: (row) => row.expectedAmount?.toString() ?? null },
  grade: { column: sql`s.grade`, id: sql`s.lead_id`, type: sql`text`, of: (row) => row.grade },
  cell: { column: effectiveCell('sc'), id: sql`sc.lead_id`, type: sql`smallint`, of: (row) => row.cell?.toString() ?? null, table: sql`join lead_scores sc on sc.org_id = l.org_id and sc.lead_id = l.id` },
  name: named(sql`coalesce(nullif(p.name, ''), nullif(c.name, ''))`, (row) => row.person?.name || row.company?.name || null),
  company: named(sql`nullif(c.name, '')`, (row) => row.company?.name || null),
  owner: named(sql`o.name`, (row) => row.owner?.name ?? null),
}

const countMs = 400
const Cursor = z.tuple([z.string().max(20), z.string().max(400).nullable(), z.string().refine((id) => isId('lead', id))])
export type LeadPage = { rows: LeadListRow[]; nextCursor: string | null }
type Ask = { where: SQL; parts: readonly SQL[]; sort: string; cursor: string | undefined; limit: number }

/**
 * One page of leads in an order, by keyset. Leads without a value stand last either way: they are a second walk, so
 * that each of the two reads its index in order. Refuses `invalid` for a cursor of another order, and for an order by
 * names of more than ten thousand leads (or where nobody knows soon enough how many they are).
 */
export async function pageOfLeads(tx: Tx, { where, parts, sort, cursor, limit }: Ask): Promise<LeadPage> {
  const order = orders[sort.replace(/^-/, '') as SortName]
  if (order.isNamed === true && ((await inTime(tx, countMs, (inner) => countOf(inner, and(or(...parts), where) ?? where))) ?? countedAtMost) >= countedAtMost) throw new DomainError('invalid', { fields: { sort: ['too-many-to-sort'] } })
  const isDown = sort.startsWith('-')
  const after = readCursor(Cursor.refine(([name]) => name === sort), cursor)
  const way = isDown ? sql`desc` : sql`asc`
  const beyond = isDown ? sql`<` : sql`>`
  const rows: LeadListRow[] = []
  if (after === null || after[1] !== null) {
    const from = after === null ? undefined : sql`(${order.column}, ${order.id}) ${beyond} (${after[1]}::${order.type}, ${toUuid(after[2])}::uuid)`
    const isThere = order.isAlways === true ? undefined : sql`${order.column} is not null`
    rows.push(...(await leadRows(tx, and(where, isThere, from) ?? where, sql`${order.column} ${way}, ${order.id} ${way}`, limit + 1, { isByNames: order.isNamed, parts, joined: order.table })))
  }
  if (rows.length <= limit && order.isAlways !== true) {
    // Whatever stands in another table may have no row there.
    const [id, joined] = order.table === undefined ? [order.id, undefined] : [sql`l.id`, sql`left ${order.table}`]
    const from = after?.[1] === null ? sql`${id} ${beyond} ${toUuid(after[2])}::uuid` : undefined
    rows.push(...(await leadRows(tx, and(where, sql`${order.column} is null`, from) ?? where, sql`${id} ${way}`, limit + 1 - rows.length, { isByNames: order.isNamed, parts, joined })))
  }
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, nextCursor: rows.length > limit && last !== undefined ? writeCursor([sort, order.of(last), last.id]) : null }
}
