import { returnLead } from '~/domain/leads'
import { ReturnLead } from '~/domain/leads/contract'
import { submit } from '~/http'
import { offlineAnswer } from '~/ui/leads/offline-answer'
import { leadOf } from './leads.named'

/** One's own lead goes back into the pool, from the queue: the answer goes to the page, which moves on. */
export const action = submit({ permission: 'leads:claim', form: ReturnLead.omit({ leadId: true }) }, ({ ctx, input, params, request }) =>
  returnLead(ctx, { leadId: leadOf(params, request), ...input }),
)

export const clientAction = offlineAnswer
