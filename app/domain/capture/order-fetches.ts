import { and, eq, inArray } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { fetches, fetchOrders } from '~db/schema'
import { emitIn, type Context } from '../kernel'
import type { FetchOrder } from './connectors/connector'
import { forgetFetches, forgottenAmong } from './honour-erasures'
import { orderAgain } from './order-again'
import type { IngestSource } from './plan-ingest'
import type { Verdict } from './stored-deliveries'
import { verdictOfOrders } from './settle-fetch'

type InTx = Context & { tx: Tx }
/** Until then the event is trusted to be heard; after it the schedule asks. */
const PATIENCE_MS = 2 * 60_000
const WAITING: Verdict = { verdict: 'stored', issues: null, leadId: null, inquiryId: null }

/**
 * Notes which leads the platform must be asked for. Null where there are none; `stored` while any is waited for, else
 * what became of them. A lead is asked for once however often it is named; one that was given up is asked for again.
 */
export async function orderFetches(ctx: InTx, source: IngestSource, deliveryId: Id<'dlv'>, orders: readonly FetchOrder[]): Promise<Verdict | null> {
  if (orders.length === 0) return null
  // Sorted: two messages that name the same leads never wait for each other in a ring.
  const distinct = [...new Map(orders.map((order) => [order.externalId, order])).values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  const forgotten = await forgottenAmong(ctx, source, distinct.map(({ externalId }) => externalId))
  const rows = await ordered(ctx, source, distinct)
  await ctx.tx.insert(fetchOrders).values(rows.map(({ id }) => ({ orgId: ctx.orgId, fetchId: id, deliveryId }))).onConflictDoNothing()
  const gone = rows.filter(({ externalId }) => forgotten.has(externalId))
  await forgetFetches(ctx, source, gone.map(({ id }) => id), deliveryId)
  await startAsking(ctx, rows.filter(({ externalId }) => !forgotten.has(externalId)))
  return (await verdictOfOrders(ctx, deliveryId)) ?? WAITING
}

type Ordered = Pick<typeof fetches.$inferSelect, 'id' | 'externalId' | 'state' | 'nextAt'> & { isNew: boolean }

// On conflict the row is written as it is, which locks it: whoever settles it sees this delivery waiting, or we see it settled.
async function ordered({ tx, orgId, now }: InTx, source: IngestSource, orders: readonly FetchOrder[]): Promise<Ordered[]> {
  const nextAt = new Date(now.getTime() + PATIENCE_MS)
  const fresh = orders.map(({ externalId, order }) => ({
    orgId, id: newId('fet'), sourceId: source.id, externalId, ask: order, state: 'waiting' as const, nextAt, createdAt: now, orderedAt: now,
  }))
  const rows = await tx.insert(fetches).values(fresh).onConflictDoUpdate({ target: [fetches.orgId, fetches.sourceId, fetches.externalId], set: { sourceId: source.id } })
    .returning({ id: fetches.id, externalId: fetches.externalId, state: fetches.state, nextAt: fetches.nextAt })
  const made = new Set(fresh.map(({ id }) => id))
  return rows.map((row) => ({ ...row, isNew: made.has(row.id) }))
}

async function startAsking(ctx: InTx, rows: readonly Ordered[]): Promise<void> {
  const emit = emitIn(ctx.tx, ctx)
  for (const { id, isNew, nextAt } of rows) if (isNew) await emit('fetch.ordered', { fetchId: id, due: nextAt?.toISOString() ?? '' })
  const givenUp = rows.filter(({ isNew, state }) => !isNew && ['gone', 'failed', 'not-permitted'].includes(state)).map(({ id }) => id)
  if (givenUp.length > 0) await orderAgain(ctx.tx, ctx, and(eq(fetches.orgId, ctx.orgId), inArray(fetches.id, givenUp)))
}
