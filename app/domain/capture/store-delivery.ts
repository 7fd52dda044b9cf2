import { fromUuid, newUuid, toUuid, type Id } from '~/lib/ids'
import { log } from '~/platform/log'
import { driver } from '~db/client.server'
import type { Way } from './vocabulary'

/** A message that is to be kept. Without a body it is one that could not be verified, with the reason. */
export type NewDelivery = {
  orgId: Id<'org'>
  id: Id<'dlv'>
  sourceId: Id<'src'>
  connector: string
  dedupeKey: string
  bodySha256: string
  bodyBytes: number
  replyStatus: number
  requestId: string
  receivedAt: Date
  way: Way
  kept: { headers: Readonly<Record<string, string>>; body: Uint8Array } | { rejectedFor: string }
}
/** The delivery that came first under this key; the delivery itself unless it is a duplicate. */
export type Stored = { firstId: Id<'dlv'> }

type Waiting = { delivery: NewDelivery; uuid: string; done: (stored: Stored) => void; failed: (error: unknown) => void }

const MOST_WAITING = 2_000
const MOST_TOGETHER = 200
const MOST_BYTES = 8_000_000
/** One commit at a time takes most along; where a long list waits, a second lane helps. */
const LANES = 2
const LONG = 64
const waiting: Waiting[] = []
let running = 0

/** Whether the waiting list is full: the answer is then "come again", said before anything is read. */
export const isCrowded = (): boolean => waiting.length >= MOST_WAITING

/**
 * Keeps a delivery and answers once it is committed. Deliveries that arrive while others commit go together in
 * the next transaction; if that fails, each is tried alone, so that one bad row spoils only itself.
 */
export function storeDelivery(delivery: NewDelivery): Promise<Stored> {
  return new Promise((done, failed) => {
    waiting.push({ delivery, uuid: toUuid(delivery.id), done, failed })
    if (running === 0 || (running < LANES && waiting.length >= LONG)) void drain()
  })
}

async function drain(): Promise<void> {
  running += 1
  // One turn of the loop lets what arrived with this request join it.
  await new Promise((turn) => setImmediate(turn))
  while (waiting.length > 0) await Promise.all([...byOrganisation(nextGroup())].map(([org, group]) => commitTogether(org, group)))
  running -= 1
}

function nextGroup(): Waiting[] {
  let bytes = 0
  let count = 0
  while (count < waiting.length && count < MOST_TOGETHER && bytes < MOST_BYTES) {
    bytes += waiting[count]?.delivery.bodyBytes ?? 0
    count += 1
  }
  return waiting.splice(0, count)
}

function byOrganisation(group: readonly Waiting[]): Map<string, Waiting[]> {
  const groups = new Map<string, Waiting[]>()
  for (const each of group) {
    const known = groups.get(each.delivery.orgId)
    if (known) known.push(each)
    else groups.set(each.delivery.orgId, [each])
  }
  return groups
}

async function commitTogether(orgId: string, group: Waiting[]): Promise<void> {
  try {
    const firsts = new Map((await storeRows(toUuid(orgId), group)).map(({ id, first_id }) => [id, first_id]))
    for (const { delivery, uuid, done } of group) {
      const first = firsts.get(uuid) ?? uuid
      done({ firstId: first === uuid ? delivery.id : fromUuid('dlv', first) })
    }
  } catch (error) {
    if (group.length === 1) return group[0]?.failed(error)
    log.warn({ err: error, count: group.length }, 'deliveries are stored one by one')
    for (const each of group) await commitTogether(orgId, [each])
  }
}

// One statement is one transaction and one round trip. It names the organisation itself, before any row is there for
// a policy to look at; were a policy ever asked earlier, it would refuse. Keys are sorted, so that two processes never wait in a ring.
// By the driver itself: it prepares a statement once a connection, and planning this one costs more than running it.
async function storeRows(org: string, group: readonly Waiting[]): Promise<{ id: string; first_id: string }[]> {
  return driver()<{ id: string; first_id: string }[]>`
    with incoming as materialized (
      select r.* from (select set_config('app.org_id', ${org}, true) as set) scope cross join lateral json_to_recordset(case when scope.set is not null then ${JSON.stringify(group.map(rowOf))}::json end) as r(
        id uuid, name text, source_id uuid, connector text, dedupe_key text, body_sha256 text, body_bytes integer, reply_status integer,
        request_id text, received_at timestamptz, way text, headers jsonb, body text, rejected_for text, told_id uuid)
    ), claimed as (
      insert into delivery_keys (org_id, source_id, dedupe_key, delivery_id)
      select distinct on (source_id, dedupe_key) ${org}::uuid, source_id, dedupe_key, id from incoming
      where rejected_for is null order by source_id, dedupe_key, id
      on conflict (org_id, source_id, dedupe_key) do update set delivery_id = delivery_keys.delivery_id
      returning source_id, dedupe_key, delivery_id
    ), named as (
      select i.*, coalesce(c.delivery_id, i.id) as first_id from incoming i
      left join claimed c on c.source_id = i.source_id and c.dedupe_key = i.dedupe_key and i.rejected_for is null
    ), kept as (
      insert into deliveries (org_id, id, source_id, connector, dedupe_key, body_sha256, body_bytes, reply_status, request_id, received_at, way)
      select ${org}::uuid, id, source_id, connector, dedupe_key, body_sha256, body_bytes, reply_status, request_id, received_at, way from incoming
    ), bodies as (
      insert into delivery_bodies (org_id, delivery_id, headers, body)
      select ${org}::uuid, id, headers, decode(body, 'base64') from incoming where rejected_for is null
    ), verdicts as (
      insert into delivery_outcomes (org_id, id, delivery_id, verdict, issues, first_delivery_id, at)
      select ${org}::uuid, told_id, id, case when rejected_for is null then 'duplicate' else 'rejected' end,
        case when rejected_for is null then null else jsonb_build_array(jsonb_build_object('path', '', 'code', rejected_for)) end,
        case when rejected_for is null then first_id end, received_at
      from named where rejected_for is not null or first_id <> id
    ), told as (
      insert into outbox (org_id, id, name, payload, request_id, created_at)
      select ${org}::uuid, told_id, 'delivery.received', jsonb_build_object('deliveryId', name), request_id, received_at
      from named where rejected_for is null and first_id = id
      returning 1
    )
    select id, first_id, case when exists (select from told) then pg_notify('clew_outbox', '') end as told from named`
}

function rowOf({ delivery, uuid }: Waiting) {
  const { kept } = delivery
  return {
    id: uuid, name: delivery.id, source_id: toUuid(delivery.sourceId), connector: delivery.connector, dedupe_key: delivery.dedupeKey,
    body_sha256: delivery.bodySha256, body_bytes: delivery.bodyBytes, reply_status: delivery.replyStatus, request_id: delivery.requestId,
    received_at: delivery.receivedAt.toISOString(), way: delivery.way, told_id: newUuid(delivery.receivedAt),
    ...('rejectedFor' in kept ? { rejected_for: kept.rejectedFor } : { headers: kept.headers, body: Buffer.from(kept.body).toString('base64') }),
  }
}
