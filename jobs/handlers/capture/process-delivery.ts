import { processDelivery as process } from '~/domain/capture'
import type { Handler } from '~jobs/handler'

/** Turns a delivery into leads. On a replay the bytes are read again with the present mapping. */
export const processDelivery: Handler<'delivery.received' | 'delivery.replayed'> = async (ctx, { name, payload }) => {
  await process(ctx, { deliveryId: payload.deliveryId, again: name === 'delivery.replayed' })
}
