import { DomainError } from '~/domain/kernel'
import type { Locale } from '~/lib/locales'
import { passwordSubject } from './account-email'
import { assertPassword } from './assert-password'
import { ownCookies } from './cookies'
import { engine } from './engine'
import { refusedAs } from './refused'
import { sendChangeMail } from './reset-mail'
import { ownSession, type OwnSession } from './session-of'
import { beginAttempt } from './throttle'
import { headersFor, type Visit } from './visit'

/** The session of a visit, for acts on one's own account. Refuses `not-signed-in`. */
export async function signedInVisit(visit: Visit): Promise<OwnSession> {
  const session = await ownSession(visit.headers, visit.now)
  if (session === null) throw new DomainError('not-signed-in')
  return session
}

/** Counts a try of the current password by somebody who is signed in; a stolen session guesses no better than a stranger. */
export const beginOwnAttempt = (session: OwnSession, visit: Visit): Promise<() => Promise<void>> =>
  beginAttempt({ subject: passwordSubject(session.email), ip: visit.ip, device: session.sessionId, now: visit.now })

/**
 * Changes one's own password. Every session ends but the acting one, which gets a new secret: set `cookies`.
 * Refuses `wrong-credentials`, `weak-password`, `too-many`.
 */
export async function changePassword(input: { current: string; password: string }, visit: Visit & { locale?: Locale }): Promise<{ cookies: string[] }> {
  const session = await signedInVisit(visit)
  assertPassword(input.password, { twoFactor: session.twoFactorEnabled, words: [session.name, session.email] })
  const wasRight = await beginOwnAttempt(session, visit)
  const body = { currentPassword: input.current, newPassword: input.password, revokeOtherSessions: true }
  const { headers } = await refusedAs('wrong-credentials', () =>
    engine().api.changePassword({ body, headers: headersFor(visit, { session: session.token }), returnHeaders: true }),
  )
  await wasRight()
  sendChangeMail({ name: session.name, address: session.email }, 'password', visit.now, visit.locale)
  return { cookies: ownCookies(headers) }
}
