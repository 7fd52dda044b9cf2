import { and, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import { isId, toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { query } from '../kernel'
import { LeadBoard } from './contract'
import { countOf, inTime } from './count-of'
import { readCursor, writeCursor } from './cursor'
import { leadFilter } from './lead-filter'
import { leadRows, type LeadListRow } from './lead-rows'
import { timeZoneOf } from './list-leads'
import { stages, type Stage } from './vocabulary'
import { visibleLeads } from './visible-leads'

const cards = 20
const countMs = 400
const Cursor = z.tuple([z.iso.datetime(), z.string().refine((id) => isId('lead', id))])

export type BoardColumn = { stage: Stage; count: number | null; rows: LeadListRow[]; nextCursor: string | null }

/**
 * The leads of a filter by stage, those that entered it last first, twenty cards a column. `column` with `cursor` asks
 * for the next cards of one. Reads `lead_stages_entered` (org, stage, entered_at, lead) backwards. Counts up to 10,001.
 */
export const leadBoard = query({
  name: 'lead.board',
  permission: 'leads:read',
  input: LeadBoard,
  async run({ tx, ctx, input }): Promise<BoardColumn[]> {
    const all = and(visibleLeads(ctx, 'l'), leadFilter(ctx, input, await timeZoneOf(tx))) ?? sql`true`
    const columns: BoardColumn[] = []
    for (const stage of input.column === undefined ? stages : [input.column]) columns.push(await columnOf(tx, all, stage, input.column === undefined ? undefined : input.cursor))
    return columns
  },
})

async function columnOf(tx: Tx, all: SQL, stage: Stage, cursor: string | undefined): Promise<BoardColumn> {
  const after = readCursor(Cursor, cursor)
  const here = and(all, sql`l.stage = ${stage}`) ?? all
  // The order is that of `lead_stages_entered`.
  const inOrder = and(all, sql`s.stage = ${stage}`) ?? all
  const page = after === null ? inOrder : and(inOrder, sql`(s.entered_at, s.lead_id) < (${after[0]}::timestamptz, ${toUuid(after[1])}::uuid)`)
  const rows = await leadRows(tx, page ?? inOrder, sql`s.entered_at desc, s.lead_id desc`, cards + 1)
  const shown = rows.slice(0, cards)
  const last = shown.at(-1)
  return {
    stage, rows: shown, count: await inTime(tx, countMs, (inner) => countOf(inner, here)),
    nextCursor: rows.length > cards && last !== undefined ? writeCursor([last.enteredAt.toISOString(), last.id]) : null,
  }
}
