import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { database, type Tx } from '~db/client.server'
import type { EventName, Events } from './events'

/** An event on its way to the queue. `seq` is its place in the outbox, as digits. */
export type RelayedEvent = { orgId: Id<'org'>; id: Id<'evt'>; seq: string; name: EventName; payload: Events[EventName]; requestId: string | null }
type Row = { org_id: string; id: string; seq: string; name: EventName; payload: Events[EventName]; request_id: string | null }

/** What sending came to: events nobody reacts to, and the messages for open pages (each ≤ 7,900 bytes). */
export type Sent = { settled: readonly Id<'evt'>[]; live: readonly string[] }

const eventOf = (row: Row): RelayedEvent => ({
  orgId: fromUuid('org', row.org_id), id: fromUuid('evt', row.id), seq: String(row.seq), name: row.name, payload: row.payload, requestId: row.request_id,
})

/**
 * Takes up to `most` events nobody has relayed, hands them to `send`, and marks them in the same transaction:
 * when `send` fails or the process dies, they stay. Two relays never take the same rows. Answers how many.
 */
export async function claimEvents(most: number, now: Date, send: (events: RelayedEvent[]) => Promise<Sent>): Promise<number> {
  return database('worker').transaction(async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select org_id, id, seq::text, name, payload, request_id from outbox where relayed_at is null
      order by seq limit ${most} for update skip locked`)
    if (rows.length === 0) return 0
    const { settled, live } = await send(rows.map(eventOf))
    await markRelayed(tx, rows, new Set(settled.map(toUuid)), now)
    // At commit, and only then, the open pages hear of it.
    for (const message of live) await tx.execute(sql`select pg_notify('clew_live', ${message})`)
    return rows.length
  })
}

async function markRelayed(tx: Tx, rows: readonly Row[], settled: ReadonlySet<string>, now: Date): Promise<void> {
  const marks = rows.map(({ org_id, id }) => ({ org_id, id, settled: settled.has(id) }))
  await tx.execute(sql`
    update outbox o set relayed_at = ${now.toISOString()}::timestamptz,
      settled_at = case when r.settled then ${now.toISOString()}::timestamptz else o.settled_at end
    from json_to_recordset(${JSON.stringify(marks)}::json) as r(org_id uuid, id uuid, settled boolean)
    where o.org_id = r.org_id and o.id = r.id`)
}

/** Events relayed before `before` whose handlers have not all answered: what a lost queue still owes. */
export async function unsettledEvents(before: Date, most: number): Promise<RelayedEvent[]> {
  const rows = await database('worker').execute<Row>(sql`
    select org_id, id, seq::text, name, payload, request_id from outbox
    where settled_at is null and relayed_at < ${before.toISOString()}::timestamptz order by relayed_at limit ${most}`)
  return rows.map(eventOf)
}

/** Lets everything that was relayed and is not settled be relayed again, because the queue it went to is gone. Answers how many. */
export async function relayAgain(): Promise<number> {
  const owed = await database('worker').execute(sql`update outbox set relayed_at = null where settled_at is null and relayed_at is not null returning 1`)
  return owed.length
}

/** Events waiting for the relay and the age of the oldest in seconds; and those relayed but not settled. */
export async function outboxState(now: Date): Promise<{ waiting: number; oldestSeconds: number; unsettled: number }> {
  const [row] = await database('worker').execute<{ waiting: number; oldest: string | null; unsettled: number }>(sql`
    select (select count(*)::int from outbox where relayed_at is null) as waiting,
      (select created_at from outbox where relayed_at is null order by seq limit 1) as oldest,
      (select count(*)::int from outbox where settled_at is null and relayed_at is not null) as unsettled`)
  const age = row?.oldest ? (now.getTime() - new Date(row.oldest).getTime()) / 1000 : 0
  return { waiting: row?.waiting ?? 0, oldestSeconds: Math.max(0, age), unsettled: row?.unsettled ?? 0 }
}

/** What a handler answered to an event: done, dead (given up), or null while it has not. */
export async function receiptOf(orgId: Id<'org'>, eventId: Id<'evt'>, handler: string): Promise<'done' | 'dead' | null> {
  const [row] = await database('worker').execute<{ state: 'done' | 'dead' }>(sql`
    select state from outbox_receipts where org_id = ${toUuid(orgId)} and event_id = ${toUuid(eventId)} and handler = ${handler}`)
  return row?.state ?? null
}

/** Whether a handler has finished or given up an event. */
export async function wasHandled(orgId: Id<'org'>, eventId: Id<'evt'>, handler: string): Promise<boolean> {
  return (await receiptOf(orgId, eventId, handler)) !== null
}

type Handled = { orgId: Id<'org'>; eventId: Id<'evt'>; handler: string; state: 'done' | 'dead'; attempts: number; reason?: string; now: Date; of: number }

/** Notes what handlers finished or gave up; what is done stays done. An event is settled when all `of` its handlers have answered. */
export async function markHandled(answers: readonly Handled[]): Promise<void> {
  const rows = JSON.stringify(answers.map(({ orgId, eventId, handler, state, attempts, reason, now, of }) => ({
    org_id: toUuid(orgId), event_id: toUuid(eventId), handler, state, attempts, reason: reason ?? null, at: now.toISOString(), of,
  })))
  await database('worker').execute(sql`
    insert into outbox_receipts (org_id, event_id, handler, state, attempts, reason, at)
    select org_id, event_id, handler, state, attempts, reason, at
    from json_to_recordset(${rows}::json) as r(org_id uuid, event_id uuid, handler text, state text, attempts integer, reason text, at timestamptz)
    on conflict (org_id, event_id, handler) do update set state = excluded.state, attempts = excluded.attempts, reason = excluded.reason, at = excluded.at
    where outbox_receipts.state <> 'done'`)
  await settle(rows)
}

// A statement of its own: two handlers that end together must see each other.
async function settle(rows: string): Promise<void> {
  await database('worker').execute(sql`
    update outbox o set settled_at = r.at
    from json_to_recordset(${rows}::json) as r(org_id uuid, event_id uuid, at timestamptz, of integer)
    where o.org_id = r.org_id and o.id = r.event_id and o.settled_at is null
      and (select count(*) from outbox_receipts x where x.org_id = o.org_id and x.event_id = o.id) >= r.of`)
}

/** Settles an event when `of` handlers have answered it. */
export async function settleEvent(orgId: Id<'org'>, eventId: Id<'evt'>, of: number, now: Date): Promise<void> {
  await settle(JSON.stringify([{ org_id: toUuid(orgId), event_id: toUuid(eventId), at: now.toISOString(), of }]))
}

/** Those of some events that a handler has finished. */
export async function handledOf(orgId: Id<'org'>, eventIds: readonly Id<'evt'>[], handler: string): Promise<Set<Id<'evt'>>> {
  const rows = await database('worker').execute<{ event_id: string }>(sql`
    select event_id from outbox_receipts where org_id = ${toUuid(orgId)} and handler = ${handler} and state = 'done'
      and event_id = any (array(select json_array_elements_text(${JSON.stringify(eventIds.map(toUuid))}::json)::uuid))`)
  return new Set(rows.map((row) => fromUuid('evt', row.event_id)))
}

const KEPT_DAYS = 30

/** Forgets events settled more than 30 days ago, with their receipts; the audit log keeps what happened. Answers how many. */
export async function forgetSettledEvents(now: Date): Promise<number> {
  const before = sql`${now.toISOString()}::timestamptz - make_interval(days => ${KEPT_DAYS})`
  return database('worker').transaction(async (tx) => {
    await tx.execute(sql`
      delete from outbox_receipts r using outbox o where o.org_id = r.org_id and o.id = r.event_id and o.settled_at < ${before}`)
    const gone = await tx.execute(sql`delete from outbox where settled_at < ${before} returning 1`)
    return gone.length
  })
}
