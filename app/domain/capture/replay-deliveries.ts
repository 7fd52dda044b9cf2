import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { deliveries } from '~db/schema'
import { command, DomainError } from '../kernel'
import { ReplayDeliveries } from './contract'
import { deliveriesOf } from './list-deliveries'

/** How many deliveries were asked to be read again, and where to go on when there were more than `limit`. */
export type Replay = { replayed: number; next: Id<'dlv'> | null }

/**
 * Reads deliveries again with the present mapping: those named, or those of a range, newest first. The work runs
 * behind; a delivery that became a lead never becomes a second one. Duplicates and rejected ones have nothing to
 * read and are passed over. Refuses `not-found` for a delivery of nobody here.
 */
export const replayDeliveries = command({
  name: 'delivery.replay',
  permission: 'deliveries:replay',
  input: ReplayDeliveries,
  async run({ tx, ctx, input, emit, audit }): Promise<Replay> {
    const { deliveryIds, ...range } = input
    if (deliveryIds !== undefined) {
      const wanted = [...new Set(deliveryIds)]
      const found = wanted.length === 0 ? [] : await tx.select({ id: deliveries.id }).from(deliveries).where(and(eq(deliveries.orgId, ctx.orgId), inArray(deliveries.id, wanted)))
      if (found.length < wanted.length) throw new DomainError('not-found')
      for (const deliveryId of wanted) await emit('delivery.replayed', { deliveryId })
      for (const deliveryId of wanted) await audit(deliveryId)
      return { replayed: wanted.length, next: null }
    }
    const found = await deliveriesOf(tx, ctx, { ...range, way: null, search: null, before: null })
    const readable = found.filter(({ state }) => state !== 'duplicate' && state !== 'rejected')
    for (const { id } of readable) await emit('delivery.replayed', { deliveryId: id })
    if (readable.length > 0) await audit(readable[0]?.source.id ?? ctx.orgId, { after: { counts: readable.length, from: range.since, to: range.until } })
    return { replayed: readable.length, next: found.length === range.limit ? (found.at(-1)?.id ?? null) : null }
  },
})
