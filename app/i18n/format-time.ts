import { NO_VALUE } from './format'
import type { Locale } from '~/lib/locales'

export type Instant = Date | string | number | null | undefined
export type DateStyle = 'day' | 'day-year' | 'weekday' | 'month' | 'time' | 'moment' | 'full'

const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { day: 'numeric', month: 'short' },
  'day-year': { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  full: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' },
}

const cache = new Map<string, Intl.DateTimeFormat>()
function dateFormat(locale: Locale, timeZone: string, style: DateStyle): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${style}`
  const known = cache.get(key)
  if (known !== undefined) return known
  // British order (21 Nov 2026) for English: the same in every English-speaking office.
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...STYLES[style], timeZone })
  cache.set(key, made)
  return made
}

function toDate(value: Instant): Date | null {
  if (value === null || value === undefined) return null
  const date = value instanceof Date ? value : new Date(value)
  return Number.isNaN(date.getTime()) ? null : date
}

export function formatDate(value: Instant, locale: Locale, timeZone: string, style: DateStyle = 'day-year'): string {
  const date = toDate(value)
  // Node and browsers disagree on U+202F and "Sept": print one of them.
  return date === null ? NO_VALUE : dateFormat(locale, timeZone, style).format(date).replace(/\u202f/g, ' ').replace('Sept', 'Sep').replace(/^(\w{3}), /, '$1 ')
}

/** A calendar day stored without time ("2026-11-21"), never shifted by a zone. */
export function formatDay(day: string | null | undefined, locale: Locale, style: DateStyle = 'day-year'): string {
  return day === null || day === undefined ? NO_VALUE : formatDate(`${day}T12:00:00Z`, locale, 'UTC', style)
}

export function formatDayRange(from: string, to: string, locale: Locale): string {
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return `${formatDay(from, locale, sameYear && locale === 'en' ? 'day' : 'day-year')} – ${formatDay(to, locale, sameYear && locale === 'zh-CN' ? 'day' : 'day-year')}`
}

const STEPS: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'], [3600, 60, 'minute'], [86_400, 3600, 'hour'], [604_800, 86_400, 'day'], [2_629_800, 604_800, 'week'], [31_557_600, 2_629_800, 'month'],
]

/** `now` comes from the loader, so that server and browser agree. */
export function formatRelative(value: Instant, now: Instant, locale: Locale): string {
  const [date, base] = [toDate(value), toDate(now)]
  if (date === null || base === null) return NO_VALUE
  const seconds = (date.getTime() - base.getTime()) / 1000
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? [0, 31_557_600, 'year' as const]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(Math.trunc(seconds / size), unit)
}

const UNITS = { en: { d: ' d', h: ' h', m: ' min', s: ' s' }, 'zh-CN': { d: ' 天', h: ' 小时', m: ' 分钟', s: ' 秒' } }

/** "4 min", "1 h 10", "3 d": the two largest parts at most. `fine` shows seconds below an hour. */
export function formatDuration(seconds: number | null | undefined, locale: Locale, fine = false): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NO_VALUE
  const unit = UNITS[locale]
  const total = Math.abs(Math.round(seconds))
  const [d, h, m, s] = [Math.floor(total / 86_400), Math.floor((total % 86_400) / 3600), Math.floor((total % 3600) / 60), total % 60]
  if (d > 0) return h > 0 && d < 3 ? `${d}${unit.d} ${h}${unit.h}` : `${d}${unit.d}`
  if (h > 0) return m === 0 ? `${h}${unit.h}` : locale === 'en' ? `${h} h ${String(m).padStart(2, '0')}` : `${h} 时 ${m} 分`
  if (m > 0) return fine ? `${m}${unit.m} ${s}${unit.s}` : `${m}${unit.m}`
  return `${s}${unit.s}`
}
