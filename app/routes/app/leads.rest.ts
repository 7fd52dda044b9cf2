import { offlineAnswer } from '~/ui/leads/offline-answer'
import * as z from 'zod'
import { snoozeLead } from '~/domain/leads'
import { submit } from '~/http'
import { leadOf } from './leads.named'
import { parseDateTime } from '~/lib/dates'

/** `until` is a moment, or a time of the organisation; empty wakes the lead. */
export const action = submit({ permission: 'leads:write', form: z.object({ until: z.string().optional() }) }, ({ ctx, viewer, input, params, request }) => {
  const at = input.until === undefined || input.until === '' ? null : parseDateTime(input.until, { timeZone: viewer.org.timeZone })
  return snoozeLead(ctx, { leadId: leadOf(params, request), until: at === null ? null : at.ok ? at.at : new Date(Number.NaN) })
})

export const clientAction = offlineAnswer
