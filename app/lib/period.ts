import {
  type CalendarDate,
  CalendarDateTime,
  endOfMonth,
  fromDate,
  parseDate,
  startOfMonth,
  startOfYear,
  toCalendarDate,
  toZoned,
} from '@internationalized/date'

/** A span of whole days, both included, in a time zone. The time zone decides when a day begins. */
export type Period = Readonly<{ from: string; to: string; timeZone: string }>

/** Spans that people choose by name. Weeks begin on Monday; "last n days" includes today. */
export const PERIOD_PRESETS = [
  'today', 'yesterday', 'last-7-days', 'last-28-days', 'last-90-days', 'week-to-date', 'month-to-date',
  'quarter-to-date', 'last-month', 'last-quarter', 'year-to-date', 'all',
] as const
export type PeriodPreset = (typeof PERIOD_PRESETS)[number]

type Span = readonly [from: CalendarDate, to: CalendarDate]

const DATE = /^\d{4}-\d{2}-\d{2}$/
const BEGINNING = '2000-01-01'

const spans: Readonly<Record<PeriodPreset, (today: CalendarDate) => Span>> = {
  today: (today) => [today, today],
  yesterday: (today) => [today.subtract({ days: 1 }), today.subtract({ days: 1 })],
  'last-7-days': (today) => [today.subtract({ days: 6 }), today],
  'last-28-days': (today) => [today.subtract({ days: 27 }), today],
  'last-90-days': (today) => [today.subtract({ days: 89 }), today],
  'week-to-date': (today) => [mondayOf(today), today],
  'month-to-date': (today) => [startOfMonth(today), today],
  'quarter-to-date': (today) => [quarterOf(today), today],
  'last-month': (today) => whole(startOfMonth(today).subtract({ months: 1 }), 1),
  'last-quarter': (today) => whole(quarterOf(today).subtract({ months: 3 }), 3),
  'year-to-date': (today) => [startOfYear(today), today],
  all: (today) => [parseDate(BEGINNING), today],
}

/** The span of a preset as seen at `now` in a time zone. */
export function presetPeriod(preset: PeriodPreset, now: Date, timeZone: string): Period {
  const [from, to] = spans[preset](parseDate(localDate(now, timeZone)))
  return { from: from.toString(), to: to.toString(), timeZone }
}

/** A checked period, or null where a date does not exist, the end lies before the start or the zone is unknown. */
export function makePeriod(from: string, to: string, timeZone: string): Period | null {
  if (!isDate(from) || !isDate(to) || from > to || !isTimeZone(timeZone)) return null
  return { from, to, timeZone }
}

/**
 * Reads `from` and `to`, or `period` (a preset), from a URL. What is missing or wrong falls back to a preset,
 * so that a mangled link still shows a page; `preset` says which one applies, null for chosen dates.
 */
export function parsePeriod(
  params: URLSearchParams,
  at: Readonly<{ now: Date; timeZone: string; fallback: PeriodPreset }>,
): { period: Period; preset: PeriodPreset | null } {
  const chosen = makePeriod(params.get('from') ?? '', params.get('to') ?? '', at.timeZone)
  if (chosen !== null) return { period: chosen, preset: null }
  const asked = PERIOD_PRESETS.find((name) => name === params.get('period'))
  const preset = asked ?? at.fallback
  return { period: presetPeriod(preset, at.now, at.timeZone), preset }
}

/** The span just before, of the same length; a span of whole calendar months moves by months. */
export function previousPeriod(period: Period): Period {
  const from = parseDate(period.from)
  const to = parseDate(period.to)
  const months = (to.year - from.year) * 12 + to.month - from.month + 1
  const wholeMonths = from.day === 1 && to.compare(endOfMonth(to)) === 0
  const before = wholeMonths ? from.subtract({ months }) : from.subtract({ days: periodDays(period) })
  return { from: before.toString(), to: from.subtract({ days: 1 }).toString(), timeZone: period.timeZone }
}

/** The instants of a period, half open: `start` ≤ t < `end`. Right across changes to and from summer time. */
export function bounds(period: Period): { start: Date; end: Date } {
  return {
    start: dayStart(period.from, period.timeZone),
    end: dayStart(parseDate(period.to).add({ days: 1 }).toString(), period.timeZone),
  }
}

/** The first instant of a day in a time zone, which is not always midnight. */
export function dayStart(date: string, timeZone: string): Date {
  return toZoned(parseDate(date), timeZone).toDate()
}

/** The calendar date of an instant in a time zone, as YYYY-MM-DD. */
export function localDate(at: Date, timeZone: string): string {
  return toCalendarDate(fromDate(at, timeZone)).toString()
}

/** Whole days from one date to another: 0 for the same day, negative backwards. */
export function dayDifference(from: string, to: string): number {
  return parseDate(to).compare(parseDate(from))
}

/** A date some days later (or earlier). */
export function addDays(date: string, days: number): string {
  return parseDate(date).add({ days }).toString()
}

/** How many days a period has; a single day has 1. */
export function periodDays(period: Period): number {
  return dayDifference(period.from, period.to) + 1
}

/** Every date of a period, in order. */
export function eachDay(period: Period): string[] {
  return Array.from({ length: periodDays(period) }, (_, index) => addDays(period.from, index))
}

/** Whether a text is a date that exists, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Whether a time zone of this name is known here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}

function mondayOf(date: CalendarDate): CalendarDate {
  const weekday = new Date(`${date.toString()}T00:00:00Z`).getUTCDay()
  return date.subtract({ days: (weekday + 6) % 7 })
}

function quarterOf(date: CalendarDate): CalendarDate {
  return startOfMonth(date.subtract({ months: (date.month - 1) % 3 }))
}

function whole(first: CalendarDate, months: number): Span {
  return [first, first.add({ months }).subtract({ days: 1 })]
}

/** The instant at which a zone's clocks show so many minutes of a day; where they skip it, the one they jump to. */
export function localMoment(date: string, minute: number, timeZone: string): Date {
  const { year, month, day } = parseDate(date)
  return toZoned(new CalendarDateTime(year, month, day).add({ minutes: minute }), timeZone).toDate()
}
