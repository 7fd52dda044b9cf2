import { eq } from 'drizzle-orm'
import { database } from '~db/client.server'
import { session } from '~db/schema/auth'
import { cookieName, isSecure, signedCookie } from './cookies'

/** Ends the session of these headers, if there is one. Answers the cookies to set. */
export async function signOut(headers: Headers): Promise<string[]> {
  const token = signedCookie(headers, cookieName('session'))
  if (token !== null) await database('auth').delete(session).where(eq(session.token, token))
  const gone = `; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${isSecure() ? '; Secure' : ''}`
  return [`${cookieName('session')}=${gone}`, `${cookieName('second')}=${gone}`]
}
