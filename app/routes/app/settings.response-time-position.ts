import * as z from 'zod'
import { orderPolicy } from '~/domain/sla'
import { redirectTo, submit } from '~/http'

/** A policy's place among the others. */
export const action = submit({ permission: 'settings:write', form: z.object({ direction: z.enum(['up', 'down']) }) }, async ({ ctx, input, params }) => {
  await orderPolicy(ctx, { policyId: params['policyId'] as never, direction: input.direction })
  return redirectTo('/settings/response-times')
})
