import { inArray, sql } from 'drizzle-orm'
import { DomainError } from '~/domain/kernel'
import { sha256 } from '~/platform/crypto'
import { database } from '~db/client.server'
import { throttle } from '~db/schema/auth'

/** How many failures are let through (NIST SP 800-63B-4 §3.2.2): the windows slide, `ever` is of consecutive ones. */
export const attemptLimits = { perAddress: 10, perDevice: 10, ever: 100, addressInAll: 100, windowMs: 15 * 60_000 } as const

/** `device` is a browser the owner has signed in from before; it is counted apart from everybody else's tries. */
export type Attempt = { subject: string; ip: string; device: string | null; now: Date }
type Limit = { key: string; most: number; windowMs: number | null }

const digest = (...parts: string[]) => sha256(parts.join('\0')).toString('base64url').slice(0, 32)

function limitsOf({ subject, ip, device }: Attempt): Limit[] {
  const { perAddress, perDevice, ever, addressInAll, windowMs } = attemptLimits
  if (device !== null) return [{ key: `device:${digest(subject, device)}`, most: perDevice, windowMs }]
  return [
    { key: `address:${digest(ip)}`, most: addressInAll, windowMs },
    { key: `pair:${digest(subject, ip)}`, most: perAddress, windowMs },
    { key: `ever:${digest(subject)}`, most: ever, windowMs: null },
  ]
}

/**
 * Counts an attempt before it is checked, so that a burst cannot slip past; refuses with `too-many` when one limit
 * is reached. The answer forgets the failures: call it when the attempt was right.
 */
export async function beginAttempt(attempt: Attempt): Promise<() => Promise<void>> {
  const limits = limitsOf(attempt)
  for (const limit of limits) await take(limit, attempt.now)
  return () => forgive(limits)
}

/** Counts one use of a limit of its own, such as asking for reset mails. Answers false when there is none left. */
export async function allows(name: string, most: number, windowMs: number, now: Date): Promise<boolean> {
  return counted({ key: `${name.slice(0, 20)}:${digest(name)}`, most, windowMs }, now)
}

/** Forgets every failure of an account, after its owner has proved themselves by mail. */
export async function forgetFailures(subjects: readonly string[]): Promise<void> {
  await database('auth').delete(throttle).where(inArray(throttle.key, subjects.map((subject) => `ever:${digest(subject)}`)))
}

async function take(limit: Limit, now: Date): Promise<void> {
  if (await counted(limit, now)) return
  const retryAfter = Math.ceil((limit.windowMs ?? 86_400_000) / 1000)
  throw new DomainError('too-many', { params: { retryAfter, minutes: Math.ceil(retryAfter / 60) } })
}

// One statement, so that attempts at once are counted one after another; a refused one does not count again.
async function counted({ key, most, windowMs }: Limit, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const until = windowMs === null ? null : new Date(now.getTime() + windowMs).toISOString()
  const rows = await database('auth').execute(sql`
    insert into auth.throttle as t (key, points, expires_at) values (${key}, 1, ${until}::timestamptz)
    on conflict (key) do update set
      points = case when t.expires_at <= ${at}::timestamptz then 1 else t.points + 1 end, expires_at = excluded.expires_at
    where t.expires_at <= ${at}::timestamptz or t.points < ${most}
    returning points`)
  return rows.length > 0
}

async function forgive(limits: readonly Limit[]): Promise<void> {
  const shared = limits.filter(({ key }) => key.startsWith('address:')).map(({ key }) => key)
  const own = limits.map(({ key }) => key).filter((key) => !shared.includes(key))
  await database('auth').delete(throttle).where(inArray(throttle.key, own))
  if (shared.length > 0) await database('auth').update(throttle).set({ points: sql`greatest(points - 1, 0)` }).where(inArray(throttle.key, shared))
}
