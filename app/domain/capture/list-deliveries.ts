import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../kernel'
import type * as z from 'zod'
import { ListDeliveries } from './contract'
import { idFloor } from './id-floor'
import { receiptOf } from './receipt'
import type { ConnectorName, DeliveryVerdict } from './vocabulary'

/** A delivery in the log. `issues` are codes; no personal data. */
export type DeliveryRow = {
  id: Id<'dlv'>; receipt: string; source: { id: Id<'src'>; name: string }; connector: ConnectorName; receivedAt: Date; bytes: number; replyStatus: number
  state: DeliveryVerdict; issues: { path: string; code: string }[]; leadId: Id<'lead'> | null; firstDeliveryId: Id<'dlv'> | null; decidedAt: Date | null
}
export type DeliveryPage = { deliveries: DeliveryRow[]; next: Id<'dlv'> | null }
const COUNTED_TO = 10_001
type Row = {
  id: string; source_id: string; source: string; connector: ConnectorName; received_at: string; body_bytes: number; reply_status: number
  verdict: DeliveryVerdict | null; issues: { path: string; code: string }[] | null; lead_id: string | null; first_delivery_id: string | null; decided_at: string | null
}

/** The log of deliveries, newest first, a page at a time; `next` is where the following page begins. Dates are of arrival. */
export const listDeliveries = query({
  name: 'delivery.list', permission: 'deliveries:read', input: ListDeliveries,
  async run({ tx, ctx, input }): Promise<DeliveryPage> {
    const found = await deliveriesOf(tx, ctx, { ...input, limit: input.limit + 1 })
    const deliveries = found.slice(0, input.limit)
    return { deliveries, next: found.length > input.limit ? (deliveries.at(-1)?.id ?? null) : null }
  },
})

// By the key downwards; a state is looked for through its own index, because the rare ones are the ones people look for.
export async function deliveriesOf(tx: Tx, ctx: Context, asked: z.output<typeof ListDeliveries>): Promise<DeliveryRow[]> {
  const rows = await tx.execute<Row>(sql`
    select d.id, d.source_id, s.name as source, d.connector, d.received_at, d.body_bytes, d.reply_status, o.verdict, o.issues, o.lead_id, o.first_delivery_id, o.at as decided_at
    from deliveries d join sources s on s.org_id = d.org_id and s.id = d.source_id ${lastOutcome}
    where ${conditions(ctx, asked)} order by d.id desc limit ${asked.limit}`)
  return rows.map(rowOf)
}

const lastOutcome = sql`left join lateral (
      select verdict, issues, lead_id, first_delivery_id, at from delivery_outcomes o
      where o.org_id = d.org_id and o.delivery_id = d.id order by o.id desc limit 1) o on true`

/** How many deliveries of a range a replay would read, which are neither duplicates nor rejected; counted to 10,001 at most. */
export const countReadable = query({
  name: 'delivery.count-readable', permission: 'deliveries:read', input: ListDeliveries.omit({ limit: true }),
  async run({ tx, ctx, input }): Promise<number> {
    const [row] = await tx.execute<{ n: number }>(sql`
      select count(*)::int as n from (
        select from deliveries d ${lastOutcome}
        where ${conditions(ctx, input)} and coalesce(o.verdict, 'stored') not in ('duplicate', 'rejected') limit ${COUNTED_TO}) found`)
    return row?.n ?? 0
  },
})

function conditions(ctx: Context, { sourceId, state, since, until, after }: Omit<z.output<typeof ListDeliveries>, 'limit'>): SQL {
  const org = toUuid(ctx.orgId)
  return sql.join([
    sql`d.org_id = ${org}`,
    ...(sourceId === null ? [] : [sql`d.source_id = ${toUuid(sourceId)}`]),
    ...(since === null ? [] : [sql`d.id >= ${toUuid(idFloor('dlv', since))}`]),
    ...(until === null ? [] : [sql`d.id < ${toUuid(idFloor('dlv', until))}`]),
    ...(after === null ? [] : [sql`d.id < ${toUuid(after)}`]),
    ...(state === null ? [] : state === 'stored' ? [sql`not exists (select from delivery_outcomes x where x.org_id = d.org_id and x.delivery_id = d.id)`] : [
      sql`o.verdict = ${state}`, sql`d.id in (select x.delivery_id from delivery_outcomes x where x.org_id = ${org} and x.verdict = ${state})`,
    ]),
  ], sql` and `)
}

function rowOf(row: Row): DeliveryRow {
  const id = fromUuid('dlv', row.id)
  return {
    id, receipt: receiptOf(id), source: { id: fromUuid('src', row.source_id), name: row.source }, connector: row.connector, receivedAt: new Date(row.received_at),
    bytes: row.body_bytes, replyStatus: row.reply_status, state: row.verdict ?? 'stored', issues: row.issues ?? [],
    leadId: row.lead_id === null ? null : fromUuid('lead', row.lead_id), firstDeliveryId: row.first_delivery_id === null ? null : fromUuid('dlv', row.first_delivery_id),
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
  }
}
