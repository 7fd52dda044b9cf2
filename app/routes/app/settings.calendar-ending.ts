import * as z from 'zod'
import { revokeFeed } from '~/domain/tasks'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'leads:read', form: z.object({}) }, async ({ ctx, request }) => doneOrBack(request, '/settings/calendar', await revokeFeed(ctx, {})))
