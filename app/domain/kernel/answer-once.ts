import { and, eq, sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { idempotencyKeys } from '~db/schema'
import { actorId, type Context } from './context'
import { DomainError } from './errors'
import { inTransaction } from './transaction'

export type KeptAnswer = { status: number; answer: unknown; isReplay: boolean }
type Work = (ctx: Context & { tx: Tx }) => Promise<{ status: number; answer: unknown }>

/**
 * Does `work` once for an Idempotency-Key of this actor: the same request again is answered with what was kept.
 * Refuses `key-reused` (another request under the same key) and `key-in-flight`. Work that refuses keeps nothing.
 */
export function answerOnce(ctx: Context, key: string, request: string, work: Work): Promise<KeptAnswer> {
  const actor = actorId(ctx.actor)
  const requestHash = sha256(request).toString('hex')
  return inTransaction(ctx, 'read write', async (tx) => {
    // Another request with this key holds the lock until its answer is kept.
    const [lock] = await tx.execute<{ free: boolean }>(sql`select pg_try_advisory_xact_lock(hashtextextended(${`${toUuid(ctx.orgId)} ${actor} ${key}`}, 0)) as free`)
    if (lock?.free !== true) throw new DomainError('key-in-flight')
    const [kept] = await tx.select().from(idempotencyKeys).where(and(eq(idempotencyKeys.actorId, actor), eq(idempotencyKeys.key, key)))
    if (kept !== undefined && kept.requestHash !== requestHash) throw new DomainError('key-reused')
    if (kept?.status !== undefined && kept.status !== null) return { status: kept.status, answer: kept.answer, isReplay: true }
    const { status, answer } = await work({ ...ctx, tx })
    await tx.insert(idempotencyKeys).values({ orgId: ctx.orgId, key, actorId: actor, requestHash, status, answer, createdAt: ctx.now })
    return { status, answer, isReplay: false }
  })
}
