import { readCookie } from '~/i18n/locale'
import { hmacSha256, timingSafeEqualText } from '~/platform/crypto'
import { env } from '~/platform/env'

/** Days a sign-in lasts at most; it ends earlier after `idleDays` without a request. */
export const sessionDays = { absolute: 30, idle: 7 } as const
const deviceSeconds = 400 * 86_400

export const isSecure = (): boolean => env().APP_BASE_URL.startsWith('https://')

/** Cookie names: `__Host-` binds a cookie to this host and to https, where there is https. */
export const cookieName = (kind: 'session' | 'second' | 'device'): string => `${isSecure() ? '__Host-' : ''}clew_${kind}`

const signature = (secret: string, value: string) => hmacSha256(secret, value).toString('base64')

/** The value of a signed cookie under any of the installation's secrets, or null. The form is better-auth's. */
export function signedCookie(headers: Headers, name: string): string | null {
  const raw = readCookie(headers.get('cookie'), name)
  const at = raw?.lastIndexOf('.') ?? -1
  if (raw === null || at < 1) return null
  const value = raw.slice(0, at)
  const given = raw.slice(at + 1)
  return env().SESSION_SECRET.some((secret) => timingSafeEqualText(signature(secret, value), given)) ? value : null
}

/** A Cookie header's pair, signed under the newest secret: what better-auth is asked with. */
export function signedPair(name: string, value: string): string {
  const [secret = ''] = env().SESSION_SECRET
  return `${name}=${encodeURIComponent(`${value}.${signature(secret, value)}`)}`
}

/** The cookies of ours among those better-auth wants set. */
export function ownCookies(headers: Headers): string[] {
  const names = [cookieName('session'), cookieName('second')]
  return headers.getSetCookie().filter((cookie) => names.some((name) => cookie.startsWith(`${name}=`)))
}

export function deviceCookie(token: string): string {
  return `${cookieName('device')}=${token}; Max-Age=${deviceSeconds}; Path=/; HttpOnly; SameSite=Lax${isSecure() ? '; Secure' : ''}`
}

/** The session token inside a Set-Cookie of ours, or null where the cookie is being cleared. */
export function sessionTokenIn(cookies: readonly string[]): string | null {
  const headers = new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0] ?? '').join('; ') })
  return signedCookie(headers, cookieName('session'))
}
