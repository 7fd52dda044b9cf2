import { createContext, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as numbers from '~/i18n/format'
import * as times from '~/i18n/format-time'
import { isLocale, type Locale } from '~/lib/locales'

/** The organisation's time zone: AppShell provides it, every date on a page is printed in it. */
export const TimeZoneContext = createContext('UTC')
export const useTimeZone = (): string => useContext(TimeZoneContext)

export function useLocale(): Locale {
  const { language } = useTranslation().i18n
  return isLocale(language) ? language : 'en'
}

/** The formatters of `~/i18n` with locale and time zone filled in. */
export function useFormat() {
  const locale = useLocale()
  const zone = useTimeZone()
  return useMemo(() => bind(locale, zone), [locale, zone])
}

export type Format = ReturnType<typeof bind>

function bind(locale: Locale, zone: string) {
  return {
    locale,
    zone,
    number: (value: numbers.Maybe, digits?: number) => numbers.formatNumber(value, locale, digits),
    compact: (value: numbers.Maybe) => numbers.formatCompact(value, locale),
    percent: (ratio: numbers.Maybe, digits?: number) => numbers.formatPercent(ratio, locale, digits),
    signed: (value: numbers.Maybe, digits?: number) => numbers.formatSigned(value, locale, digits),
    money: (minor: number | bigint | null | undefined, currency: string, style?: numbers.MoneyStyle) => numbers.formatMoney(minor, currency, locale, style),
    date: (value: times.Instant, style?: times.DateStyle) => times.formatDate(value, locale, zone, style),
    day: (day: string | null | undefined, style?: times.DateStyle) => times.formatDay(day, locale, style),
    dayRange: (from: string, to: string) => times.formatDayRange(from, to, locale),
    relative: (value: times.Instant, now: times.Instant) => times.formatRelative(value, now, locale),
    duration: (seconds: number | null | undefined, fine?: boolean) => times.formatDuration(seconds, locale, fine),
  }
}
