import { revalueQueue } from '~/domain/leads'
import type { BatchHandler, Handler, Heard } from '~jobs/handler'

type AboutLead = 'sla.warned' | 'sla.breached' | 'lead.captured' | 'lead.stage-moved' | 'lead.owner-changed' | 'lead.verdict-given' | 'lead.contact-logged' | 'lead.changed' | 'lead.scored'

const unmarked: ReadonlySet<string> = new Set(['lead.captured', 'lead.scored', 'sla.warned', 'sla.breached'])

/** Values leads that something has happened to; twice changes nothing. An inquiry that joins a lead, a score and a clock leave no mark on it, any other change does. */
export const revalueMany: BatchHandler<AboutLead> = async (ctx, events) => {
  const about = (wanted: boolean) => [...new Set((events as readonly Heard<AboutLead>[]).filter(({ name }) => unmarked.has(name) === wanted).map(({ payload }) => payload.leadId))]
  await revalueQueue(ctx, { leadIds: about(true) })
  await revalueQueue(ctx, { leadIds: about(false), onlyMarked: true })
}

export const revalueOne: Handler<AboutLead> = (ctx, event) => revalueMany(ctx, [event])
