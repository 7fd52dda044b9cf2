import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { idFloor } from './id-floor'
import { pathsOf } from './message-shape'
import type { HourCount } from './source-rhythm'
import type { Findings } from './sync-alarms'
import type { DeliveryVerdict } from './vocabulary'

type InTx = Context & { tx: Tx }
/** A message and what became of it. */
export type Judged = { id: Id<'dlv'>; at: Date; verdict: DeliveryVerdict }

const MOST = 300
/** A platform's list that cannot be read for this long is worth an alarm, unless it was refused outright. */
const PATIENCE_MS = 30 * 60_000
/** A lead that was given up is news for a day. */
const GIVEN_UP_MS = 24 * 3_600_000

const listOf = (ways: readonly string[]) => sql`array(select json_array_elements_text(${JSON.stringify(ways)}::json))`

/** How many messages were taken in each hour since a moment. Uses `deliveries_source`. */
export async function hourCounts({ tx, orgId }: InTx, sourceId: Id<'src'>, ways: readonly string[], since: Date): Promise<HourCount[]> {
  const rows = await tx.execute<{ hour: string; n: number }>(sql`
    select floor(extract(epoch from received_at) / 3600)::bigint::text as hour, count(*)::int as n from deliveries
    where org_id = ${toUuid(orgId)} and source_id = ${toUuid(sourceId)} and id >= ${toUuid(idFloor('dlv', since))} and way = any (${listOf(ways)}) and reply_status < 300
    group by 1`)
  return rows.map(({ hour, n }) => ({ at: Number(hour) * 3_600_000, count: n }))
}

/** When a source was last heard. Messages that were turned away do not count. */
export async function lastHeard({ tx, orgId }: InTx, sourceId: Id<'src'>, ways: readonly string[]): Promise<Date | null> {
  const [row] = await tx.execute<{ received_at: string }>(sql`
    select received_at from deliveries where org_id = ${toUuid(orgId)} and source_id = ${toUuid(sourceId)} and way = any (${listOf(ways)}) and reply_status < 300
    order by id desc limit 1`)
  return row ? new Date(row.received_at) : null
}

/** The last messages and what became of them, newest first; repeats and what is not read yet are left out. */
export async function recentVerdicts({ tx, orgId }: InTx, sourceId: Id<'src'>, ways: readonly string[], since: Date): Promise<Judged[]> {
  const rows = await tx.execute<{ id: string; received_at: string; verdict: DeliveryVerdict }>(sql`
    select d.id, d.received_at, o.verdict from (
      select id, received_at from deliveries where org_id = ${toUuid(orgId)} and source_id = ${toUuid(sourceId)} and id >= ${toUuid(idFloor('dlv', since))} and way = any (${listOf(ways)})
      order by id desc limit ${MOST}) d
    join lateral (select verdict from delivery_outcomes o where o.org_id = ${toUuid(orgId)} and o.delivery_id = d.id order by o.id desc limit 1) o on true
    where o.verdict <> 'duplicate' order by d.id desc`)
  return rows.map((row) => ({ id: fromUuid('dlv', row.id), at: new Date(row.received_at), verdict: row.verdict }))
}

/** The fields of these messages; those that are no JSON or were erased are left out. */
export async function messagePaths({ tx, orgId }: InTx, messages: readonly Judged[]): Promise<string[][]> {
  if (messages.length === 0) return []
  const ids = JSON.stringify(messages.map(({ id }) => toUuid(id)))
  const rows = await tx.execute<{ body: Uint8Array }>(sql`
    select body from delivery_bodies where org_id = ${toUuid(orgId)} and delivery_id = any (array(select json_array_elements_text(${ids}::json)::uuid))`)
  return rows.flatMap(({ body }) => { const paths = pathsOf(body); return paths === null ? [] : [paths] })
}

/** What keeps leads at the platform: its list cannot be read, or leads it named cannot be had. */
export async function fetchProblem({ tx, orgId, now }: InTx, sourceId: Id<'src'>): Promise<Findings> {
  const [row] = await tx.execute<{ problem: string | null; since: string | null; waiting: number; refused_since: string | null }>(sql`
    select p.problem, p.problem_since as since, f.waiting, f.refused_since
    from (select count(*)::int as waiting, min(created_at) as refused_since from fetches
      where org_id = ${toUuid(orgId)} and source_id = ${toUuid(sourceId)} and (state = 'not-permitted' or (state = 'failed' and coalesce(settled_at, created_at) > ${new Date(now.getTime() - GIVEN_UP_MS).toISOString()}::timestamptz))) f
    left join source_pulls p on p.org_id = ${toUuid(orgId)} and p.source_id = ${toUuid(sourceId)}`)
  if (!row) return {}
  const since = row.since === null ? null : new Date(row.since)
  const lasts = since !== null && (row.problem === 'not-permitted' || now.getTime() - since.getTime() >= PATIENCE_MS)
  if (!lasts && row.waiting === 0) return {}
  const refusedSince = row.refused_since === null ? now : new Date(row.refused_since)
  return { fetching: { since: lasts && since !== null ? since : refusedSince, facts: { problem: lasts ? row.problem : null, waiting: row.waiting } } }
}
