import { and, eq } from 'drizzle-orm'
import { readCookie } from '~/i18n/locale'
import { randomToken, sha256 } from '~/platform/crypto'
import { database } from '~db/client.server'
import { knownDevice, user } from '~db/schema/auth'
import { cookieName, deviceCookie } from './cookies'

const wellFormed = /^[\w-]{43}$/

function deviceToken(headers: Headers): string | null {
  const token = readCookie(headers.get('cookie'), cookieName('device'))
  return token !== null && wellFormed.test(token) ? token : null
}

const digest = (token: string) => sha256(token).toString('hex')

/** The digest of this browser's token if the account's owner has signed in from it before; asked for any address alike. */
export async function knownDeviceOf(email: string, headers: Headers): Promise<string | null> {
  const tokenHash = digest(deviceToken(headers) ?? randomToken())
  const [known] = await database('auth').select({ tokenHash: knownDevice.tokenHash }).from(knownDevice)
    .innerJoin(user, eq(user.id, knownDevice.userId)).where(and(eq(user.email, email), eq(knownDevice.tokenHash, tokenHash)))
  return known?.tokenHash ?? null
}

/** Remembers the browser an account has just signed in from. Answers the cookie to set. */
export async function rememberDevice(userId: string, headers: Headers, now: Date): Promise<string> {
  const token = deviceToken(headers) ?? randomToken()
  await database('auth').insert(knownDevice).values({ userId, tokenHash: digest(token), createdAt: now, lastSeenAt: now })
    .onConflictDoUpdate({ target: [knownDevice.userId, knownDevice.tokenHash], set: { lastSeenAt: now } })
  return deviceCookie(token)
}

/** Forgets every browser of an account: after a reset, one of them may be somebody else's. */
export async function forgetDevices(userId: string): Promise<void> {
  await database('auth').delete(knownDevice).where(eq(knownDevice.userId, userId))
}
