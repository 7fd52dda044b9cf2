import { assignLead } from '~/domain/assignment'
import type { Handler } from '~jobs/handler'

/** Gives a new lead to somebody. One that joined an open lead stays where that is. One receipt per event: again changes nothing. */
export const assignCaptured: Handler<'lead.captured'> = async (ctx, { id, payload }) => {
  if (payload.isNew) await assignLead(ctx, { leadId: payload.leadId, eventKey: id })
}
