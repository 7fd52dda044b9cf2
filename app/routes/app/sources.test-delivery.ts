import * as z from 'zod'
import { listDeliveries, sendTest } from '~/domain/capture'
import { submit } from '~/http'

/** A signed test through the source's own door; which delivery it became, so that the page can follow it. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, async ({ ctx, params }) => {
  const sourceId = params['sourceId'] as never
  const { status } = await sendTest(ctx, { sourceId })
  const { deliveries } = await listDeliveries(ctx, { sourceId, limit: 1 })
  return { status, deliveryId: deliveries[0]?.id ?? null }
})
