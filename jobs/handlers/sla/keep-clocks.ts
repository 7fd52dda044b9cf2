import { keepClocks as keep } from '~/domain/sla'
import type { BatchHandler, Handler } from '~jobs/handler'

type Told = 'lead.captured' | 'lead.stage-moved' | 'lead.owner-changed' | 'lead.verdict-given' | 'lead.contact-logged' | 'lead.changed'

/** Makes a lead's clocks agree with it. They follow from what happened, not from what was told: twice changes nothing. */
export const keepClocks: Handler<Told> = async (ctx, { payload }) => {
  await keep(ctx, [payload.leadId])
}

/** The same for many leads of one organisation. */
export const keepManyClocks: BatchHandler<Told> = async (ctx, events) => {
  await keep(ctx, events.map(({ payload }) => payload.leadId))
}
