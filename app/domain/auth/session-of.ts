import { sql } from 'drizzle-orm'
import { database } from '~db/client.server'
import { cookieName, sessionDays, signedCookie } from './cookies'

/** Who is signed in with this request. */
export type Session = { userId: string; sessionId: string; name: string; email: string; isOperator: boolean; twoFactorEnabled: boolean }
/** The same with the secret in the cookie; it stays inside this module. */
export type OwnSession = Session & { token: string }
type Row = { id: string; user_id: string; token: string; name: string; email: string; is_operator: boolean; two_factor_enabled: boolean }

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * The session of a request's cookie, or null. One statement: it also notes, once an hour, that the session is in use,
 * because a session ends 7 days after its last request and 30 days after sign-in.
 */
export async function ownSession(headers: Headers, now: Date): Promise<OwnSession | null> {
  const token = signedCookie(headers, cookieName('session'))
  if (token === null) return null
  const at = now.toISOString()
  const idle = new Date(now.getTime() - sessionDays.idle * DAY).toISOString()
  const stale = new Date(now.getTime() - HOUR).toISOString()
  const [row] = await database('auth').execute<Row>(sql`
    with found as (
      select s.id, s.user_id, s.token, s.updated_at, u.name, u.email, u.is_operator, u.two_factor_enabled
      from auth.session s join auth."user" u on u.id = s.user_id
      where s.token = ${token} and s.expires_at > ${at}::timestamptz and s.updated_at > ${idle}::timestamptz
    ), noted as (
      update auth.session set updated_at = ${at}::timestamptz
      where id = (select id from found where updated_at < ${stale}::timestamptz)
    )
    select id, user_id, token, name, email, is_operator, two_factor_enabled from found`)
  if (row === undefined) return null
  return {
    userId: row.user_id, sessionId: row.id, token: row.token, name: row.name, email: row.email,
    isOperator: row.is_operator, twoFactorEnabled: row.two_factor_enabled,
  }
}

/** Who is signed in with these headers at this moment, or null; one query. */
export async function sessionOf(headers: Headers, now: Date): Promise<Session | null> {
  const found = await ownSession(headers, now)
  if (found === null) return null
  const { token: _secret, ...session } = found
  return session
}
