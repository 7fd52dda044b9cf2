import { listDeliveries } from '~/domain/capture'
import { page } from '~/http'

/** The last deliveries of a source, for pages that wait for them. */
export const loader = page({ permission: 'deliveries:read' }, async ({ ctx, params }) => {
  const { deliveries } = await listDeliveries(ctx, { sourceId: params['sourceId'] as never, limit: 10 })
  return { deliveries, now: ctx.now }
})
