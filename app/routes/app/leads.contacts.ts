import { offlineAnswer } from '~/ui/leads/offline-answer'
import * as z from 'zod'
import { logContact } from '~/domain/leads'
import { contactKinds, outcomes } from '~/domain/leads/vocabulary'
import { submit } from '~/http'
import { leadOf } from './leads.named'
import { plainly } from './leads.plain'
import { parseDateTime } from '~/lib/dates'

const LoggedContact = z.object({ kind: z.enum(contactKinds), outcome: z.enum(outcomes), note: z.string().optional(), nextStep: z.string().optional(), personId: z.string().optional() })

/** `nextStep` is a moment, or a time of the organisation as the browser's own picker writes it; empty is none. */
export const action = plainly(submit({ permission: 'leads:write', form: LoggedContact }, ({ ctx, viewer, input, params, request }) => {
  const { nextStep, personId, ...said } = input
  const at = nextStep === undefined || nextStep === '' ? null : parseDateTime(nextStep, { timeZone: viewer.org.timeZone })
  const nextStepAt = at === null ? null : at.ok ? at.at : new Date(Number.NaN)
  return logContact(ctx, { ...said, leadId: leadOf(params, request), nextStepAt, personId: personId as never })
}))

export const clientAction = offlineAnswer
