import { parseDateTime } from '~/lib/dates'
import { isCurrency, parseMoney } from '~/lib/money'
import { unescapeFormulas } from '~/lib/csv'
import type { ImportField } from './fields'
import type { Mapping } from './mapping'

/** Why a row of a file is refused or remarked on. The text stands in `imports.json`, and in English in result files. */
export type RowProblemCode =
  | 'date-unreadable' | 'date-ambiguous' | 'date-missing' | 'date-in-future' | 'number-unreadable' | 'amount-unreadable' | 'currency-unknown'
  | 'key-missing' | 'key-twice' | 'nobody' | 'too-many-cells' | 'grade-unknown' | 'won-and-lost' | 'lead-unknown' | 'lead-ambiguous'
  | 'would-go-back' | 'not-stored'
export type RowProblem = { code: RowProblemCode; column?: string; value?: string }

/** Something kept that a person should look at. */
export type RowRemarkCode = 'won-before-lead' | 'owner-unknown' | 'lost-reason-unknown' | 'stage-unknown'

export type RowSettings = { timeZone: string; currency: string; now: Date }

/** The cells of one row by field: empty cells are absent. Reading one that is wrong notes a problem. */
export type Cells = {
  text: (field: ImportField) => string | null
  moment: (field: ImportField) => Date | null
  amount: (currency: string) => bigint | null
  custom: () => Record<string, string>
  column: (field: ImportField) => string | undefined
  problems: RowProblem[]
}

const DAY_MS = 86_400_000

export function cellsOf(values: Readonly<Record<string, string>>, mapping: Mapping, settings: RowSettings): Cells {
  const problems: RowProblem[] = []
  const target = (field: ImportField) => mapping.targets.find((each) => each.field === field)
  const raw = (column: string) => unescapeFormulas(values[column] ?? '').normalize('NFC').trim()
  const text = (field: ImportField) => {
    const found = target(field)
    const value = found === undefined ? '' : raw(found.column)
    return value === '' ? null : value
  }
  const refuse = (field: ImportField, code: RowProblemCode, value: string) => {
    problems.push({ code, column: target(field)?.column, value: value.slice(0, 80) })
    return null
  }
  const moment = (field: ImportField) => {
    const value = text(field)
    if (value === null) return null
    const format = target(field)?.format
    const read = parseDateTime(value, { timeZone: settings.timeZone, ...(format === null || format === undefined ? {} : { format }) })
    if (!read.ok) return refuse(field, read.code === 'ambiguous' ? 'date-ambiguous' : 'date-unreadable', value)
    return read.at.getTime() > settings.now.getTime() + DAY_MS ? refuse(field, 'date-in-future', value) : read.at
  }
  const amount = (currency: string) => {
    const value = text('amount')
    if (value === null) return null
    if (!isCurrency(currency)) return refuse('currency', 'currency-unknown', currency)
    return parseMoney(value, currency, { excess: 'half-up' }) ?? refuse('amount', 'amount-unreadable', value)
  }
  const custom = () => {
    const kept = mapping.targets.flatMap(({ custom: name, column }) => (name === null || raw(column) === '' ? [] : [[name, raw(column)] as const]))
    return Object.fromEntries(kept)
  }
  return { text, moment, amount, custom, column: (field) => target(field)?.column, problems }
}
