import type { Id } from '~/lib/ids'
import { addDays, localDate } from '~/lib/period'
import { command, DomainError } from '../kernel'
import { changeTask, momentOfRule } from '../leads'
import { MoveTask, OneTask } from './contract'
import { dueOf } from './create-task'
import { lockedVisibleTask } from './visible-tasks'

type Settled = { taskId: Id<'tsk'>; doneAt: Date | null; dueAt: Date }
const stillOpen = ({ id, dueAt }: { id: Id<'tsk'>; dueAt: Date }): Settled => ({ taskId: id, doneAt: null, dueAt })

/** Ticks a task off. Twice changes nothing. Refuses: not-found, conflict (it was cancelled). */
export const completeTask = command({
  name: 'task.complete',
  permission: 'leads:write',
  input: OneTask,
  async run({ ctx, input, audit }): Promise<Settled> {
    const task = await lockedVisibleTask(ctx, input.taskId)
    if (task.doneAt !== null) return { taskId: task.id, doneAt: task.doneAt, dueAt: task.dueAt }
    if (task.cancelledAt !== null) throw new DomainError('conflict')
    await changeTask(ctx, task, { doneAt: ctx.now })
    await audit(task.id, { before: { status: 'open' }, after: { status: 'done' } })
    return { taskId: task.id, doneAt: ctx.now, dueAt: task.dueAt }
  },
})

/** Opens a task again that was ticked off or cancelled. Twice changes nothing. Refuses: not-found. */
export const reopenTask = command({
  name: 'task.reopen',
  permission: 'leads:write',
  input: OneTask,
  async run({ ctx, input, audit }): Promise<Settled> {
    const task = await lockedVisibleTask(ctx, input.taskId)
    if (task.doneAt === null && task.cancelledAt === null) return stillOpen(task)
    await changeTask(ctx, task, { doneAt: null, cancelledAt: null, closedBy: null })
    await audit(task.id, { before: { status: task.doneAt === null ? 'cancelled' : 'done' }, after: { status: 'open' } })
    return stillOpen(task)
  },
})

/** Cancels an open task; it stays in the calendar as cancelled for 30 days. Twice changes nothing. Refuses: not-found, conflict (it is done). */
export const cancelTask = command({
  name: 'task.cancel',
  permission: 'leads:write',
  input: OneTask,
  async run({ ctx, input, audit }): Promise<Settled> {
    const task = await lockedVisibleTask(ctx, input.taskId)
    if (task.cancelledAt === null && task.doneAt !== null) throw new DomainError('conflict')
    if (task.cancelledAt === null) {
      await changeTask(ctx, task, { cancelledAt: ctx.now })
      await audit(task.id, { before: { status: 'open' }, after: { status: 'cancelled' } })
    }
    return stillOpen(task)
  },
})

/** Moves an open task to another time: a moment, a time on its own clock, or by a rule from now. Refuses: not-found, conflict (not open), invalid. */
export const moveTask = command({
  name: 'task.move',
  permission: 'leads:write',
  input: MoveTask,
  async run({ ctx, input, audit }): Promise<Settled> {
    const task = await lockedVisibleTask(ctx, input.taskId)
    if (task.doneAt !== null || task.cancelledAt !== null) throw new DomainError('conflict')
    const dueAt = input.rule === undefined ? dueOf(input, task.timeZone) : byRule(input.rule, ctx.now, task.timeZone)
    if (dueAt.getTime() === task.dueAt.getTime()) return stillOpen(task)
    await changeTask(ctx, task, { dueAt })
    await audit(task.id, { before: { nextStepAt: task.dueAt }, after: { nextStepAt: dueAt } })
    return stillOpen({ ...task, dueAt })
  },
})

function byRule(rule: 'hour' | 'tomorrow' | 'days3' | 'days7', now: Date, timeZone: string): Date {
  if (rule !== 'days7') return momentOfRule(rule, now, timeZone) ?? now
  return dueOf({ due: `${addDays(localDate(now, timeZone), 7)}T09:00` }, timeZone)
}
