/** What a column holds. `moment` counts by its weekday and hour; `left-out` cannot be learned from, and says why. */
export type ColumnKind = 'number' | 'level' | 'moment'
export type Column = { name: string; kind: ColumnKind; texts: readonly (string | null)[]; numbers: Float64Array | null }
export type LeftOut = { column: string; reason: 'one-value' | 'one-value-per-row' }

const EMPTY = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '#n/a', '?'])
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/
/** Numbers with this few values are levels: a rating, a flag, a code. */
const FEW_NUMBERS = 2
const MANY_LEVELS = 50

/** Reads columns as they are: empty cells are missing, and nothing is guessed from a column's name. */
export function columnsOf(headers: readonly string[], rows: readonly (readonly string[])[], without: ReadonlySet<string>): { columns: Column[]; leftOut: LeftOut[] } {
  const columns: Column[] = []
  const leftOut: LeftOut[] = []
  headers.forEach((name, at) => {
    if (without.has(name)) return
    const texts = rows.map((row) => textOf(row[at]))
    const values = new Set(texts.filter((text) => text !== null))
    const filled = texts.reduce((sum, text) => sum + (text === null ? 0 : 1), 0)
    if (values.size === 0 || (values.size === 1 && filled === rows.length)) return void leftOut.push({ column: name, reason: 'one-value' })
    const kind = kindOf(values)
    if (kind === 'level' && values.size > MANY_LEVELS && values.size > filled / 2) return void leftOut.push({ column: name, reason: 'one-value-per-row' })
    columns.push({ name, kind, texts, numbers: kind === 'number' ? Float64Array.from(texts, (text) => (text === null ? Number.NaN : Number(text))) : null })
  })
  return { columns: columns.flatMap((column) => (column.kind === 'moment' ? partsOfMoment(column) : [column])), leftOut }
}

function textOf(cell: string | undefined): string | null {
  const text = cell?.trim() ?? ''
  return EMPTY.has(text.toLowerCase()) ? null : text
}

function kindOf(values: ReadonlySet<string>): ColumnKind {
  const all = [...values]
  if (all.every((value) => NUMBER.test(value))) return all.length > FEW_NUMBERS ? 'number' : 'level'
  return all.every((value) => MOMENT.test(value) && !Number.isNaN(Date.parse(value))) ? 'moment' : 'level'
}

// The day itself would teach the calendar of the past; the weekday and the hour come again.
function partsOfMoment({ name, texts }: Column): Column[] {
  const part = (label: string, of: (text: string) => string): Column => ({ name: `${name}: ${label}`, kind: 'level', numbers: null, texts: texts.map((text) => (text === null ? null : of(text))) })
  const hours = texts.some((text) => text !== null && /[T ]\d{2}:\d{2}/.test(text) && !/[T ]00:00(?::00(?:\.0+)?)?Z?$/.test(text))
  return [part('weekday', (text) => WEEKDAYS[new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? ''), ...(hours ? [part('hour', (text) => text.slice(11, 13))] : [])]
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
