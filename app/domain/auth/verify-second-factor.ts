import { and, eq, gt } from 'drizzle-orm'
import { DomainError } from '~/domain/kernel'
import { sha256 } from '~/platform/crypto'
import { database } from '~db/client.server'
import { user, verification } from '~db/schema/auth'
import { codeSubject } from './account-email'
import { cookieName, ownCookies, signedCookie } from './cookies'
import { knownDeviceOf, rememberDevice } from './devices'
import { engine } from './engine'
import { recoveryDigest } from './recovery-codes'
import { refusedAs } from './refused'
import type { SignedIn } from './sign-in'
import { beginAttempt } from './throttle'
import { useTotpCode } from './totp'
import { headersFor, type Visit } from './visit'

/** Whether this browser has given a right password and still owes a code. */
export async function owesSecondFactor(headers: Headers, now: Date): Promise<boolean> {
  return (await challengeOf(headers, now)) !== null
}

/**
 * Finishes a sign-in with six digits of the authenticator or one recovery code; either works once.
 * Refuses `not-signed-in` where no password was given within ten minutes, `code-wrong`, `too-many`.
 */
export async function verifySecondFactor(input: { code: string }, visit: Visit): Promise<SignedIn> {
  const challenge = await challengeOf(visit.headers, visit.now)
  if (challenge === null) throw new DomainError('not-signed-in')
  const device = await knownDeviceOf(challenge.email, visit.headers)
  const wasRight = await beginAttempt({ subject: codeSubject(challenge.userId), ip: visit.ip, device, now: visit.now })
  const headers = headersFor(visit, { second: challenge.second })
  const answer = await refusedAs('code-wrong', async () => {
    const digits = input.code.normalize('NFKC').replace(/\s/g, '')
    if (!/^\d{6}$/.test(digits)) return engine().api.verifyBackupCode({ body: { code: recoveryDigest(input.code) }, headers, returnHeaders: true })
    if (!(await useTotpCode(challenge.userId, digits, visit.now))) throw new DomainError('code-wrong')
    return engine().api.verifyTOTP({ body: { code: digits }, headers, returnHeaders: true })
  })
  await wasRight()
  const remembered = await rememberDevice(challenge.userId, visit.headers, visit.now)
  return { state: 'signed-in', userId: challenge.userId, cookies: [...ownCookies(answer.headers), remembered] }
}

async function challengeOf(headers: Headers, now: Date): Promise<{ userId: string; email: string; second: string } | null> {
  const second = signedCookie(headers, cookieName('second'))
  if (second === null) return null
  const [row] = await database('auth').select({ userId: user.id, email: user.email }).from(verification)
    .innerJoin(user, eq(user.id, verification.value))
    .where(and(eq(verification.identifier, storedIdentifier(second)), gt(verification.expiresAt, now)))
  return row === undefined ? null : { ...row, second }
}

/** How better-auth keeps the name of a one-time value: hashed, so that a dump of the table opens nothing. */
export const storedIdentifier = (identifier: string): string => sha256(identifier).toString('base64url')
