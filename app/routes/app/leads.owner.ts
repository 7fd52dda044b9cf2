import * as z from 'zod'
import { changeOwnership } from '~/domain/leads'
import { ownerReasons } from '~/domain/leads/vocabulary'
import { submit } from '~/http'

const Handover = z.object({ to: z.string().optional(), reason: z.enum(ownerReasons).optional(), version: z.coerce.number().int().optional() })

/** Nobody chosen returns the lead. */
export const action = submit({ permission: 'leads:assign', form: Handover }, ({ ctx, input, params }) =>
  changeOwnership(ctx, { leadId: params['leadId'] as never, to: (input.to ?? null) as never, reason: input.reason, version: input.version }),
)
