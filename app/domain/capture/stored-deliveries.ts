import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { Issue } from './lead-draft'
import type { DeliveryVerdict, Way } from './vocabulary'

/** What became of a delivery; `leadId` and `inquiryId` name the first lead in it. */
export type Verdict = { verdict: DeliveryVerdict; issues: Issue[] | null; leadId: Id<'lead'> | null; inquiryId: Id<'inq'> | null }

/** A kept message with its last verdict. `isFirst`: no earlier one came under its key. The body is null once erased. */
export type StoredDelivery = {
  id: Id<'dlv'>; sourceId: Id<'src'>; connector: string; dedupeKey: string; isFirst: boolean; receivedAt: Date; way: Way
  headers: Record<string, string>; body: Uint8Array | null; last: Verdict | null
}
type Row = {
  id: string; source_id: string; connector: string; dedupe_key: string; received_at: string; way: Way; headers: Record<string, string> | null; is_first: boolean
  body: Uint8Array | null; verdict: DeliveryVerdict | null; issues: Issue[] | null; lead_id: string | null; inquiry_id: string | null
}

/** Locks deliveries against another worker until the transaction ends, and reads those that exist, oldest first. */
export async function lockDeliveries({ tx, orgId }: Context & { tx: Tx }, ids: readonly Id<'dlv'>[]): Promise<StoredDelivery[]> {
  const uuids = ids.map(toUuid).sort()
  const list = sql`array(select json_array_elements_text(${JSON.stringify(uuids)}::json)::uuid)`
  // In one order everywhere: two workers with the same deliveries wait for each other, never in a ring.
  await tx.execute(sql`select count(pg_advisory_xact_lock(hashtextextended(id::text, 0))) from (select unnest(${list}) as id order by 1) each`)
  const rows = await tx.execute<Row>(sql`
    select d.id, d.source_id, d.connector, d.dedupe_key, d.received_at, d.way, b.headers, b.body, o.verdict, o.issues, o.lead_id, o.inquiry_id, k.delivery_id is not null as is_first
    from deliveries d
    left join delivery_bodies b on b.org_id = d.org_id and b.delivery_id = d.id
    left join delivery_keys k on k.org_id = d.org_id and k.source_id = d.source_id and k.dedupe_key = d.dedupe_key and k.delivery_id = d.id
    left join lateral (
      select verdict, issues, lead_id, inquiry_id from delivery_outcomes o
      where o.org_id = d.org_id and o.delivery_id = d.id order by o.id desc limit 1) o on true
    where d.org_id = ${toUuid(orgId)} and d.id = any (${list}) order by d.id`)
  return rows.map(storedOf)
}

const storedOf = (row: Row): StoredDelivery => ({
  id: fromUuid('dlv', row.id), sourceId: fromUuid('src', row.source_id), connector: row.connector, dedupeKey: row.dedupe_key, isFirst: row.is_first,
  receivedAt: new Date(row.received_at), way: row.way, headers: row.headers ?? {}, body: row.body,
  last: row.verdict === null ? null : {
    verdict: row.verdict, issues: row.issues, leadId: row.lead_id === null ? null : fromUuid('lead', row.lead_id), inquiryId: row.inquiry_id === null ? null : fromUuid('inq', row.inquiry_id),
  },
})
