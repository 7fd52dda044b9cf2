import { lt } from 'drizzle-orm'
import { database } from '~db/client.server'
import { knownDevice, session, throttle, verification } from '~db/schema/auth'

const deviceDays = 400

/** Deletes what has ended by itself: sessions, one-time values, windows of failures, browsers long unseen. Daily. */
export async function sweepAccounts(now: Date): Promise<void> {
  const db = database('auth')
  await db.delete(session).where(lt(session.expiresAt, now))
  await db.delete(verification).where(lt(verification.expiresAt, now))
  await db.delete(throttle).where(lt(throttle.expiresAt, now))
  await db.delete(knownDevice).where(lt(knownDevice.lastSeenAt, new Date(now.getTime() - deviceDays * 86_400_000)))
}
