import { hearEvents } from '~/domain/notifications'
import type { BatchHandler, Handler } from '~jobs/handler'

/** Tells members and groups of what concerns them. Each is told once of an event: its key is in `notice_facts`. */
export const tellMembers: Handler = async (ctx, event) => {
  await hearEvents(ctx, [event])
}

/** The same for many events of one organisation, so that what comes together is told together. */
export const tellManyMembers: BatchHandler = async (ctx, events) => {
  await hearEvents(ctx, events)
}
