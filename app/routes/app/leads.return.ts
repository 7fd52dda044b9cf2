import * as z from 'zod'
import { returnLead } from '~/domain/leads'
import { givingBackReasons } from '~/domain/leads/vocabulary'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

const Return = z.object({ reason: z.enum(givingBackReasons), note: z.string().max(1000).optional(), version: z.coerce.number().int().optional() })

/** One's own lead goes back into the pool; whoever no longer sees it lands there, too. */
export const action = submit({ permission: 'leads:claim', form: Return }, ({ ctx, input, params }) =>
  backTo('/pool', () => returnLead(ctx, { leadId: params['leadId'] as Id<'lead'>, ...input })),
)
