import { moveTask } from '~/domain/tasks'
import { MoveTask } from '~/domain/tasks/contract'
import { doneOrBack, submit } from '~/http'

/** Another time for a task: by a rule from now, or a time on its own clock. */
export const action = submit({ permission: 'leads:write', form: MoveTask.omit({ taskId: true }) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, '/tasks', await moveTask(ctx, { ...input, taskId: params['taskId'] as never })))
