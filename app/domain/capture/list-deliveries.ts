import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, isId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../kernel'
import type * as z from 'zod'
import { ListDeliveries } from './contract'
import { idFloor } from './id-floor'
import { readReceipt, receiptOf } from './receipt'
import type { ConnectorName, DeliveryVerdict, Way } from './vocabulary'

/** A delivery in the log. `issues` are codes; no personal data. */
export type DeliveryRow = {
  id: Id<'dlv'>; receipt: string; source: { id: Id<'src'>; name: string }; connector: ConnectorName; receivedAt: Date; bytes: number; replyStatus: number; way: Way
  state: DeliveryVerdict; issues: { path: string; code: string }[]; leadId: Id<'lead'> | null; firstDeliveryId: Id<'dlv'> | null; decidedAt: Date | null
  /** Milliseconds from arrival to the first verdict. */
  latencyMs: number | null
}
/** `next` is the `after` of the following page, `previous` the `before` of the one before. */
export type DeliveryPage = { deliveries: DeliveryRow[]; next: Id<'dlv'> | null; previous: Id<'dlv'> | null }
type Asked = z.output<typeof ListDeliveries>
const COUNTED_TO = 10_001
type Row = {
  id: string; source_id: string; source: string; connector: ConnectorName; received_at: string; body_bytes: number; reply_status: number; way: Way
  verdict: DeliveryVerdict | null; issues: { path: string; code: string }[] | null; lead_id: string | null; first_delivery_id: string | null; decided_at: string | null; latency: number | null
}

/** The log of deliveries, newest first, a page at a time; `next` is where the following page begins. Dates are of arrival. */
export const listDeliveries = query({
  name: 'delivery.list', permission: 'deliveries:read', input: ListDeliveries,
  async run({ tx, ctx, input }): Promise<DeliveryPage> {
    const found = await deliveriesOf(tx, ctx, { ...input, limit: input.limit + 1 })
    const isMore = found.length > input.limit
    const isBack = input.before !== null
    const deliveries = isBack ? found.slice(-input.limit) : found.slice(0, input.limit)
    const [first, last] = [deliveries.at(0)?.id ?? null, deliveries.at(-1)?.id ?? null]
    return { deliveries, next: isBack || isMore ? last : null, previous: (isBack ? isMore : input.after !== null) ? first : null }
  },
})

// By the key downwards; a state is looked for through its own index, because the rare ones are the ones people look for.
export async function deliveriesOf(tx: Tx, ctx: Context, asked: Asked): Promise<DeliveryRow[]> {
  const rows = await tx.execute<Row>(sql`
    select d.id, d.source_id, s.name as source, d.connector, d.received_at, d.body_bytes, d.reply_status, d.way, o.verdict, o.issues, o.lead_id, o.first_delivery_id, o.at as decided_at,
      extract(epoch from (select f.at from delivery_outcomes f where f.org_id = d.org_id and f.delivery_id = d.id order by f.id limit 1) - d.received_at)::float8 * 1000 as latency
    from deliveries d join sources s on s.org_id = d.org_id and s.id = d.source_id ${lastOutcome}
    where ${conditions(ctx, asked)} order by d.id ${asked.before === null ? sql`desc` : sql`asc`} limit ${asked.limit}`)
  const found = rows.map(rowOf)
  return asked.before === null ? found : found.reverse()
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

function conditions(ctx: Context, { sourceId, state, since, until, way, search, after, before }: Omit<Asked, 'limit'>): SQL {
  const org = toUuid(ctx.orgId)
  return sql.join([
    sql`d.org_id = ${org}`,
    ...(sourceId === null ? [] : [sql`d.source_id = ${toUuid(sourceId)}`]),
    ...(since === null ? [] : [sql`d.id >= ${toUuid(idFloor('dlv', since))}`]),
    ...(until === null ? [] : [sql`d.id < ${toUuid(idFloor('dlv', until))}`]),
    ...(way === null ? [] : [sql`d.way = ${way}`]),
    ...(search === null ? [] : [found(org, search)]),
    ...(before === null ? [] : [sql`d.id > ${toUuid(before)}`]),
    ...(after === null ? [] : [sql`d.id < ${toUuid(after)}`]),
    ...(state === null ? [] : state === 'stored' ? [sql`not exists (select from delivery_outcomes x where x.org_id = d.org_id and x.delivery_id = d.id)`] : [
      sql`o.verdict = ${state}`, sql`d.id in (select x.delivery_id from delivery_outcomes x where x.org_id = ${org} and x.verdict = ${state})`,
    ]),
  ], sql` and `)
}

// Every kind of id through the index that leads to its deliveries.
function found(org: string, search: string): SQL {
  const named = readReceipt(search) ?? (isId('dlv', search) ? search : null)
  if (named !== null) return sql`d.id = ${toUuid(named)}`
  if (isId('lead', search)) return sql`d.id in (select x.delivery_id from delivery_outcomes x where x.org_id = ${org} and x.lead_id = ${toUuid(search)})`
  return sql`d.id in (
    select q.delivery_id from inquiries q where q.org_id = ${org} and q.external_id = ${search}
    union select k.delivery_id from sources s join delivery_keys k on k.org_id = s.org_id and k.source_id = s.id and k.dedupe_key = ${search} where s.org_id = ${org})`
}

function rowOf(row: Row): DeliveryRow {
  const id = fromUuid('dlv', row.id)
  return {
    id, receipt: receiptOf(id), source: { id: fromUuid('src', row.source_id), name: row.source }, connector: row.connector, receivedAt: new Date(row.received_at),
    bytes: row.body_bytes, replyStatus: row.reply_status, way: row.way, state: row.verdict ?? 'stored', issues: row.issues ?? [],
    leadId: row.lead_id === null ? null : fromUuid('lead', row.lead_id), firstDeliveryId: row.first_delivery_id === null ? null : fromUuid('dlv', row.first_delivery_id),
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at), latencyMs: row.latency === null ? null : Math.max(0, Math.round(row.latency)),
  }
}
