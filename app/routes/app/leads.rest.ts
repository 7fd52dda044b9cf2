import { offlineAnswer } from '~/ui/leads/offline-answer'
import * as z from 'zod'
import { snoozeLead } from '~/domain/leads'
import { submit } from '~/http'
import { leadOf, momentSaid } from './leads.named'

/** `until` is a moment, a time of the organisation, or `hour`; empty wakes the lead. */
export const action = submit({ permission: 'leads:write', form: z.object({ until: z.string().optional() }) }, ({ ctx, viewer, input, params, request }) =>
  snoozeLead(ctx, { leadId: leadOf(params, request), until: momentSaid(input.until, ctx.now, viewer.org.timeZone) }),
)

export const clientAction = offlineAnswer
