import { LOCALE_COOKIE, readCookie } from '~/i18n/locale'
import { isLocale } from '~/lib/locales'

export const THEMES = ['system', 'light', 'dark'] as const
export const DENSITIES = ['comfortable', 'compact'] as const
export type Theme = (typeof THEMES)[number]
export type Density = (typeof DENSITIES)[number]
export type Preferences = { theme: Theme; density: Density; shortcuts: boolean }

const YEAR = 31_536_000
const COOKIES = { theme: 'clew_theme', density: 'clew_density', shortcuts: 'clew_keys', locale: LOCALE_COOKIE } as const

export const DEFAULT_PREFERENCES: Preferences = { theme: 'system', density: 'comfortable', shortcuts: true }

export function readPreferences(request: Request): Preferences {
  const header = request.headers.get('cookie')
  const theme = readCookie(header, COOKIES.theme)
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: readCookie(header, COOKIES.density) === 'compact' ? 'compact' : 'comfortable',
    shortcuts: readCookie(header, COOKIES.shortcuts) !== 'off',
  }
}

/** Set-Cookie values for the preferences named in a form; anything unknown is left out. */
export function preferenceCookies(form: FormData, secure: boolean): string[] {
  const wanted: [string, string][] = []
  const [theme, density, keys, locale] = [form.get('theme'), form.get('density'), form.get('shortcuts'), form.get('locale')]
  if (THEMES.some((known) => known === theme)) wanted.push([COOKIES.theme, String(theme)])
  if (DENSITIES.some((known) => known === density)) wanted.push([COOKIES.density, String(density)])
  if (keys === 'on' || keys === 'off') wanted.push([COOKIES.shortcuts, keys])
  if (isLocale(locale)) wanted.push([COOKIES.locale, locale])
  return wanted.map(([name, value]) => `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`)
}
