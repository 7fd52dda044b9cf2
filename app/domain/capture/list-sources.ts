import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../kernel'
import { nothing } from '../kernel/contract'
import { idFloor } from './id-floor'
import type { ConnectorName, DeliveryVerdict, LeadRule, SourceStatus } from './vocabulary'

const DAY_MS = 86_400_000

/** A source at a glance. `day` counts the deliveries of the last 24 hours by what became of them. */
export type SourceGlance = {
  id: Id<'src'>; name: string; connector: ConnectorName; status: SourceStatus; leadRule: LeadRule; defaultCountry: string; createdAt: Date
  channel: { id: Id<'ch'>; name: string } | null; owner: { id: Id<'mem'>; name: string } | null
  /** where leads without an owner wait; null: the organisation's own pool, after the rules of assignment */
  pool: { id: Id<'pool'>; name: string } | null; productLine: { id: Id<'pl'>; name: string } | null
  last: { id: Id<'dlv'>; at: Date; verdict: DeliveryVerdict } | null
  day: Partial<Record<DeliveryVerdict, number>>
}
type Row = {
  id: string; name: string; connector: ConnectorName; status: SourceStatus; lead_rule: LeadRule; default_country: string; created_at: string
  channel_id: string | null; channel: string | null; owner_id: string | null; owner: string | null; pool_id: string | null; pool: string | null; line_id: string | null; line: string | null
  last_id: string | null; last_at: string | null; last_verdict: DeliveryVerdict | null; day: Partial<Record<DeliveryVerdict, number>> | null
}

/** Every source of the organisation, by name, with its last delivery and what came in during the last 24 hours. */
export const listSources = query({
  name: 'source.list', permission: 'sources:read', input: nothing,
  run: ({ tx, ctx }) => glances(tx, ctx, null),
})

/** Reads sources with what they received. Uses `deliveries_source`; reads the last day's deliveries of each. */
export async function glances(tx: Tx, ctx: Context, sourceId: Id<'src'> | null): Promise<SourceGlance[]> {
  const since = toUuid(idFloor('dlv', new Date(ctx.now.getTime() - DAY_MS)))
  const rows = await tx.execute<Row>(sql`
    select s.id, s.name, s.connector, s.status, s.lead_rule, s.default_country, s.created_at, s.channel_id, c.name as channel, s.owner_id, m.name as owner, o.id as pool_id, o.name as pool,
      s.product_line_id as line_id, p.name as line, last.id as last_id, last.received_at as last_at, last.verdict as last_verdict, day.counts as day
    from sources s
    left join channels c on c.org_id = s.org_id and c.id = s.channel_id
    left join members m on m.org_id = s.org_id and m.id = s.owner_id
    left join pools o on o.org_id = s.org_id and o.id = s.pool_id and not o.is_default and o.archived_at is null
    left join product_lines p on p.org_id = s.org_id and p.id = s.product_line_id
    left join lateral (
      select d.id, d.received_at, coalesce((select o.verdict from delivery_outcomes o where o.org_id = d.org_id and o.delivery_id = d.id order by o.id desc limit 1), 'stored') as verdict
      from deliveries d where d.org_id = s.org_id and d.source_id = s.id order by d.id desc limit 1) last on true
    left join lateral (
      select json_object_agg(verdict, n) as counts from (
        select coalesce((select o.verdict from delivery_outcomes o where o.org_id = d.org_id and o.delivery_id = d.id order by o.id desc limit 1), 'stored') as verdict, count(*)::int as n
        from deliveries d where d.org_id = s.org_id and d.source_id = s.id and d.id >= ${since} group by 1) each) day on true
    where s.org_id = ${toUuid(ctx.orgId)} and (${sourceId === null} or s.id = ${sourceId === null ? null : toUuid(sourceId)}) order by s.name, s.id`)
  return rows.map(glanceOf)
}

const named = <P extends string>(prefix: P, id: string | null, name: string | null) => (id === null || name === null ? null : { id: fromUuid(prefix, id), name })

function glanceOf(row: Row): SourceGlance {
  return {
    id: fromUuid('src', row.id), name: row.name, connector: row.connector, status: row.status, leadRule: row.lead_rule, defaultCountry: row.default_country,
    createdAt: new Date(row.created_at), channel: named('ch', row.channel_id, row.channel), owner: named('mem', row.owner_id, row.owner), pool: named('pool', row.pool_id, row.pool), productLine: named('pl', row.line_id, row.line),
    last: row.last_id === null || row.last_at === null ? null : { id: fromUuid('dlv', row.last_id), at: new Date(row.last_at), verdict: row.last_verdict ?? 'stored' },
    day: row.day ?? {},
  }
}
