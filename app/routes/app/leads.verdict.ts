import * as z from 'zod'
import { giveVerdict } from '~/domain/leads'
import { junkReasons, verdicts } from '~/domain/leads/vocabulary'
import { submit } from '~/http'
import { leadOf } from './leads.named'

const Said = z.object({ verdict: z.enum(verdicts), reason: z.enum(junkReasons).optional(), version: z.coerce.number().int().optional() })

export const action = submit({ permission: 'leads:write', form: Said }, ({ ctx, input, params, request }) =>
  giveVerdict(ctx, { leadId: leadOf(params, request), ...input }),
)
