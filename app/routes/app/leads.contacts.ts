import { offlineAnswer } from '~/ui/leads/offline-answer'
import * as z from 'zod'
import { DomainError } from '~/domain/kernel'
import { logContact } from '~/domain/leads'
import { contactDetails, contactKinds, directions, outcomes } from '~/domain/leads/vocabulary'
import { submit } from '~/http'
import { plainly } from './leads.plain'
import { leadOf, momentSaid } from './leads.named'

const LoggedContact = z.object({
  kind: z.enum(contactKinds), outcome: z.string(), note: z.string().optional(), nextStep: z.string().optional(), personId: z.string().optional(),
  /** of a disposition; `outcome` is its base then, or its id where a plain form offers one list */
  disposition: z.string().optional(), direction: z.enum(directions).optional(), detail: z.enum(contactDetails).optional(),
  /** `mm:ss`, or minutes */
  duration: z.string().regex(/^(?:\d{1,4}|\d{1,4}:[0-5]\d)?$/).optional(),
})

const secondsOf = (text = ''): number | undefined => {
  const [minutes = '', seconds = '0'] = text.split(':')
  return minutes === '' ? undefined : Number(minutes) * 60 + Number(seconds)
}

/**
 * `nextStep` is a moment, or a time of the organisation as the browser's own picker writes it; empty is none, `hour`
 * in an hour, `usual` what the outcome proposes.
 */
export const action = plainly(submit({ permission: 'leads:write', form: LoggedContact }, ({ ctx, viewer, input, params, request }) => {
  const { nextStep, personId, disposition = '', outcome, duration, ...said } = input
  const named = outcome.startsWith('dsp_') ? outcome : disposition
  const dispositionId = named === '' ? undefined : named
  const base = outcomes.find((known) => known === outcome) ?? 'connected'
  if (dispositionId === undefined && base !== outcome) throw new DomainError('invalid', { fields: { outcome: ['choice'] } })
  const nextStepAt = nextStep === 'usual' ? undefined : momentSaid(nextStep, ctx.now, viewer.org.timeZone)
  return logContact(ctx, { ...said, outcome: base, dispositionId: dispositionId as never, duration: secondsOf(duration), leadId: leadOf(params, request), ...(nextStepAt === undefined ? {} : { nextStepAt }), personId: personId as never })
}))

export const clientAction = offlineAnswer
