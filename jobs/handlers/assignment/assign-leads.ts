import { assignLeads } from '~/domain/assignment'
import type { BatchHandler, Handler } from '~jobs/handler'

/** Gives new leads to somebody. One that joined an open lead stays where that is. One receipt per event: again changes nothing. */
export const assignManyCaptured: BatchHandler<'lead.captured'> = async (ctx, events) => {
  const arrivals = events.filter(({ payload }) => payload.isNew).map(({ id, payload }) => ({ leadId: payload.leadId, eventKey: id }))
  if (arrivals.length > 0) await assignLeads(ctx, { arrivals })
}

export const assignCaptured: Handler<'lead.captured'> = (ctx, event) => assignManyCaptured(ctx, [event])
