import * as z from 'zod'
import { adoptDispositions } from '~/domain/leads'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'settings:write', form: z.object({}) }, async ({ ctx, request }) => doneOrBack(request, '/settings/outcomes', await adoptDispositions(ctx, {})))
