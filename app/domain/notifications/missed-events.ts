import { sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { inTransaction, type Context, type EventName, type Events } from '../kernel'
import { liveEventOf, type LiveEvent } from './live-event'

type Row = { seq: string; name: EventName; payload: Events[EventName]; relayed_at: string }
/** Where a page stands in the order in which events were relayed. */
export type Place = { relayedAt: Date; seq: string }

// Two relays may commit a little out of order: what is near the last known place is told again, and known by its seq.
const OVERLAP = '10 seconds'

/** The place of the last event a page heard; null when it is not in this organisation's outbox. */
export async function placeOf(ctx: Context, seq: string): Promise<Place | null> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const [row] = await tx.execute<{ relayed_at: string | null }>(sql`
      select relayed_at from outbox where org_id = ${toUuid(ctx.orgId)} and seq = ${seq}::bigint`)
    return row?.relayed_at ? { relayedAt: new Date(row.relayed_at), seq } : null
  })
}

/** Events relayed since a place, at most `most`, oldest first. Rests on the index outbox_relayed. */
export async function missedEvents(ctx: Context, since: Place, most: number): Promise<{ events: LiveEvent[]; upTo: Date }> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select seq::text, name, payload, relayed_at from outbox
      where org_id = ${toUuid(ctx.orgId)} and relayed_at > ${since.relayedAt.toISOString()}::timestamptz - ${OVERLAP}::interval
        and seq <> ${since.seq}::bigint
      order by relayed_at, seq limit ${most}`)
    const events = rows.map((row) => liveEventOf({ ...row, orgId: ctx.orgId }))
    const last = rows.at(-1)
    return { events, upTo: last ? new Date(last.relayed_at) : since.relayedAt }
  })
}
