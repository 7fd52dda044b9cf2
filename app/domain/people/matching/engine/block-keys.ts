import type { ColumnKind } from './kinds'
import { cellOf, type Table } from './table'

/** A reading of one column by which rows are brought together; `of` answers -1 where the row takes no part. */
export type Atom = { name: string; columns: readonly number[]; of: Int32Array; likelihood: number }

type Reading = { name: string; read: (text: string) => string }

const HALF: readonly Reading[] = [
  { name: 'first half', read: (text) => (text.length < 4 ? '' : text.slice(0, Math.ceil(text.length / 2))) },
  { name: 'second half', read: (text) => (text.length < 4 ? '' : text.slice(Math.floor(text.length / 2))) },
]
const WHOLE: Reading = { name: 'whole', read: (text) => text }
const LETTERS: readonly Reading[] = [
  { name: 'beginning', read: (text) => text.slice(0, 3) },
  { name: 'end', read: (text) => (text.length < 3 ? '' : text.slice(-3)) },
]
// Two readings of a value hardly ever suffer from the same slip of the pen.
const READINGS: Record<ColumnKind, readonly Reading[]> = {
  name: [WHOLE, ...LETTERS],
  company: [WHOLE, ...LETTERS],
  text: [WHOLE, ...LETTERS, { name: 'longest word', read: (text) => text.split(' ').reduce((longest, word) => (word.length > longest.length ? word : longest), '') }],
  date: [WHOLE, { name: 'year', read: (text) => text.slice(0, 4) }, { name: 'day', read: (text) => text.slice(4) }],
  year: [WHOLE], month: [WHOLE], day: [WHOLE], number: [WHOLE], category: [WHOLE],
  code: [WHOLE, ...HALF], postcode: [WHOLE], phone: [WHOLE, ...HALF],
  email: [WHOLE, { name: 'local part', read: (text) => text.split('@')[0] ?? '' }],
  ignore: [],
}

/** All readings of a table's columns, and names without regard to which column they stand in. */
export function atomsOf(table: Table): Atom[] {
  const atoms = table.columns.flatMap((column, at) => READINGS[column.kind].map((reading) => atomOf(table, at, `${column.name}: ${reading.name}`, reading.read)))
  const names = table.columns.flatMap(({ kind }, at) => (kind === 'name' ? [at] : []))
  return names.length < 2 ? atoms : [...atoms, together(table, names)]
}

function atomOf(table: Table, at: number, name: string, read: (text: string) => string): Atom {
  const places = new Map<string, number>()
  const byText = new Map<number, number>()
  return withLikelihood(name, [at], Int32Array.from({ length: table.size }, (_none, row) => {
    const cell = cellOf(table, at, row)
    if (cell < 0) return -1
    const known = byText.get(cell)
    if (known !== undefined) return known
    const place = placeOf(places, read(table.texts[cell] ?? ''))
    byText.set(cell, place)
    return place
  }))
}

function together(table: Table, names: readonly number[]): Atom {
  const places = new Map<string, number>()
  return withLikelihood(`${names.map((at) => table.columns[at]?.name ?? '').join(', ')}: in any order`, names, Int32Array.from({ length: table.size }, (_none, row) => {
    const parts = names.flatMap((at) => table.texts[cellOf(table, at, row)]?.slice(0, 4) ?? [])
    return parts.length < 2 ? -1 : placeOf(places, parts.sort().join(' '))
  }))
}

function placeOf(places: Map<string, number>, text: string): number {
  if (text === '') return -1
  const place = places.get(text) ?? places.size
  places.set(text, place)
  return place
}

// How likely two rows taken at random stand in one block.
function withLikelihood(name: string, columns: readonly number[], of: Int32Array): Atom {
  const counts = new Map<number, number>()
  for (const place of of) if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + 1)
  let pairs = 0
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2
  return { name, columns, of, likelihood: pairs / Math.max(1, (of.length * (of.length - 1)) / 2) }
}
