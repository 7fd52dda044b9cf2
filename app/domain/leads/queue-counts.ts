import { sql } from 'drizzle-orm'
import { query } from '../kernel'
import { QueueOf } from './contract'
import { frameOf } from './queue-frame'
import { doneToday } from './queue-page'

export type QueueCounts = { now: number; later: number; done: number; fresh: number; overdue: number; near: number }

/**
 * How many leads each tab of a member's queue has; `fresh` nobody has answered, `overdue` have a callback that is due,
 * `near` an SLA about to be broken or broken. Reads `queue_items_order` of one owner and `activities_member` of today.
 */
export const queueCounts = query({
  name: 'lead.queue-counts',
  permission: 'leads:read',
  input: QueueOf,
  async run({ tx, ctx, input }): Promise<QueueCounts> {
    const frame = await frameOf(tx, ctx, input.of)
    const [row] = await tx.execute<QueueCounts>(sql`
      select count(*) filter (where ready)::int as now, count(*) filter (where not ready)::int as later,
        count(*) filter (where ready and reason = 'fresh')::int as fresh, count(*) filter (where ready and reason = 'callback')::int as overdue,
        count(*) filter (where ready and reason in ('sla_due', 'sla_breached'))::int as near,
        (select count(distinct coalesce(l.duplicate_of, l.id)) from activities a join leads l on l.org_id = a.org_id and l.id = a.lead_id where ${doneToday(frame)})::int as done
      from (select q.reason, q.rests_until is null or q.rests_until <= ${frame.now} as ready from queue_items q where q.owner_id = ${frame.me}) places`)
    return row ?? { now: 0, later: 0, done: 0, fresh: 0, overdue: 0, near: 0 }
  },
})
