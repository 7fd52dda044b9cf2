import * as z from 'zod'
import { archivePolicy } from '~/domain/sla'
import { redirectTo, submit } from '~/http'

/** A promise that ends. */
export const action = submit({ permission: 'settings:write', form: z.object({}) }, async ({ ctx, params }) => {
  await archivePolicy(ctx, { policyId: params['policyId'] as never })
  return redirectTo('/settings/response-times')
})
