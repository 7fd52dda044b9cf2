import { scoreLeads } from '~/domain/scoring'
import type { BatchHandler, Handler } from '~jobs/handler'

type Told = 'lead.captured' | 'lead.changed' | 'lead.contact-logged' | 'touch.kept' | 'mail.unsubscribed'
const TOGETHER = 250

/** Makes the scores of leads agree with what is known of them. They follow from facts, not from what was told: twice changes nothing. */
export const scoreMany: BatchHandler<Told> = async (ctx, events) => {
  const leadIds = [...new Set(events.map(({ payload }) => payload.leadId))].sort()
  for (let from = 0; from < leadIds.length; from += TOGETHER) await scoreLeads(ctx, { leadIds: leadIds.slice(from, from + TOGETHER) })
}

export const scoreOne: Handler<Told> = (ctx, event) => scoreMany(ctx, [event])
