import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { database } from '~db/client.server'
import { inTransaction, systemContext } from '../kernel'
import type { TaskKind } from '../leads/vocabulary'
import { tell } from './tell'

// After an outage longer than this a task is told by the queue and the list of tasks only.
const LOOK_BACK = '2 hours'
const MOST = 500

/** In every organisation: tells of tasks and callbacks that came due, each once for its time. Reads `tasks_due`. */
export async function tellDueTasks(now: Date): Promise<void> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  for (const { org_id: org } of orgs) await tellDueIn(fromUuid('org', org), now)
}

type Due = { id: string; lead_id: string | null; kind: TaskKind; assignee_id: string; due_at: string }

/** The same in one organisation. Answers how many notices were written. */
export function tellDueIn(orgId: Id<'org'>, now: Date): Promise<number> {
  const ctx = systemContext(orgId, 'tell-due-tasks', now)
  return inTransaction(ctx, 'read write', async (tx) => {
    const due = await tx.execute<Due>(sql`
      select t.id, t.lead_id, t.kind, t.assignee_id, t.due_at from tasks t
      where t.org_id = ${toUuid(orgId)}::uuid and t.done_at is null and t.cancelled_at is null and t.assignee_id is not null
        and t.due_at <= ${now.toISOString()}::timestamptz and t.due_at > ${now.toISOString()}::timestamptz - ${LOOK_BACK}::interval
      order by t.due_at limit ${MOST}`)
    return tell({ ...ctx, tx }, due.map((task) => {
      const taskId = fromUuid('tsk', task.id)
      return {
        memberId: fromUuid('mem', task.assignee_id), kind: task.kind === 'callback' ? 'callback_due' as const : 'task_due' as const, key: `${taskId} ${new Date(task.due_at).toISOString()}`,
        subject: taskId, params: {},
      }
    }))
  })
}
