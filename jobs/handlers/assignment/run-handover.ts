import { advanceHandover } from '~/domain/assignment'
import type { Handler } from '~jobs/handler'

/** Moves a leaver's leads, some at a time; after a crash it goes on where it stopped. */
export const runHandover: Handler<'member.handover-requested'> = async (ctx, { payload: { handoverId } }) => {
  let isDone = false
  while (!isDone) ({ isDone } = await advanceHandover(ctx, { handoverId }))
}
