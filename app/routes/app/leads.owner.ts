import * as z from 'zod'
import { changeOwnership } from '~/domain/leads'
import { ownerReasons } from '~/domain/leads/vocabulary'
import { submit } from '~/http'
import { leadOf } from './leads.named'

const Handover = z.object({ to: z.string().optional(), reason: z.enum(ownerReasons).optional(), version: z.coerce.number().int().optional() })

/** Nobody chosen returns the lead. */
export const action = submit({ permission: 'leads:assign', form: Handover }, ({ ctx, input, params, request }) =>
  changeOwnership(ctx, { leadId: leadOf(params, request), to: (input.to ?? null) as never, reason: input.reason, version: input.version }),
)
