import { match } from '@formatjs/intl-localematcher'
import { isLocale, LOCALES, type Locale } from '~/lib/locales'

export const LOCALE_COOKIE = 'clew_locale'

/** The reader's language: cookie, then Accept-Language, then DEFAULT_LOCALE, then English. */
export function localeOf(request: Request, fallback: Locale = defaultLocale()): Locale {
  const chosen = readCookie(request.headers.get('cookie'), LOCALE_COOKIE)
  if (isLocale(chosen)) return chosen
  const wanted = acceptedLanguages(request.headers.get('accept-language'))
  if (wanted.length === 0) return fallback
  return match(wanted, [...LOCALES, 'zh'], fallback).startsWith('zh') ? 'zh-CN' : nonChinese(wanted, fallback)
}

export function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, ...rest] = part.trim().split('=')
    if (key !== name) continue
    try {
      return decodeURIComponent(rest.join('='))
    } catch {
      return null
    }
  }
  return null
}

function nonChinese(wanted: readonly string[], fallback: Locale): Locale {
  return wanted.some((tag) => tag.toLowerCase().startsWith('en')) ? 'en' : fallback
}

function acceptedLanguages(header: string | null): string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(';q=')
      return { tag: tag.trim(), q: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ tag, q }) => q > 0 && isLanguageTag(tag))
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag)
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function defaultLocale(): Locale {
  const set = typeof process === 'undefined' ? undefined : process.env['DEFAULT_LOCALE']
  return isLocale(set) ? set : 'en'
}
