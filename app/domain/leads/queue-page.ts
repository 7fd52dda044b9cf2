import { and, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import { toUuid, isId, type Id } from '~/lib/ids'
import { dayStart, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { DomainError, memberOf, query, type Context } from '../kernel'
import { Nothing, QueuePage } from './contract'
import { readCursor, writeCursor } from './cursor'
import { leadColumns, leadRow, leadTables, type LeadListRow } from './lead-rows'
import { timeZoneOf } from './list-leads'
import type { Outcome, QueueReason, QueueTab } from './vocabulary'

/** A lead in the queue: why it stands there, and for done ones what was the outcome today. */
export type QueueRow = LeadListRow & { reason: QueueReason; outcome: Outcome | null }
export type Queue = { rows: QueueRow[]; nextCursor: string | null }
export type QueueCounts = { now: number; later: number; done: number; fresh: number; overdue: number }

const Cursor = z.tuple([z.number(), z.number(), z.string().refine((id) => isId('lead', id))])

/**
 * A rep's own open valid leads. Now: callbacks due, longest overdue first; then those nobody has answered, newest
 * first; then the rest. Later: resting or dated ahead. Done: contacted today by this member. Reads `leads_owner`.
 */
export const queuePage = query({
  name: 'lead.queue',
  permission: 'leads:read',
  input: QueuePage,
  async run({ tx, ctx, input }): Promise<Queue> {
    const at = await frameOf(tx, ctx)
    const after = readCursor(Cursor, input.cursor)
    const { rank, order } = places(at, input.tab)
    const where = and(
      tabs[input.tab](at),
      after === null ? undefined : sql`(${rank}, ${order}, l.id) > (${after[0]}::int, ${after[1]}::float8, ${toUuid(after[2])}::uuid)`,
    )
    const rows = await tx.select({ ...leadColumns, rank: sql<number>`${rank}`, place: sql<number>`${order}`, outcome: outcomeToday(at) })
      .from(leadTables).where(where).orderBy(rank, order, sql`l.id`).limit(input.limit + 1)
    const shown = rows.slice(0, input.limit)
    const last = shown.at(-1)
    return {
      rows: shown.map(({ rank, place: _place, outcome, ...row }) => ({ ...leadRow(row as never), outcome, reason: reasonOf(input.tab, rank) })),
      nextCursor: rows.length > input.limit && last !== undefined ? writeCursor([last.rank, last.place, last.id]) : null,
    }
  },
})

/** How many leads each tab of the queue has; `fresh` have no first response, `overdue` a callback that is due. */
export const queueCounts = query({
  name: 'lead.queue-counts',
  permission: 'leads:read',
  input: Nothing,
  async run({ tx, ctx }): Promise<QueueCounts> {
    const at = await frameOf(tx, ctx)
    const [row] = await tx.execute<QueueCounts>(sql`
      select count(*) filter (where ${tabs.now(at)})::int as now, count(*) filter (where ${tabs.later(at)})::int as later,
        count(*) filter (where ${tabs.now(at)} and l.first_response_at is null)::int as fresh,
        count(*) filter (where ${tabs.now(at)} and l.next_step_at <= ${at.now})::int as overdue,
        (select count(distinct coalesce(l.duplicate_of, l.id)) from activities a join leads l on l.org_id = a.org_id and l.id = a.lead_id where ${doneToday(at)})::int as done
      from leads l where l.owner_id = ${at.me} and l.is_open`)
    return row ?? { now: 0, later: 0, done: 0, fresh: 0, overdue: 0 }
  },
})

type Frame = { me: SQL; now: SQL; today: SQL }

async function frameOf(tx: Tx, ctx: Context): Promise<Frame> {
  const member: Id<'mem'> | null = memberOf(ctx.actor)
  if (member === null) throw new DomainError('not-allowed')
  const timeZone = await timeZoneOf(tx)
  const today = dayStart(localDate(ctx.now, timeZone), timeZone)
  return { me: sql`${toUuid(member)}::uuid`, now: sql`${ctx.now.toISOString()}::timestamptz`, today: sql`${today.toISOString()}::timestamptz` }
}

const mine = ({ me }: Frame) => sql`l.owner_id = ${me} and l.is_open and l.verdict = 'valid'`
const resting = ({ now }: Frame) => sql`(l.snoozed_until > ${now} or l.next_step_at > ${now})`
const doneToday = ({ me, today }: Frame) => sql`a.member_id = ${me} and a.at >= ${today} and a.undone_at is null and a.outcome is not null`

/** A lead contacted today without a next step has had its turn: it comes back tomorrow. */
const tabs: Record<QueueTab, (at: Frame) => SQL> = {
  now: (at) => sql`(${mine(at)} and not coalesce(${resting(at)}, false)
    and (l.next_step_at is not null or l.last_contact_at is null or l.last_contact_at < ${at.today}))`,
  later: (at) => sql`(${mine(at)} and ${resting(at)})`,
  done: (at) => sql`(l.duplicate_of is null and l.id = any (array(select coalesce(d.duplicate_of, d.id) from activities a join leads d on d.org_id = a.org_id and d.id = a.lead_id where ${doneToday(at)})))`,
}

const outcomeToday = (at: Frame) =>
  sql<Outcome | null>`(select a.outcome from activities a where a.org_id = l.org_id and (a.lead_id = l.id or a.lead_id in (select d.id from leads d where d.org_id = l.org_id and d.duplicate_of = l.id)) and ${doneToday(at)} order by a.at desc, a.id desc limit 1)`

const newestFirst = sql`-extract(epoch from l.came_in_at)::float8`

function places({ now }: Frame, tab: QueueTab): { rank: SQL; order: SQL } {
  if (tab === 'later') return { rank: sql`0::int`, order: sql`extract(epoch from greatest(l.snoozed_until, l.next_step_at))::float8` }
  if (tab === 'done') return { rank: sql`0::int`, order: sql`-extract(epoch from l.last_contact_at)::float8` }
  const rank = sql`case when l.next_step_at <= ${now} then 0 when l.first_response_at is null then 1 else 2 end`
  return { rank, order: sql`case when l.next_step_at <= ${now} then extract(epoch from l.next_step_at)::float8 else ${newestFirst} end` }
}

const reasons: readonly QueueReason[] = ['callback', 'fresh', 'open']
const reasonOf = (tab: QueueTab, rank: number): QueueReason => (tab === 'now' ? (reasons[rank] ?? 'open') : tab)
