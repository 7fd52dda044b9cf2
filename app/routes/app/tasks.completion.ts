import * as z from 'zod'
import { completeTask } from '~/domain/tasks'
import { doneOrBack, submit } from '~/http'

export const action = submit({ permission: 'leads:write', form: z.object({}) }, async ({ ctx, params, request }) => doneOrBack(request, '/tasks', await completeTask(ctx, { taskId: params['taskId'] as never })))
