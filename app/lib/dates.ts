import { CalendarDateTime, parseAbsolute, toZoned } from '@internationalized/date'

/** How exact a time was given. A day stands for its first instant in the time zone. */
export type Precision = 'day' | 'minute' | 'second' | 'millisecond'

/** Why a text is not a time: `ambiguous` could be day/month or month/day. */
export type DateRefusal = 'empty' | 'unreadable' | 'no-such-date' | 'ambiguous'

export type DateResult = { ok: true; at: Date; precision: Precision } | { ok: false; code: DateRefusal }

type Parts = Partial<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond', number>> & {
  afternoon?: boolean
  offset?: string
}

const FIELDS: Readonly<Record<string, readonly [pattern: string, name: string]>> = {
  yyyy: ['(?<year>\\d{4})', 'year'], yy: ['(?<year>\\d{2})', 'year'],
  MM: ['(?<month>\\d{2})', 'month'], M: ['(?<month>\\d{1,2})', 'month'],
  dd: ['(?<day>\\d{2})', 'day'], d: ['(?<day>\\d{1,2})', 'day'],
  HH: ['(?<hour>\\d{2})', 'hour'], H: ['(?<hour>\\d{1,2})', 'hour'],
  hh: ['(?<hour>\\d{2})', 'hour'], h: ['(?<hour>\\d{1,2})', 'hour'],
  mm: ['(?<minute>\\d{2})', 'minute'], ss: ['(?<second>\\d{2})', 'second'],
  SSS: ['(?<fraction>\\d{1,9})', 'fraction'], a: ['(?<meridiem>[AaPp]\\.?[Mm]\\.?|上午|下午)', 'meridiem'],
  XXX: ['(?<offset>Z|[+-]\\d{2}:?\\d{2})', 'offset'],
}
const TOKEN = /yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|a|XXX|'([^']*)'|[\s\S]/g
const TIME = '(?:[T ]+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?)?'
const OFFSET = ' ?(?<offset>Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?'
const YEAR_FIRST = new RegExp(`^(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})${TIME}${OFFSET}$`)
const CHINESE = new RegExp(`^(?<year>\\d{4})年(?<month>\\d{1,2})月(?<day>\\d{1,2})[日号]?${TIME.replace('[T ]+', ' *')}$`)
const COMPACT = /^(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})$/
const YEAR_LAST = new RegExp(`^(?<first>\\d{1,2})([-/.])(?<second_>\\d{1,2})\\2(?<year>\\d{4})${TIME}$`)
const patterns = new Map<string, RegExp>()

/**
 * Reads a date or a time. With `format` (`M/d/yyyy`, `yyyy-MM-dd HH:mm:ss`, …) only that; else ISO and other
 * year-first spellings, and day/month/year where only one order is possible. A time without an offset, and a day's
 * beginning, are in `timeZone`.
 */
export function parseDateTime(text: string, options: Readonly<{ timeZone: string; format?: string }>): DateResult {
  const trimmed = text.normalize('NFKC').trim()
  if (trimmed === '') return { ok: false, code: 'empty' }
  const parts = options.format === undefined ? guess(trimmed) : byFormat(trimmed, options.format)
  return typeof parts === 'string' ? { ok: false, code: parts } : resolve(parts, options.timeZone)
}

/**
 * The order of day and month in a column written like 03/04/2024, or `ambiguous` where every value could be
 * either, `mixed` where values contradict each other, null where none is of this kind.
 */
export function dayMonthOrder(samples: readonly string[]): 'M/d' | 'd/M' | 'ambiguous' | 'mixed' | null {
  const groups = samples
    .map((sample) => YEAR_LAST.exec(sample.normalize('NFKC').trim())?.groups)
    .filter((each) => each !== undefined)
  if (groups.length === 0) return null
  const dayFirst = groups.some((group) => Number(group['first']) > 12)
  const monthFirst = groups.some((group) => Number(group['second_']) > 12)
  if (dayFirst && monthFirst) return 'mixed'
  return dayFirst ? 'd/M' : monthFirst ? 'M/d' : 'ambiguous'
}

function guess(text: string): Parts | DateRefusal {
  const groups = (YEAR_FIRST.exec(text) ?? CHINESE.exec(text) ?? COMPACT.exec(text))?.groups
  if (groups !== undefined) return partsOf(groups)
  const slashed = YEAR_LAST.exec(text)?.groups
  if (slashed === undefined) return 'unreadable'
  const { first = '', second_: second = '', ...rest } = slashed
  if (Number(first) > 12) return partsOf({ ...rest, day: first, month: second })
  if (Number(second) > 12 || Number(first) === Number(second)) return partsOf({ ...rest, month: first, day: second })
  return 'ambiguous'
}

function byFormat(text: string, format: string): Parts | DateRefusal {
  const groups = patternOf(format).exec(text)?.groups
  return groups === undefined ? 'unreadable' : partsOf(groups)
}

function patternOf(format: string): RegExp {
  const known = patterns.get(format)
  if (known !== undefined) return known
  const source = format.replaceAll(TOKEN, (token, literal?: string) => {
    if (literal !== undefined) return escape(literal)
    return FIELDS[token]?.[0] ?? (/\s/.test(token) ? '\\s+' : escape(token))
  })
  const pattern = new RegExp(`^${source}$`)
  patterns.set(format, pattern)
  return pattern
}

function partsOf(groups: Record<string, string | undefined>): Parts {
  const number = (name: string) => (groups[name] === undefined ? undefined : Number(groups[name]))
  const fraction = groups['fraction']
  const year = number('year')
  return {
    year: year !== undefined && groups['year']?.length === 2 ? year + (year < 70 ? 2000 : 1900) : year,
    month: number('month') ?? 1,
    day: number('day') ?? 1,
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    millisecond: fraction === undefined ? undefined : Number(fraction.slice(0, 3).padEnd(3, '0')),
    afternoon: groups['meridiem'] === undefined ? undefined : /^(?:p|下)/i.test(groups['meridiem']),
    offset: groups['offset'],
  }
}

function resolve(parts: Parts, timeZone: string): DateResult {
  const { year, month = 1, day = 1, minute = 0, second = 0, millisecond = 0, afternoon, offset } = parts
  if (year === undefined) return { ok: false, code: 'unreadable' }
  if (afternoon !== undefined && (parts.hour === undefined || parts.hour < 1 || parts.hour > 12)) return { ok: false, code: 'no-such-date' }
  const hour = afternoon === undefined ? (parts.hour ?? 0) : ((parts.hour ?? 0) % 12) + (afternoon ? 12 : 0)
  const local = new CalendarDateTime(year, month, day, hour, minute, second, millisecond)
  const exact = local.year === year && local.month === month && local.day === day
  if (!exact || hour > 23 || minute > 59 || second > 59) return { ok: false, code: 'no-such-date' }
  const at = offset === undefined ? toZoned(local, timeZone).toDate() : parseAbsolute(`${local.toString()}${isoOffset(offset)}`, 'UTC').toDate()
  return { ok: true, at, precision: precisionOf(parts) }
}

function precisionOf(parts: Parts): Precision {
  if (parts.millisecond !== undefined) return 'millisecond'
  if (parts.second !== undefined) return 'second'
  return parts.hour === undefined ? 'day' : 'minute'
}

function isoOffset(offset: string): string {
  if (offset === 'Z' || offset === 'UTC') return 'Z'
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  return `${offset.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
