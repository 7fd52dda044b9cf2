import { followField } from '~/domain/scoring'
import type { Handler } from '~jobs/handler'

/** A field was put away or taken out again: lines over it rest or count again, for every lead. */
export const pauseLines: Handler<'field.changed'> = async (ctx, { payload }) => {
  await followField(ctx, payload)
}
