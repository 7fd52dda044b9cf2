import { eq } from 'drizzle-orm'
import { DomainError } from '~/domain/kernel'
import type { Locale } from '~/lib/locales'
import { database } from '~db/client.server'
import { twoFactor } from '~db/schema/auth'
import { codeSubject } from './account-email'
import { beginOwnAttempt, signedInVisit } from './change-password'
import { ownCookies, sessionTokenIn } from './cookies'
import { engine } from './engine'
import { passwordLengths } from './password-policy'
import { hashedList, newRecoveryCodes } from './recovery-codes'
import { refusedAs } from './refused'
import { sendChangeMail } from './reset-mail'
import type { Session } from './session-of'
import { endSessionsBut } from './sessions'
import { beginAttempt } from './throttle'
import { totpSecret, useTotpCode } from './totp'
import { headersFor, type Visit } from './visit'

/** What an authenticator app is told: the secret in base 32 and the same as an otpauth address. */
export type AuthenticatorKey = { secret: string; uri: string }

/** Begins to set up an authenticator; it counts from `confirmTwoFactor` on. Refuses `wrong-credentials`, `conflict` where one is on. */
export async function startTwoFactor(input: { password: string }, visit: Visit): Promise<AuthenticatorKey> {
  const session = await signedInVisit(visit)
  if (session.twoFactorEnabled) throw new DomainError('conflict')
  const wasRight = await beginOwnAttempt(session, visit)
  const headers = headersFor(visit, { session: session.token })
  const answer = await refusedAs('wrong-credentials', () => engine().api.enableTwoFactor({ body: { password: input.password, method: 'totp' }, headers }))
  await wasRight()
  if (answer.method !== 'totp') throw new Error('better-auth set up another factor than asked')
  return keyIn(answer.totpURI)
}

/** The authenticator being set up by this person and not yet confirmed, to show it again; null where there is none. */
export async function pendingTwoFactor(session: Session): Promise<AuthenticatorKey | null> {
  const kept = session.twoFactorEnabled ? null : await totpSecret(session.userId)
  if (kept === null || kept.confirmed) return null
  const secret = base32(Buffer.from(kept.secret))
  return { secret, uri: `otpauth://totp/Clew:${encodeURIComponent(session.email)}?secret=${secret}&issuer=Clew&digits=6&period=30` }
}

/**
 * Turns the second factor on with a first code. Every session ends but the acting one, which gets a new secret.
 * Answers eight recovery codes, to be shown once. Refuses `code-wrong`, `too-many`.
 */
export async function confirmTwoFactor(input: { code: string }, visit: Visit & { locale?: Locale }): Promise<{ recoveryCodes: string[]; cookies: string[] }> {
  const session = await signedInVisit(visit)
  const code = input.code.normalize('NFKC').replace(/\s/g, '')
  const wasRight = await beginAttempt({ subject: codeSubject(session.userId), ip: visit.ip, device: session.sessionId, now: visit.now })
  if (!(await useTotpCode(session.userId, code, visit.now))) throw new DomainError('code-wrong')
  const { headers } = await refusedAs('code-wrong', () =>
    engine().api.verifyTOTP({ body: { code }, headers: headersFor(visit, { session: session.token }), returnHeaders: true }),
  )
  await wasRight()
  const recoveryCodes = newRecoveryCodes()
  await database('auth').update(twoFactor).set({ backupCodes: hashedList(recoveryCodes) }).where(eq(twoFactor.userId, session.userId))
  const cookies = ownCookies(headers)
  await endSessionsBut(session.userId, sessionTokenIn(cookies) ?? session.token)
  sendChangeMail({ name: session.name, address: session.email }, 'two-factor-on', visit.now, visit.locale)
  return { recoveryCodes, cookies }
}

/**
 * Turns the second factor off. A password that was only long enough beside it must be changed first.
 * Refuses `wrong-credentials`, `weak-password`, `too-many`, `conflict` where it is off.
 */
export async function disableTwoFactor(input: { password: string }, visit: Visit & { locale?: Locale }): Promise<{ cookies: string[] }> {
  const session = await signedInVisit(visit)
  if (!session.twoFactorEnabled) throw new DomainError('conflict')
  const wasRight = await beginOwnAttempt(session, visit)
  const headers = headersFor(visit, { session: session.token })
  await refusedAs('wrong-credentials', () => engine().api.verifyPassword({ body: { password: input.password }, headers }))
  if ([...input.password.normalize('NFKC')].length < passwordLengths.alone) throw new DomainError('weak-password', { fields: { password: ['too-short'] } })
  const answer = await refusedAs('wrong-credentials', () => engine().api.disableTwoFactor({ body: { password: input.password }, headers, returnHeaders: true }))
  await wasRight()
  const cookies = ownCookies(answer.headers)
  await endSessionsBut(session.userId, sessionTokenIn(cookies) ?? session.token)
  sendChangeMail({ name: session.name, address: session.email }, 'two-factor-off', visit.now, visit.locale)
  return { cookies }
}

function keyIn(uri: string): AuthenticatorKey {
  return { secret: new URL(uri).searchParams.get('secret') ?? '', uri }
}

/** RFC 4648 §6, without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('')
}
