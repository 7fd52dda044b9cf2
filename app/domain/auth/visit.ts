import { cookieName, signedPair } from './cookies'
import { ipHeader } from './engine'

/** The request behind an act of an account: its headers, the caller's address as the front knows it, and when. */
export type Visit = { headers: Headers; ip: string; now: Date }

/** Headers for better-auth: the address, the browser, and only the cookies this act is about. */
export function headersFor(visit: Visit, cookies: { session?: string; second?: string } = {}): Headers {
  const headers = new Headers({ [ipHeader]: visit.ip, 'user-agent': (visit.headers.get('user-agent') ?? '').slice(0, 300) })
  const pairs = [
    ...(cookies.session === undefined ? [] : [signedPair(cookieName('session'), cookies.session)]),
    ...(cookies.second === undefined ? [] : [signedPair(cookieName('second'), cookies.second)]),
  ]
  if (pairs.length > 0) headers.set('cookie', pairs.join('; '))
  return headers
}
