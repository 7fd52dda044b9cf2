import * as z from 'zod'
import { archiveTemplate } from '~/domain/outreach'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'outreach:write', form: z.object({ isArchived: z.enum(['true', 'false']) }) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, '/settings/mail', await archiveTemplate(ctx, { templateId: params['templateId'] as never, ...input })))
