import * as z from 'zod'
import { separateInterest } from '~/domain/leads'
import { submit } from '~/http'

export const action = submit({ permission: 'leads:write', form: z.object({ productLineId: z.string().optional() }) }, ({ ctx, input, params }) =>
  separateInterest(ctx, { leadId: params['leadId'] as never, productLineId: input.productLineId as never }),
)
