import * as z from 'zod'
import { cancelTask } from '~/domain/tasks'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'leads:write', form: z.object({}) }, async ({ ctx, params, request }) => doneOrBack(request, '/tasks', await cancelTask(ctx, { taskId: params['taskId'] as never })))
