import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { database, type Tx } from '~db/client.server'
import type { EventName, Events } from './events'

/** An event on its way to the queue. */
export type RelayedEvent = { orgId: Id<'org'>; id: Id<'evt'>; name: EventName; payload: Events[EventName]; requestId: string | null }
type Row = { org_id: string; id: string; name: EventName; payload: Events[EventName]; request_id: string | null }

const eventOf = (row: Row): RelayedEvent => ({
  orgId: fromUuid('org', row.org_id), id: fromUuid('evt', row.id), name: row.name, payload: row.payload, requestId: row.request_id,
})

/**
 * Takes up to `most` events nobody has relayed, hands them to `send`, and marks them in the same transaction:
 * when `send` fails or the process dies, they stay. Two relays never take the same rows. Answers how many.
 */
export async function claimEvents(most: number, now: Date, send: (events: RelayedEvent[]) => Promise<void>): Promise<number> {
  return database('worker').transaction(async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select org_id, id, name, payload, request_id from outbox where relayed_at is null
      order by seq limit ${most} for update skip locked`)
    if (rows.length === 0) return 0
    await send(rows.map(eventOf))
    await markRelayed(tx, rows, now)
    return rows.length
  })
}

async function markRelayed(tx: Tx, rows: readonly { org_id: string; id: string }[], now: Date): Promise<void> {
  await tx.execute(sql`
    update outbox o set relayed_at = ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows.map(({ org_id, id }) => ({ org_id, id })))}::json) as r(org_id uuid, id uuid)
    where o.org_id = r.org_id and o.id = r.id`)
}

/** Events relayed before `before` whose handlers have not all answered: what a lost queue still owes. */
export async function unsettledEvents(before: Date, most: number): Promise<RelayedEvent[]> {
  const rows = await database('worker').execute<Row>(sql`
    select org_id, id, name, payload, request_id from outbox
    where settled_at is null and relayed_at < ${before.toISOString()}::timestamptz order by relayed_at limit ${most}`)
  return rows.map(eventOf)
}

/** Whether a handler has finished or given up an event. */
export async function wasHandled(orgId: Id<'org'>, eventId: Id<'evt'>, handler: string): Promise<boolean> {
  const rows = await database('worker').execute(sql`
    select 1 from outbox_receipts where org_id = ${toUuid(orgId)} and event_id = ${toUuid(eventId)} and handler = ${handler}`)
  return rows.length > 0
}

type Handled = { orgId: Id<'org'>; eventId: Id<'evt'>; handler: string; state: 'done' | 'dead'; attempts: number; reason?: string; now: Date; of: number }

/** Notes that a handler finished or gave up; the event is settled when all `of` its handlers have. */
export async function markHandled(done: Handled): Promise<void> {
  const org = toUuid(done.orgId)
  const event = toUuid(done.eventId)
  const at = done.now.toISOString()
  await database('worker').execute(sql`
    with receipt as (
      insert into outbox_receipts (org_id, event_id, handler, state, attempts, reason, at)
      values (${org}, ${event}, ${done.handler}, ${done.state}, ${done.attempts}, ${done.reason ?? null}, ${at}::timestamptz)
      on conflict (org_id, event_id, handler) do update set state = excluded.state, attempts = excluded.attempts, reason = excluded.reason, at = excluded.at
      returning handler
    ), others as (
      select count(*) as n from outbox_receipts r, receipt
      where r.org_id = ${org} and r.event_id = ${event} and r.handler <> receipt.handler
    )
    update outbox set settled_at = ${at}::timestamptz
    where org_id = ${org} and id = ${event} and (select n from others) + 1 >= ${done.of}`)
}
