import { parseDateTime, type DateResult } from '~/lib/dates'
import { isCurrency, parseMoney } from '~/lib/money'
import { unescapeFormulas } from '~/lib/csv'
import type { ImportField } from './fields'
import type { ImportOptions } from './import-options'
import type { ColumnTarget, Mapping } from './mapping'

/** Why a row of a file is refused or remarked on. The text stands in `imports.json`, and in English in result files. */
export type RowProblemCode =
  | 'date-unreadable' | 'date-ambiguous' | 'date-missing' | 'date-in-future' | 'number-unreadable' | 'amount-unreadable' | 'currency-unknown'
  | 'key-missing' | 'key-twice' | 'nobody' | 'too-many-cells' | 'grade-unknown' | 'won-and-lost' | 'lead-unknown' | 'lead-ambiguous'
  | 'would-go-back' | 'not-stored' | 'id-unknown'
export type RowProblem = { code: RowProblemCode; column?: string; value?: string }

/** Something kept that a person should look at. */
export type RowRemarkCode =
  | 'won-before-lead' | 'owner-unknown' | 'lost-reason-unknown' | 'stage-unknown' | 'stage-kept' | 'email-kept' | 'person-ambiguous' | 'person-twice' | 'phone-doubted' | 'field-unread'

/** `dates` keeps what was read: a file has few different days, and reading one takes longer than all the rest of a row. */
export type RowSettings = { timeZone: string; currency: string; now: Date; dates?: Map<string, DateResult>; options?: ImportOptions }

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

const UNSTORABLE = /[\u0000\p{Surrogate}]/u
const EACH_UNSTORABLE = /[\u0000\p{Surrogate}]/gu
const DATES_KEPT = 50_000
const targetsOf = new WeakMap<Mapping, ReadonlyMap<ImportField, ColumnTarget>>()

function fieldsOf(mapping: Mapping): ReadonlyMap<ImportField, ColumnTarget> {
  const known = targetsOf.get(mapping)
  if (known !== undefined) return known
  const fields = new Map(mapping.targets.flatMap((target) => (target.field === null ? [] : [[target.field, target] as const])))
  targetsOf.set(mapping, fields)
  return fields
}

/** A cell as it may be stored: without what guards a formula, without NUL and halves of characters, which PostgreSQL refuses. */
function cellText(value: string | undefined): string {
  if (value === undefined || value === '') return ''
  const text = value.includes("'") ? unescapeFormulas(value) : value
  const clean = UNSTORABLE.test(text) ? text.replaceAll(EACH_UNSTORABLE, '') : text
  return clean.normalize('NFC').trim()
}

/** The cells of one row by what they mean. */
export function cellsOf(values: readonly string[], mapping: Mapping, settings: RowSettings): Cells {
  const problems: RowProblem[] = []
  const fields = fieldsOf(mapping)
  const text = (field: ImportField) => {
    const found = fields.get(field)
    const value = found === undefined ? '' : cellText(values[found.index])
    return value === '' ? null : value
  }
  const refuse = (field: ImportField, code: RowProblemCode, value: string) => {
    problems.push({ code, column: fields.get(field)?.column, value: value.slice(0, 80) })
    return null
  }
  const moment = (field: ImportField) => {
    const value = text(field)
    if (value === null) return null
    const read = dateOf(value, fields.get(field)?.format ?? undefined, settings)
    if (!read.ok) return refuse(field, read.code === 'ambiguous' ? 'date-ambiguous' : 'date-unreadable', value)
    return read.at.getTime() > settings.now.getTime() + DAY_MS ? refuse(field, 'date-in-future', value) : read.at
  }
  const amount = (currency: string) => {
    const value = text('amount')
    if (value === null) return null
    if (!isCurrency(currency)) return refuse('currency', 'currency-unknown', currency)
    return parseMoney(value, currency, { excess: 'half-up', decimal: settings.options?.decimal ?? '.' }) ?? refuse('amount', 'amount-unreadable', value)
  }
  const custom = () => Object.fromEntries(mapping.targets.flatMap(({ custom: name, index }) => {
    const value = name === null ? '' : cellText(values[index])
    return name === null || value === '' ? [] : [[name, value] as const]
  }))
  return { text, moment, amount, custom, column: (field) => fields.get(field)?.column, problems }
}

function dateOf(value: string, format: string | undefined, { timeZone, dates, options }: RowSettings): DateResult {
  const known = dates?.get(format === undefined ? value : `${format} ${value}`)
  if (known !== undefined) return known
  const read = parseDateTime(value, { timeZone, ...(format === undefined ? {} : { format }) })
  const order = options?.dayOrder
  const settled = read.ok || read.code !== 'ambiguous' || order === undefined ? read : parseDateTime(value, { timeZone, format: dateFormat(order, value) })
  if (dates !== undefined && dates.size >= DATES_KEPT) dates.clear()
  // A copy: a piece of a text keeps the whole text in memory, here a part of the file for each day.
  dates?.set(Buffer.from(format === undefined ? value : `${format} ${value}`).toString(), settled)
  return settled
}

/** The format of values like this one, day and month in this order. */
export function dateFormat(order: 'd/M' | 'M/d', sample: string): string {
  const mark = /[-/.]/u.exec(sample)?.[0] ?? '/'
  const time = /\d:\d{2}:\d{2}$/u.test(sample) ? ' H:mm:ss' : /\d:\d{2}$/u.test(sample) ? ' H:mm' : ''
  return `${order.replace('/', mark)}${mark}yyyy${time}`
}
