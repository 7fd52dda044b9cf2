import { sessionOf, type Session, type Visit } from '~/domain/auth'
import { isRefusal } from '~/domain/kernel'
import { localeOf, readCookie } from '~/i18n/locale'
import type { Locale } from '~/lib/locales'
import { decrypt, encrypt } from '~/platform/crypto'
import { env } from '~/platform/env'
import { requestFacts } from './request-context'
import { redirectTo } from './submit'

/** The request as verbs of accounts want it: headers, the address the front knows, the moment, the reader's language. */
export function visitOf(request: Request): Visit & { locale: Locale } {
  const { ip, now } = requestFacts()
  return { headers: request.headers, ip, now, locale: localeOf(request) }
}

/** Who is signed in with this request, with or without a place in an organisation. */
export const accountVisiting = (request: Request): Promise<Session | null> => sessionOf(request.headers, requestFacts().now)

/** Set-Cookie headers for a redirect. */
export const withCookies = (cookies: readonly string[]): [string, string][] => cookies.map((cookie) => ['Set-Cookie', cookie])

/** Where to go after signing in: only ever a path of this site, whatever the address bar says. */
export function nextPath(wanted: unknown): string {
  const origin = 'https://here.invalid'
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || wanted.length > 2_000 || !URL.canParse(wanted, origin)) return '/'
  const url = new URL(wanted, origin)
  const path = url.pathname + url.search
  return url.origin === origin && !/^\/[/\\]/.test(path) && !/^\/sign-(in|out)\b/.test(path) ? path : '/'
}

/** Runs a change and goes back to its page; a refusal is said there, so that no form needs a script to fail well. */
export async function backTo<T>(path: string, change: () => Promise<T>, after: (answer: T) => string = () => path): Promise<Response> {
  try {
    return redirectTo(after(await change()))
  } catch (error) {
    if (!isRefusal(error)) throw error
    return redirectTo(`${path}?refused=${error.code}`)
  }
}

const shownOnce = 'clew_once'
const scope = () => `Path=/settings; HttpOnly; SameSite=Lax${env().APP_BASE_URL.startsWith('https://') ? '; Secure' : ''}`

/** Carries what may be shown once over a redirect: sealed, to this browser only, for five minutes. */
export const onceCookie = (value: string): string => `${shownOnce}=${encrypt(value, shownOnce)}; Max-Age=300; ${scope()}`
export const onceCookieGone = (): string => `${shownOnce}=; Max-Age=0; ${scope()}`

/** What `onceCookie` carried, or null. */
export function onceValue(request: Request): string | null {
  try {
    return decrypt(readCookie(request.headers.get('cookie'), shownOnce) ?? '', shownOnce)
  } catch {
    return null
  }
}
