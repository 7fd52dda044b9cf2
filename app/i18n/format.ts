// Intl with the locale and zone always given, so that server and browser print the same.
import { minorDigits } from '~/lib/money'
import type { Locale } from '~/lib/locales'

const cache = new Map<string, Intl.NumberFormat>()
function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options)
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(locale, options)
  cache.set(key, made)
  return made
}

/** "—" is no value; 0 is a value. */
export const NO_VALUE = '—'
export type Maybe = number | null | undefined
const MINUS = '\u2212'
const absent = (value: Maybe): value is null | undefined => value === null || value === undefined || !Number.isFinite(value)
const realMinus = (text: string) => text.replace(/^-|(?<=[^\d])-(?=\d)/, MINUS)

export function formatNumber(value: Maybe, locale: Locale, digits = 0): string {
  if (absent(value)) return NO_VALUE
  return realMinus(numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value))
}

/** 万 in Chinese, K and M in English. */
export function formatCompact(value: Maybe, locale: Locale): string {
  if (absent(value)) return NO_VALUE
  return realMinus(numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value))
}

/** `ratio` 0.329 prints "32.9 %" in English and "32.9%" in Chinese. */
export function formatPercent(ratio: Maybe, locale: Locale, digits = 1): string {
  if (absent(ratio)) return NO_VALUE
  return `${formatNumber(ratio * 100, locale, digits)}${locale === 'zh-CN' ? '' : '\u00a0'}%`
}

export function formatSigned(value: Maybe, locale: Locale, digits = 0): string {
  if (absent(value)) return NO_VALUE
  const size = formatNumber(Math.abs(value), locale, digits)
  if (value === 0) return size
  return value > 0 ? `+${size}` : `${MINUS}${size}`
}

export type MoneyStyle = {
  /** `symbol` where the page has one currency, `code` in tables of several, `none` when the header says it */
  currencyAs?: 'symbol' | 'code' | 'none'
  /** whole units: from "per qualified" on */
  whole?: boolean
  compact?: boolean
}

/** `minor` is integer minor units (fen, cents), as stored. */
export function formatMoney(minor: number | bigint | null | undefined, currency: string, locale: Locale, style: MoneyStyle = {}): string {
  if (minor === null || minor === undefined) return NO_VALUE
  const digits = minorDigits(currency)
  const amount = Number(minor) / 10 ** digits
  const shown = style.whole === true || style.compact === true ? 0 : digits
  const number = style.compact === true ? formatCompact(amount, locale) : formatNumber(amount, locale, shown)
  const as = style.currencyAs ?? 'symbol'
  if (as === 'none') return number
  if (as === 'code') return `${currency}\u00a0${number}`
  return realMinus(`${amount < 0 ? '-' : ''}${symbolOf(currency, locale)}${number.replace(MINUS, '')}`)
}

function symbolOf(currency: string, locale: Locale): string {
  const parts = numberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0)
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency
  return symbol === currency ? `${currency}\u00a0` : symbol
}
