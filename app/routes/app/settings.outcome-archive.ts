import * as z from 'zod'
import { archiveDisposition } from '~/domain/leads'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'settings:write', form: z.object({ isArchived: z.enum(['true', 'false']) }) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, '/settings/outcomes', await archiveDisposition(ctx, { dispositionId: params['dispositionId'] as never, ...input })))
