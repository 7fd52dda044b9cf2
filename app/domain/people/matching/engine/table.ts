import { compareValues } from './compare-values'
import { LEVEL, type ColumnKind } from './kinds'
import { readValue } from './read-value'

/** A compared column; `moves` are the columns of its family in which its values may stand by mistake. */
export type Column = { name: string; kind: ColumnKind; moves: readonly number[] }
/** Rows as numbers: `cells[column][row]` is the place of its text, -1 where it says nothing. */
export type Table = { columns: readonly Column[]; size: number; texts: readonly string[]; cells: readonly Int32Array[] }

const MOST_COLUMNS = 20
const FAMILIES: readonly (readonly ColumnKind[])[] = [['name'], ['text'], ['month', 'day'], ['phone'], ['email'], ['code'], ['number']]

/** Reads rows into a table. Columns of kind `ignore` are left out, and so are those beyond twenty. */
export function openTable(headers: readonly string[], kinds: Readonly<Record<string, ColumnKind>>, rows: readonly (readonly string[])[], country = 'CN'): Table {
  const taken = headers.flatMap((name, at) => ((kinds[name] ?? 'ignore') === 'ignore' ? [] : [{ name, at, kind: kinds[name] ?? 'ignore' }])).slice(0, MOST_COLUMNS)
  const places = new Map<string, number>()
  const texts: string[] = []
  const cells = taken.map(({ at, kind }) => {
    const column = new Int32Array(rows.length)
    for (const [row, values] of rows.entries()) {
      const text = readValue(kind, values[at] ?? '', country)
      if (text === '') { column[row] = -1; continue }
      const known = places.get(text)
      column[row] = known ?? texts.length
      if (known === undefined) { places.set(text, texts.length); texts.push(text) }
    }
    return column
  })
  const columns = taken.map(({ name, kind }, index) => ({
    name, kind, moves: taken.flatMap((other, at) => (at !== index && FAMILIES.some((family) => family.includes(kind) && family.includes(other.kind)) ? [at] : [])),
  }))
  return { columns, size: rows.length, texts, cells }
}

export const cellOf = ({ cells }: Table, column: number, row: number): number => cells[column]?.[row] ?? -1

/** Compares two rows in one column. */
export function levelOf(table: Table, at: number, a: number, b: number): number {
  const column = table.columns[at]
  const [left, right] = [cellOf(table, at, a), cellOf(table, at, b)]
  if (column === undefined || left < 0 || right < 0) return LEVEL.missing
  if (left === right) return LEVEL.exact
  const level = compareValues(column.kind, table.texts[left] ?? '', table.texts[right] ?? '')
  if (level !== LEVEL.far) return level
  const changedPlaces = (other: number) => {
    const [otherLeft, otherRight] = [cellOf(table, other, a), cellOf(table, other, b)]
    return isMoved(table, column.kind, left, otherRight, right, otherLeft) || isMoved(table, column.kind, right, otherLeft, left, otherRight)
  }
  const partner = column.moves.find(changedPlaces)
  if (partner === undefined) return LEVEL.far
  // Two columns that changed places are one slip: the first of them speaks for both.
  const isToldAlready = partner < at && cellOf(table, partner, a) >= 0 && cellOf(table, partner, b) >= 0
  return isToldAlready ? LEVEL.missing : LEVEL.moved
}

// A value stands on the other side in another column, and what stands there came from here or is missing: Martin Kühn is not Karin Martin.
function isMoved(table: Table, kind: ColumnKind, value: number, found: number, back: number, origin: number): boolean {
  if (value !== found || origin === found) return false
  return origin < 0 || origin === back || compareValues(kind, table.texts[origin] ?? '', table.texts[back] ?? '') !== LEVEL.far
}

const BASE = 6

/** How two rows agree in every column, as one number; `levelsOf` reads it. */
export function patternOf(table: Table, a: number, b: number): number {
  let pattern = 0
  for (let at = table.columns.length - 1; at >= 0; at -= 1) pattern = pattern * BASE + levelOf(table, at, a, b)
  return pattern
}

/** The levels of a pattern, column by column. */
export function levelsOf(pattern: number, columns: number): number[] {
  const found: number[] = []
  for (let rest = pattern; found.length < columns; rest = Math.floor(rest / BASE)) found.push(rest % BASE)
  return found
}
