import * as z from 'zod'
import { placeDisposition } from '~/domain/leads'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'settings:write', form: z.object({ direction: z.enum(['up', 'down']) }) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, '/settings/outcomes', await placeDisposition(ctx, { dispositionId: params['dispositionId'] as never, ...input })))
