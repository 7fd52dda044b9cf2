import * as z from 'zod'
import { adoptTemplates } from '~/domain/outreach'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'outreach:write', form: z.object({}) }, async ({ ctx, request }) => doneOrBack(request, '/settings/mail', await adoptTemplates(ctx, {})))
