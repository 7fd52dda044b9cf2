import { sql, type SQL } from 'drizzle-orm'
import type { Cell } from '../scoring/vocabulary'

/**
 * The cell that counts, over a row of `lead_scores` under a name: the one somebody set goes before the card's. Word for word
 * as the index `lead_scores_cell` says it; `case`, because coalesce is leaky under row-level security.
 */
export const effectiveCell = (alias: string): SQL => {
  const column = (name: string) => sql`${sql.identifier(alias)}.${sql.identifier(name)}`
  return sql`(case when ${column('override_cell')} is null then ${column('cell')} else ${column('override_cell')} end)`
}

const score = (test: SQL): SQL => sql`exists (select from lead_scores sc where sc.org_id = l.org_id and sc.lead_id = l.id and ${test})`

/** Whether a lead `l` has a cell at all: scored, and by nobody's objection left out. */
export const isScored: SQL = score(sql`${effectiveCell('sc')} is not null`)

/** Whether it stands in one of these cells. Written as `exists`: rare cells are found by the index, common ones along the list. */
export const inCells = (cells: readonly Cell[]): SQL =>
  score(cells.length === 1 ? sql`${effectiveCell('sc')} = ${cells[0]}::smallint` : sql`${effectiveCell('sc')} = any (${`{${cells.join(',')}}`}::smallint[])`)
