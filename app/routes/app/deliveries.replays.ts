import { replayDeliveries } from '~/domain/capture'
import { submit } from '~/http'
import { inMoments, namedIn, ReplayFilter } from './deliveries/log-filter'

const perPage = 500

/**
 * Reads deliveries again with the present mapping: those named, or a page of a range. `next` is the `after` of the
 * page to ask for then; every page is a transaction of its own, so a long range shows how far it is and may be left.
 */
export const action = submit({ permission: 'deliveries:replay', form: ReplayFilter }, ({ ctx, input, viewer }) => {
  const { deliveryId, state, ...range } = inMoments(input, viewer.org.timeZone)
  const deliveryIds = namedIn(deliveryId)
  return replayDeliveries(ctx, deliveryIds === undefined ? { ...range, state: state === '' ? null : state, limit: perPage } : { deliveryIds: deliveryIds as never })
})
