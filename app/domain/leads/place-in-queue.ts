import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { queueItems } from '~db/schema'
import type { Context } from '../kernel'
import { queueSignals } from './queue-signals'
import { valueLostPerHour, type QueuePlace } from './value-lost-per-hour'

type InTx = Context & { tx: Tx }

/**
 * Values leads anew and writes their places, inside the caller's transaction; valuing twice changes nothing. Which
 * leads have a place at all the trigger on `leads` has settled: one without is passed over.
 */
export async function placeInQueue(ctx: InTx, leadIds: readonly Id<'lead'>[]): Promise<number> {
  if (leadIds.length === 0) return 0
  const { signals, rates } = await queueSignals(ctx.tx, ctx, leadIds)
  const places = [...signals].map(([leadId, each]) => [leadId, valueLostPerHour(each, rates)] as const)
  if (places.length > 0) await writePlaces(ctx, places)
  return places.length
}

// One statement for all of them; in the order of their ids, so that two who write the same places wait, not deadlock.
async function writePlaces(ctx: InTx, places: readonly (readonly [Id<'lead'>, QueuePlace])[]): Promise<void> {
  const rows = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([leadId, place]) => ({
    id: toUuid(leadId), v: place.value, c: place.currency, r: place.reason, ra: place.reasonAt, n: place.attempt, u: place.restsUntil, next: place.revalueAt, f: place.factors,
  }))
  await ctx.tx.execute(sql`
    with places as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as p (id uuid, v float8, c text, r text, ra timestamptz, n int, u timestamptz, next timestamptz, f jsonb)),
      held as (select q.lead_id from ${queueItems} q where q.lead_id in (select id from places) order by q.lead_id for update)
    update ${queueItems} q set value_lost_per_hour = p.v, currency = p.c, reason = p.r, reason_at = p.ra, attempt = p.n, rests_until = p.u, revalue_at = p.next,
      factors = p.f, valued_at = ${ctx.now.toISOString()}::timestamptz
    from places p join held h on h.lead_id = p.id where q.lead_id = p.id and q.org_id = ${toUuid(ctx.orgId)}::uuid`)
}
