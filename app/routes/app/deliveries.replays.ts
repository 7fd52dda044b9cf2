import * as z from 'zod'
import { replayDeliveries } from '~/domain/capture'
import { submit } from '~/http'

/** Reads deliveries again with the present mapping. */
export const action = submit({ permission: 'deliveries:replay', form: z.object({ deliveryId: z.string() }) }, ({ ctx, input }) =>
  replayDeliveries(ctx, { deliveryIds: [input.deliveryId as never] }),
)
