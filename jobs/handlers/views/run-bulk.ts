import { advanceBulk } from '~/domain/views'
import type { Handler } from '~jobs/handler'

/** Does a change of many leads, or takes it back, whichever it waits for. What is done is marked with it: running twice changes nothing. */
export const runBulk: Handler<'bulk.requested'> = async (ctx, { payload }) => {
  await advanceBulk(ctx, payload)
}
