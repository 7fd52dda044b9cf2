import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, isId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { query } from '../kernel'
import { QueuePage } from './contract'
import { readCursor, writeCursor } from './cursor'
import { tellLeads, type LeadListRow } from './lead-rows'
import { frameOf, type Frame } from './queue-frame'
import type { DueReason, Outcome, QueueReason, QueueTab } from './vocabulary'

/** A lead's place: why it stands there, what an hour of waiting costs, and who is calling it at the moment. */
export type QueueRow = LeadListRow & {
  reason: QueueReason; reasonAt: Date | null; attempt: number; restsUntil: Date | null; lost: { perHour: number; currency: string | null } | null
  calling: { id: Id<'mem'>; name: string; until: Date } | null; outcome: Outcome | null
  labels: { en: string | null; 'zh-CN': string | null } | null
}
export type Queue = { rows: QueueRow[]; nextCursor: string | null }
type Placed = { lead_id: string; at: number; reason: DueReason; reason_at: string | null; attempt: number; rests_until: string | null; per_hour: number; currency: string | null; valued: boolean }

const Cursor = z.tuple([z.number(), z.string().refine((id) => isId('lead', id))])

/**
 * A member's queue (`of`, or one's own). Now: by expected value lost per hour, highest first, then id; what rests is
 * left out until its moment. Later: what rests, soonest first. Done: contacted today by that member, newest first.
 * Reads `queue_items_order` / `queue_items_resting`, then the leads of the page. Refuses: not-allowed, not-found.
 */
export const queuePage = query({
  name: 'lead.queue',
  permission: 'leads:read',
  input: QueuePage,
  async run({ tx, ctx, input }): Promise<Queue> {
    const frame = await frameOf(tx, ctx, input.of)
    const after = readCursor(Cursor, input.cursor)
    const places = await tx.execute<Placed>(placesSql[input.tab](frame, after === null ? null : { at: after[0], id: sql`${toUuid(after[1])}::uuid` }, input.limit + 1))
    const shown = places.slice(0, input.limit)
    const last = shown.at(-1)
    return {
      rows: await rowsOf(tx, frame, input.tab, shown),
      nextCursor: places.length > input.limit && last !== undefined ? writeCursor([last.at, fromUuid('lead', last.lead_id)]) : null,
    }
  },
})

type After = { at: number; id: SQL } | null
const placed = sql`q.lead_id, q.reason, q.reason_at::text, q.attempt, q.rests_until::text, q.value_lost_per_hour as per_hour, q.currency, q.valued_at is not null as valued`
// A moment as a number that JSON keeps to the millisecond.
const millis = (column: SQL) => sql`(extract(epoch from ${column}) * 1000)::float8`

const placesSql: Record<QueueTab, (frame: Frame, after: After, most: number) => SQL> = {
  now: ({ me, now }, after, most) => sql`
    select ${placed}, q.value_lost_per_hour as at from queue_items q
    where q.owner_id = ${me} and (q.rests_until is null or q.rests_until <= ${now})
      ${after === null ? sql`` : sql`and q.value_lost_per_hour <= ${after.at}::float8 and (q.value_lost_per_hour < ${after.at}::float8 or q.lead_id > ${after.id})`}
    order by q.value_lost_per_hour desc nulls last, q.lead_id limit ${most}`,
  later: ({ me, now }, after, most) => sql`
    select ${placed}, ${millis(sql`q.rests_until`)} as at from queue_items q
    where q.owner_id = ${me} and q.rests_until > ${now}
      ${after === null ? sql`` : sql`and (q.rests_until, q.lead_id) > (to_timestamp(${after.at}::float8 / 1000), ${after.id})`}
    order by q.rests_until, q.lead_id limit ${most}`,
  done: (frame, after, most) => sql`
    select l.id as lead_id, ${millis(sql`l.last_contact_at`)} as at, 'open' as reason, null as reason_at, 0 as attempt, null as rests_until, 0 as per_hour, null as currency, false as valued
    from leads l where l.duplicate_of is null
      and l.id = any (array(select coalesce(d.duplicate_of, d.id) from activities a join leads d on d.org_id = a.org_id and d.id = a.lead_id where ${doneToday(frame)}))
      ${after === null ? sql`` : sql`and (-${millis(sql`l.last_contact_at`)}, l.id) > (-${after.at}::float8, ${after.id})`}
    order by l.last_contact_at desc, l.id limit ${most}`,
}

export const doneToday = ({ me, today }: Frame) => sql`a.member_id = ${me} and a.at >= ${today} and a.undone_at is null and a.outcome is not null`

type Said = { outcome: Outcome; en: string | null; zh: string | null }
// What was said of it last today, and how the organisation calls that.
const outcomeToday = (frame: Frame) =>
  sql<Said | null>`(select jsonb_build_object('outcome', a.outcome, 'en', d.label_en, 'zh', d.label_zh) from activities a left join dispositions d on d.org_id = a.org_id and d.id = a.disposition_id where a.org_id = l.org_id and (a.lead_id = l.id or a.lead_id in (select d.id from leads d where d.org_id = l.org_id and d.duplicate_of = l.id)) and ${doneToday(frame)} order by a.at desc, a.id desc limit 1)`

async function rowsOf(tx: Tx, frame: Frame, tab: QueueTab, places: readonly Placed[]): Promise<QueueRow[]> {
  if (places.length === 0) return []
  const ids = sql`${`{${places.map((place) => place.lead_id).join(',')}}`}::uuid[]`
  const told = await tellLeads(tx, places.map((place) => place.lead_id))
  const said = new Map(tab === 'done' ? (await tx.execute<{ id: string; said: Said | null }>(sql`select l.id, ${outcomeToday(frame)} as said from leads l where l.id = any (${ids})`)).map((row) => [row.id, row.said]) : [])
  const calls = await tx.execute<{ lead_id: string; member_id: string; name: string; until: string }>(sql`
    select c.lead_id, c.member_id, m.name, c.until::text from lead_calls c join members m on m.org_id = c.org_id and m.id = c.member_id
    where c.lead_id = any (${ids}) and c.until > ${frame.now}`)
  const calling = new Map(calls.map((call) => [call.lead_id, { id: fromUuid('mem', call.member_id), name: call.name, until: new Date(call.until) }]))
  return places.flatMap((place) => {
    const row = told.get(place.lead_id)
    return row === undefined ? [] : [{ ...row, ...saidOf(said.get(place.lead_id) ?? null), ...placeOf(place, tab), calling: calling.get(place.lead_id) ?? null }]
  })
}

const saidOf = (said: Said | null): Pick<QueueRow, 'outcome' | 'labels'> =>
  said === null ? { outcome: null, labels: null } : { outcome: said.outcome, labels: said.en === null && said.zh === null ? null : { en: said.en, 'zh-CN': said.zh } }
const moment = (text: string | null): Date | null => (text === null ? null : new Date(text))
const placeOf = (place: Placed, tab: QueueTab) => ({
  reason: tab === 'now' ? place.reason : tab, reasonAt: moment(place.reason_at), attempt: place.attempt, restsUntil: moment(place.rests_until),
  lost: place.valued ? { perHour: place.per_hour, currency: place.currency } : null,
})
