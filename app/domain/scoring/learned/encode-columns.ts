import type { Column } from './columns'

/** One attribute of a card: `level` and `range` and `missing` hold or not; `per-unit` counts by how much, within its bounds. */
export type Attribute =
  | { column: string; kind: 'level'; levels: string[] }
  | { column: string; kind: 'other' }
  | { column: string; kind: 'range'; from: number | null; to: number | null }
  | { column: string; kind: 'per-unit'; mean: number; deviation: number; least: number; most: number }
  | { column: string; kind: 'missing' }
export type Encoding = { attributes: Attribute[]; columns: ColumnEncoding[] }
type ColumnEncoding = { name: string; first: number; codes: ReadonlyMap<string, number>; other: number | null; missing: number | null; number: NumberEncoding | null }
type NumberEncoding = { kind: 'per-unit'; at: number; mean: number; deviation: number; least: number; most: number } | { kind: 'range'; at: number; cuts: number[] }

/** A row as what of it is not zero: places in `attributes`, and how much. */
export type Sparse = { at: Int32Array; value: Float64Array; starts: Int32Array }

const RARE = 10
const RANGES = 10

/**
 * Learns from some rows how columns become attributes: a level seen in fewer than ten rows is pooled with the other rare ones,
 * missing is an attribute of its own, numbers count per standard deviation within their 1st and 99th hundredth, or by tenths
 * where `inRanges` says that they do not rise or fall evenly.
 */
export function encodingOf(columns: readonly Column[], rows: Int32Array, inRanges: ReadonlySet<string>): Encoding {
  const attributes: Attribute[] = []
  const encoded = columns.map((column): ColumnEncoding => {
    const first = attributes.length
    const missingRows = count(rows, (row) => column.texts[row] === null)
    const number = column.numbers === null ? null : numbersOf(column, column.numbers, rows, attributes, inRanges.has(column.name))
    const levels = column.numbers === null ? levelsOf(column, rows, attributes) : { codes: new Map<string, number>(), other: null }
    const missing = missingRows >= RARE ? attributes.push({ column: column.name, kind: 'missing' }) - 1 : null
    return { name: column.name, first, ...levels, missing, number }
  })
  return { attributes, columns: encoded }
}

function levelsOf(column: Column, rows: Int32Array, attributes: Attribute[]): { codes: Map<string, number>; other: number | null } {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const text = column.texts[row] ?? null
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const codes = new Map<string, number>()
  let rare = 0
  for (const [level, times] of [...counts].sort(([, a], [, b]) => b - a)) {
    if (times < RARE) rare += times
    else codes.set(level, attributes.push({ column: column.name, kind: 'level', levels: [level] }) - 1)
  }
  const other = rare >= RARE ? attributes.push({ column: column.name, kind: 'other' }) - 1 : null
  return { codes, other }
}

function numbersOf({ name }: Column, numbers: Float64Array, rows: Int32Array, attributes: Attribute[], inRanges: boolean): NumberEncoding | null {
  const known = Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN).filter((value) => !Number.isNaN(value)).sort()
  if (known.length < RARE) return null
  if (inRanges) {
    const cuts = cutsOf(known, RANGES)
    const at = attributes.length
    for (let i = 0; i <= cuts.length; i += 1) attributes.push({ column: name, kind: 'range', from: cuts[i - 1] ?? null, to: cuts[i] ?? null })
    return { kind: 'range', at, cuts }
  }
  const [least, most] = [quantile(known, 0.01), quantile(known, 0.99)]
  const within = known.map((value) => Math.min(most, Math.max(least, value)))
  const mean = within.reduce((sum, value) => sum + value, 0) / within.length
  const deviation = Math.sqrt(within.reduce((sum, value) => sum + (value - mean) ** 2, 0) / within.length)
  if (deviation === 0) {
    const [low = 0, high = 0] = [known[0], known.at(-1)]
    // Nearly always one value: what is told apart is the seldom rest.
    return low === high ? null : rareValue(name, attributes, mean)
  }
  const at = attributes.push({ column: name, kind: 'per-unit', mean, deviation, least, most }) - 1
  return { kind: 'per-unit', at, mean, deviation, least, most }
}

function rareValue(name: string, attributes: Attribute[], usual: number): NumberEncoding {
  const cuts = [usual, usual + Math.max(Math.abs(usual), 1) * Number.EPSILON]
  const at = attributes.length
  for (let i = 0; i <= cuts.length; i += 1) attributes.push({ column: name, kind: 'range', from: cuts[i - 1] ?? null, to: cuts[i] ?? null })
  return { kind: 'range', at, cuts }
}

/** Bounds of ranges with about as many rows each; a range holds from its first bound up to, without, its last. */
export function cutsOf(sorted: Float64Array, ranges: number): number[] {
  const cuts = Array.from({ length: ranges - 1 }, (_, i) => quantile(sorted, (i + 1) / ranges))
  return [...new Set(cuts)].filter((cut) => cut > (sorted[0] ?? 0))
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return low + (high - low) * (at - Math.floor(at))
}

/** These rows as their attributes say them. */
export function encode({ columns }: Encoding, table: readonly Column[], rows: Int32Array): Sparse {
  const at: number[] = []
  const value: number[] = []
  const starts = new Int32Array(rows.length + 1)
  const put = (place: number | null, amount: number) => {
    if (place === null || amount === 0) return
    at.push(place)
    value.push(amount)
  }
  rows.forEach((row, index) => {
    columns.forEach((column, c) => {
      const text = table[c]?.texts[row] ?? null
      if (text === null) return put(column.missing, 1)
      if (column.number === null) return put(column.codes.get(text) ?? column.other, 1)
      const number = table[c]?.numbers?.[row] ?? Number.NaN
      if (column.number.kind === 'range') return put(column.number.at + rangeOf(column.number.cuts, number), 1)
      const { mean, deviation, least, most } = column.number
      put(column.number.at, (Math.min(most, Math.max(least, number)) - mean) / deviation)
    })
    starts[index + 1] = at.length
  })
  return { at: Int32Array.from(at), value: Float64Array.from(value), starts }
}

/** Which range a number lies in. */
export function rangeOf(cuts: readonly number[], value: number): number {
  let at = 0
  while (at < cuts.length && value >= (cuts[at] ?? Infinity)) at += 1
  return at
}

function count(rows: Int32Array, holds: (row: number) => boolean): number {
  let times = 0
  for (const row of rows) if (holds(row)) times += 1
  return times
}
