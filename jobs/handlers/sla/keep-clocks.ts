import { keepClocks as keep, keepScoredClocks } from '~/domain/sla'
import type { BatchHandler, Handler, Heard } from '~jobs/handler'

type Told = 'lead.captured' | 'lead.stage-moved' | 'lead.owner-changed' | 'lead.verdict-given' | 'lead.contact-logged' | 'lead.changed' | 'lead.scored'

/** Makes the clocks of leads agree with them. They follow from what happened, not from what was told: twice changes nothing. */
export const keepManyClocks: BatchHandler<Told> = async (ctx, events) => {
  const told = events as readonly Heard<Told>[]
  const about = (isScored: boolean) => [...new Set(told.filter(({ name }) => (name === 'lead.scored') === isScored).map(({ payload }) => payload.leadId))]
  const [others, scored] = [about(false), about(true)]
  if (others.length > 0) await keep(ctx, others)
  if (scored.length > 0) await keepScoredClocks(ctx, scored)
}

export const keepClocks: Handler<Told> = (ctx, event) => keepManyClocks(ctx, [event])
