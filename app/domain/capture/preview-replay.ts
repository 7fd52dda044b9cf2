import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { deliveries } from '~db/schema'
import { can, command, DomainError, type Context } from '../kernel'
import type * as z from 'zod'
import { PreviewReplay } from './contract'
import { deliveriesOf } from './list-deliveries'
import { processDelivery } from './process-delivery'
import { receiptOf } from './receipt'
import { replayChange, replayKinds, type ReplayChange, type ReplayKind } from './replay-changes'
import { standings } from './replay-snapshot'

/** What a replay would do to one delivery. */
export type PreviewedDelivery = ReplayChange & { deliveryId: Id<'dlv'>; receipt: string; leadId: Id<'lead'> | null }
/** `looked` deliveries were tried, newest first; `counts` are of all of them, `shown` names at most fifty that would change. */
export type ReplayPreview = { looked: number; counts: Record<ReplayKind, number>; shown: PreviewedDelivery[] }

const MOST_SHOWN = 50
const rolledBack = Symbol('rolled back')

/**
 * Reads deliveries again with the present mapping and takes everything back: what it answers is what the replay will
 * do, because it is what the replay does. Nothing is written, told or audited. What people said is covered for
 * whoever may not read bodies. Refuses `not-found` for a delivery of nobody here.
 */
export const previewReplay = command({
  name: 'delivery.preview-replay',
  permission: 'deliveries:replay',
  input: PreviewReplay,
  async run({ tx, ctx, input }): Promise<ReplayPreview> {
    const ids = await wanted(tx, ctx, input)
    const before = await standings(tx, ctx, ids)
    const { after, failed } = await tried(tx, ctx, ids)
    const maySee = can(ctx.actor, 'deliveries:body')
    const all = ids.flatMap((deliveryId): PreviewedDelivery[] => {
      const [was, is] = [before.get(deliveryId), after.get(deliveryId)]
      if (was === undefined || is === undefined) return []
      const change = failed.has(deliveryId) ? { kind: 'failed' as const, verdict: { before: was.verdict, after: was.verdict }, changes: [] } : replayChange(was, is, maySee)
      return [{ ...change, deliveryId, receipt: receiptOf(deliveryId), leadId: was.leadId }]
    })
    const counts = Object.fromEntries(replayKinds.map((kind) => [kind, all.filter((each) => each.kind === kind).length])) as Record<ReplayKind, number>
    return { looked: all.length, counts, shown: all.filter(({ kind }) => kind !== 'unchanged').slice(0, MOST_SHOWN) }
  },
})

async function wanted(tx: Tx, ctx: Context, { deliveryIds, ...range }: z.output<typeof PreviewReplay>): Promise<Id<'dlv'>[]> {
  if (deliveryIds === undefined) {
    const found = await deliveriesOf(tx, ctx, { ...range, way: null, search: null, after: null, before: null })
    return found.filter(({ state }) => state !== 'duplicate' && state !== 'rejected').map(({ id }) => id)
  }
  const named = [...new Set(deliveryIds)]
  const found = named.length === 0 ? [] : await tx.select({ id: deliveries.id }).from(deliveries).where(and(eq(deliveries.orgId, ctx.orgId), inArray(deliveries.id, named)))
  if (found.length < named.length) throw new DomainError('not-found')
  return named
}

// Oldest first, as a replay works through them, each in a savepoint of its own; then all of it is taken back.
async function tried(tx: Tx, ctx: Context, ids: readonly Id<'dlv'>[]) {
  const failed = new Set<Id<'dlv'>>()
  let after: Awaited<ReturnType<typeof standings>> = new Map()
  await tx.transaction(async (step) => {
    for (const deliveryId of [...ids].sort()) {
      await step.transaction((one) => processDelivery({ ...ctx, tx: one }, { deliveryId, again: true })).catch(() => failed.add(deliveryId))
    }
    after = await standings(step, ctx, ids)
    throw rolledBack as unknown as Error
  }).catch((error: unknown) => {
    if (error !== rolledBack) throw error
  })
  return { after, failed }
}
