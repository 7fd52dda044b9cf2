import { fetchLead as fetch } from '~/domain/capture'
import type { Handler } from '~jobs/handler'

/** Asks a platform for a lead that a push only named. What goes wrong is noted with the fetch, which is tried again by the schedule. */
export const fetchLead: Handler<'fetch.ordered'> = async (ctx, { payload }) => {
  await fetch(ctx, payload)
}
