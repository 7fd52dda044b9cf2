import * as z from 'zod'
import { idOf, line, moment } from '../kernel/contract'
import { handKinds, snoozeRules, taskViews } from './vocabulary'

const localTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/, 'not-a-moment')
const empty = z.literal('').transform(() => undefined)

/** `due` is a time on the clock of the lead's person where that is known, else of the organisation; `dueAt` a moment. */
export const CreateTask = z.object({
  leadId: z.union([empty, idOf('lead')]).optional(),
  kind: z.enum(handKinds).default('other'),
  title: line(200).default(''),
  due: z.union([empty, localTime]).optional(),
  dueAt: moment.optional(),
  assigneeId: z.union([empty, idOf('mem')]).optional(),
})
export const OneTask = z.object({ taskId: idOf('tsk') })
/** To a moment, to a time on the task's own clock, or by a rule from now. */
export const MoveTask = OneTask.extend({ due: z.union([empty, localTime]).optional(), dueAt: moment.optional(), rule: z.enum(snoozeRules).optional() })
export const TasksPage = z.object({ whose: z.enum(taskViews).default('mine') })
export const LeadTasks = z.object({ leadId: idOf('lead') })
export const FollowOwner = z.object({ leadId: idOf('lead'), from: idOf('mem').nullable(), to: idOf('mem').nullable() })
