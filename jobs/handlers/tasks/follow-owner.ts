import { followOwner as follow } from '~/domain/tasks'
import type { Handler } from '~jobs/handler'

/** Tasks and callbacks go where their lead goes. Moving them twice changes nothing. */
export const followOwner: Handler<'lead.owner-changed'> = async (ctx, { payload }) => {
  await follow(ctx, payload)
}
