import { and, eq, gt } from 'drizzle-orm'
import { DomainError } from '~/domain/kernel'
import type { Locale } from '~/lib/locales'
import { database } from '~db/client.server'
import { user, verification } from '~db/schema/auth'
import { codeSubject, passwordSubject } from './account-email'
import { assertPassword } from './assert-password'
import { forgetDevices } from './devices'
import { engine } from './engine'
import { refusedAs } from './refused'
import { sendChangeMail } from './reset-mail'
import { forgetFailures } from './throttle'
import { storedIdentifier } from './verify-second-factor'
import { headersFor, type Visit } from './visit'

/** Whether a reset link can still be used, and whose second factor is on, which lets a password be shorter. */
export async function resetLink(token: string, now: Date): Promise<{ twoFactorEnabled: boolean } | null> {
  const owner = await ownerOf(token, now)
  return owner === null ? null : { twoFactorEnabled: owner.twoFactorEnabled }
}

/**
 * Sets a new password by a mailed link and ends every session of the account; signing in still asks for the second
 * factor. Refuses `link-expired` for an unknown, used or old link and `weak-password`, which leaves the link usable.
 */
export async function resetPassword(input: { token: string; password: string }, visit: Visit & { locale?: Locale }): Promise<void> {
  const owner = await ownerOf(input.token, visit.now)
  if (owner === null) throw new DomainError('link-expired')
  assertPassword(input.password, { twoFactor: owner.twoFactorEnabled, words: [owner.name, owner.email] })
  const body = { token: input.token, newPassword: input.password }
  await refusedAs('link-expired', () => engine().api.resetPassword({ body, headers: headersFor(visit) }))
  await database('auth').delete(verification).where(eq(verification.value, owner.id))
  await forgetDevices(owner.id)
  await forgetFailures([passwordSubject(owner.email), codeSubject(owner.id)])
  sendChangeMail({ name: owner.name, address: owner.email }, 'password', visit.now, visit.locale)
}

async function ownerOf(token: string, now: Date) {
  if (!/^\w{24}$/.test(token)) return null
  const [owner] = await database('auth').select({ id: user.id, name: user.name, email: user.email, twoFactorEnabled: user.twoFactorEnabled })
    .from(verification).innerJoin(user, eq(user.id, verification.value))
    .where(and(eq(verification.identifier, storedIdentifier(`reset-password:${token}`)), gt(verification.expiresAt, now)))
  return owner ?? null
}
