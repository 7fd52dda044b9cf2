import { processDelivery as process, processDeliveries as processMany } from '~/domain/capture'
import type { BatchHandler, Handler } from '~jobs/handler'

type Told = 'delivery.received' | 'delivery.replayed'

/** Turns a delivery into leads. On a replay the bytes are read again with the present mapping. */
export const processDelivery: Handler<Told> = async (ctx, { name, payload }) => {
  await process(ctx, { deliveryId: payload.deliveryId, again: name === 'delivery.replayed' })
}

/** The same for all that arrived together: one lookup and one write for the lot. */
export const processDeliveries: BatchHandler<Told> = async (ctx, events) => {
  for (const told of ['delivery.received', 'delivery.replayed'] as const) {
    const deliveryIds = [...new Set(events.filter(({ name }) => name === told).map(({ payload }) => payload.deliveryId))]
    if (deliveryIds.length > 0) await processMany(ctx, { deliveryIds, again: told === 'delivery.replayed' })
  }
}
