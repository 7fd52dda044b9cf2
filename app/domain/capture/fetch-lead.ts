import { randomInt } from 'node:crypto'
import { and, eq, inArray, lte, or, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { log } from '~/platform/log'
import type { Tx } from '~db/client.server'
import { fetches, sources } from '~db/schema'
import { command, DomainError, inTransaction, type Context } from '../kernel'
import type { Fetched, Keys, Refused } from './connectors/connector'
import { connectorOf, isMappedConnector } from './connectors/registry'
import { FetchLead } from './contract'
import { wakeFetches } from './order-again'
import { markDone, settleWaiting } from './settle-fetch'
import { sourceKeys } from './source-keys'
import { storeAnswer } from './store-answer'
import type { FetchState } from './vocabulary'

type Claimed = { fetchId: Id<'fet'>; sourceId: Id<'src'>; connector: string; externalId: string; order: Record<string, string>; attempt: number; wasRefused: boolean; orderedAt: Date; keys: Keys }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Longer than any connector asks; a worker that dies in it leaves the fetch to the schedule. */
const LEASE_MS = MINUTE
const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 3 * HOUR
const PATIENCE_MS = 72 * HOUR
const UNPERMITTED_PAUSE_MS = HOUR

/**
 * Asks the platform for one lead that a push only named, outside any transaction, and keeps what it answers as a
 * delivery of its own. Null where it is not due, settled, or another worker asks. Refuses `not-found`.
 * A refusal is noted with the time of the next try: the row decides, not the queue.
 */
export async function fetchLead(ctx: Context, input: { fetchId: Id<'fet'>; due?: string | undefined }): Promise<FetchState | null> {
  const claimed = await claimFetch(ctx, input)
  if (claimed === null) return null
  const answer = await ask(claimed, ctx)
  const answerId = answer.ok ? await storeAnswer(ctx, { ...claimed, raw: answer.raw, contentType: answer.contentType, way: 'fetch' }) : null
  return inTransaction(ctx, 'read write', async (tx) => {
    const inside = { ...ctx, tx }
    const held = await tx.select({ state: fetches.state }).from(fetches)
      .where(and(eq(fetches.orgId, ctx.orgId), eq(fetches.id, claimed.fetchId), eq(fetches.attempts, claimed.attempt), inArray(fetches.state, ['waiting', 'not-permitted']))).for('update')
    // Settled meanwhile by the verdict on the answer itself, forgotten, or asked for again by somebody else.
    if (held.length === 0) return null
    if (!answer.ok) return refuse(inside, claimed, answer)
    if (answerId !== null) await markDone(inside, claimed.fetchId, answerId)
    await settleWaiting(inside, [claimed.fetchId])
    if (claimed.wasRefused) await wakeFetches(tx, ctx, claimed.sourceId)
    return 'done'
  })
}

/** Takes the fetch for a minute, where it is due or `due` says so; each try has its number, which the answer must carry. */
const claimFetch = command({
  name: 'fetch.claim',
  permission: 'deliveries:replay',
  input: FetchLead,
  async run({ tx, ctx, input: { fetchId, due } }): Promise<Claimed | null> {
    const mine = and(eq(fetches.orgId, ctx.orgId), eq(fetches.id, fetchId))
    const isDue = due === undefined ? lte(fetches.nextAt, ctx.now) : or(lte(fetches.nextAt, ctx.now), eq(fetches.nextAt, due))
    const [before] = await tx.select().from(fetches).where(mine).for('update')
    if (!before) throw new DomainError('not-found')
    const [row] = await tx.update(fetches).set({ attempts: sql`${fetches.attempts} + 1`, nextAt: new Date(ctx.now.getTime() + LEASE_MS) })
      .where(and(mine, inArray(fetches.state, ['waiting', 'not-permitted']), isDue)).returning()
    if (!row) return null
    const [source] = await tx.select({ connector: sources.connector }).from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, row.sourceId)))
    if (!source) throw new DomainError('not-found')
    return {
      fetchId, sourceId: row.sourceId, connector: source.connector, externalId: row.externalId, order: row.ask as Record<string, string>, attempt: row.attempts,
      wasRefused: before.state === 'not-permitted', orderedAt: row.orderedAt, keys: await sourceKeys({ ...ctx, tx }, row.sourceId),
    }
  },
})

async function ask({ connector, externalId, order, keys, fetchId }: Claimed, ctx: Context): Promise<Fetched> {
  const fetch = isMappedConnector(connector) ? connectorOf(connector).fetch : undefined
  if (fetch === undefined) return { ok: false, problem: 'gone', detail: 'no-fetch' }
  try {
    return await fetch({ externalId, order }, keys, ctx.now)
  } catch (error) {
    log.error({ err: error, fetchId, connector }, 'a connector failed while it asked')
    return { ok: false, problem: 'unreadable', detail: 'error' }
  }
}

async function refuse(ctx: Context & { tx: Tx }, claimed: Claimed, refused: Refused): Promise<FetchState> {
  const next = nextOf(ctx, claimed, refused)
  const settledAt = next.nextAt === null ? ctx.now : null
  await ctx.tx.update(fetches).set({ ...next, problem: refused.problem, detail: refused.detail?.slice(0, 60) ?? null, settledAt }).where(and(eq(fetches.orgId, ctx.orgId), eq(fetches.id, claimed.fetchId)))
  if (next.nextAt === null) await settleWaiting(ctx, [claimed.fetchId])
  else await holdBackOthers(ctx, claimed, refused, next.nextAt)
  return next.state
}

function nextOf({ now }: Context, { attempt, orderedAt }: Claimed, { problem, retryAfterMs = 0 }: Refused): { state: FetchState; nextAt: Date | null } {
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds)
  if (problem === 'gone') return { state: 'gone', nextAt: null }
  if (problem === 'not-permitted') return { state: 'not-permitted', nextAt: after(UNPERMITTED_PAUSE_MS) }
  if (now.getTime() - orderedAt.getTime() >= PATIENCE_MS) return { state: 'failed', nextAt: null }
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 20), LONGEST_PAUSE_MS)
  return { state: 'waiting', nextAt: after(Math.max(pause / 2 + randomInt(pause / 2), retryAfterMs + (retryAfterMs > 0 ? randomInt(FIRST_PAUSE_MS) : 0))) }
}

// What one lead was refused for, the whole source is: a quota, or a token. One of it is enough to ask with.
async function holdBackOthers({ tx, orgId }: Context & { tx: Tx }, { sourceId, fetchId }: Claimed, { problem, retryAfterMs = 0 }: Refused, nextAt: Date): Promise<void> {
  const state = problem === 'not-permitted' ? 'not-permitted' : problem === 'rate-limited' && retryAfterMs > 0 ? 'waiting' : null
  if (state === null) return
  const others = and(eq(fetches.orgId, orgId), eq(fetches.sourceId, sourceId), eq(fetches.state, state), sql`${fetches.id} <> ${fetches.id.mapToDriverValue(fetchId)}`)
  const until = state === 'not-permitted' ? new Date(nextAt.getTime() - MINUTE) : nextAt
  await tx.update(fetches).set({ nextAt: until }).where(and(others, lte(fetches.nextAt, until)))
}
