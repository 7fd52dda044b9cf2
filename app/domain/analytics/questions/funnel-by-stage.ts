// How many leads of each channel (campaign, source, owner) reached each stage?
//   cohort:   of the leads that came in during the period, where are they now (or where were they on `as_of`)?
//   activity: what happened during the period, whenever the leads came in?
// Reads leads by `leads_came_in` (org, came_in_at), each with its one row of lead_stages by primary key; inquiries by
// `inquiries_at` (org, at); exposures by `exposures_day` (org, day). Cohort: the period's leads; activity: those up to its end.
import { and, sql, type SQL } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { wilson, type Interval } from '~/lib/intervals'
import { localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../../kernel'
import { leadFilter, visibleLeads } from '../../leads'
import { LeadFilter } from '../../leads/contract'
import { FunnelQuestion } from '../contract'
import { dimensions } from '../dimensions'
import { judgedFrom, leadMetricNames, leadMetrics, ratesOf, type FunnelCounts, type FunnelRates, type LeadMetric } from '../metrics'
import { day, horizonOf, organisationOf } from '../moments'

/** Days from the lead to its win, as differences of dates; null where nothing was won. */
export type DaysToWon = { avg: number | null; median: number | null; p90: number | null }
export type FunnelRow = FunnelCounts & {
  /** id of the channel, campaign, source or member; null where leads have none */
  key: string | null
  label: string | null
  kind: string | null
  /** how many of the leads are imported history */
  imported: number
  /** valid leads without an outcome that are younger than most wins take: their rate is still to come */
  ripening: number
  rates: FunnelRates
  /** Wilson's 95 % interval of won of valid leads; null where a rate may exceed 1, or without leads */
  win_rate_interval: Interval | null
  days_to_won: DaysToWon
  /** whether there are enough leads and wins to compare rows by */
  judged: boolean
  /** what there is too little of: without leads the whole row says nothing, without wins only the won rate */
  few: 'leads' | 'wins' | null
}
export type FunnelReport = { rows: FunnelRow[]; totals: FunnelRow; view: FunnelQuestion['view']; by: FunnelQuestion['by']; from: string; to: string; as_of: string; time_zone: string }

type Counted = Record<LeadMetric, number> & { id: string | null; total: boolean; imported: number; ripening: number; avg: number | null; median: number | null; p90: number | null }

/**
 * The funnel of a period by one dimension, with totals that are ratios of sums. A later stage implies the earlier
 * ones; junk counts in `leads` and `junk` only. Only leads the viewer may see are counted. Refuses: not-allowed, invalid.
 */
export const funnelByStage = query({
  name: 'report.funnel',
  permission: 'reports:read',
  input: FunnelQuestion,
  async run({ tx, ctx, input }): Promise<FunnelReport> {
    const { timeZone } = await organisationOf(tx)
    const today = localDate(ctx.now, timeZone)
    const counted = await countLeadsBy(tx, ctx, input, timeZone)
    const inquiries = await countInquiriesBy(tx, ctx, input, timeZone)
    const exposures = await sumExposuresBy(tx, input)
    const ids = [...new Set([...counted.filter((row) => !row.total).map((row) => row.id), ...inquiries.keys(), ...(dimensions[input.by].ofExposure === null ? [] : exposures.keys())])]
    const names = await namesOf(tx, input, ids)
    const byId = new Map(counted.filter((row) => !row.total).map((row) => [row.id, row]))
    const rows = ids.map((id) => rowOf(input, byId.get(id), { id, inquiries: inquiries.get(id) ?? 0, exposures: dimensions[input.by].ofExposure === null ? null : (exposures.get(id) ?? null), ...names.get(id ?? '') }))
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
    const totals = rowOf(input, counted.find((row) => row.total), { id: null, inquiries: sum(inquiries.values()), exposures: exposures.size === 0 ? null : sum(exposures.values()) })
    rows.sort((a, b) => b.leads - a.leads || b.inquiries - a.inquiries || (a.label ?? '').localeCompare(b.label ?? ''))
    const asOf = input.as_of !== undefined && input.as_of < today ? input.as_of : today
    return { rows, totals, view: input.view, by: input.by, from: input.from, to: input.to, as_of: asOf, time_zone: timeZone }
  },
})

/** The filter of the list of leads behind a number of the report. */
export const filterBehind = ({ from, to, view, as_of }: FunnelQuestion, metric: LeadMetric): LeadFilter =>
  LeadFilter.parse({ from, to, view, ...(as_of === undefined ? {} : { as_of }), ...leadMetrics[metric] })


async function countLeadsBy(tx: Tx, ctx: Context, input: FunnelQuestion, timeZone: string): Promise<Counted[]> {
  const { ofLead } = dimensions[input.by]
  const condition = (metric: LeadMetric) => leadFilter(ctx, filterBehind(input, metric), timeZone)
  const counts = leadMetricNames.map((metric) => sql`count(*) filter (where ${condition(metric)})::int as ${sql.identifier(metric)}`)
  const zone = sql`${timeZone}::text`
  const days = sql`((s.won_at at time zone ${zone})::date - (l.came_in_at at time zone ${zone})::date)`
  const won = condition('won')
  const horizon = horizonOf(ctx, input.as_of, timeZone)
  const open = sql`(s.won_at is null or s.won_at >= ${horizon}) and (s.lost_at is null or s.lost_at >= ${horizon})`
  const rows = await tx.execute<Counted>(sql`
    with cycle as (
      select percentile_cont(0.9) within group (order by extract(epoch from s.won_at - l.came_in_at)) as seconds
      from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
      where s.won_at < ${horizon} and ${visibleLeads(ctx, 'l')}
    )
    select ${ofLead} as id, grouping(${ofLead}) = 1 as total, ${sql.join(counts, sql`, `)},
      count(*) filter (where l.is_imported and ${condition('leads')})::int as imported,
      count(*) filter (where ${condition('valid_leads')} and ${open} and l.came_in_at > ${horizon} - make_interval(secs => (select seconds from cycle)))::int as ripening,
      (avg(${days}) filter (where ${won}))::float8 as avg,
      (percentile_cont(0.5) within group (order by ${days}) filter (where ${won}))::float8 as median,
      (percentile_cont(0.9) within group (order by ${days}) filter (where ${won}))::float8 as p90
    from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    where ${and(visibleLeads(ctx, 'l'), scopeOf(input, condition('leads'), timeZone))}
    group by grouping sets ((${ofLead}), ())`)
  return rows.filter((row) => row.total || leadMetricNames.some((metric) => row[metric] > 0))
}

// Activity asks of leads that came in long before, too, and of those whose history begins with a win.
const scopeOf = (input: FunnelQuestion, cameIn: SQL, timeZone: string): SQL =>
  input.view === 'cohort' ? cameIn : sql`least(l.came_in_at, s.qualified_at, s.graded_at, s.won_at, s.lost_at) < ${day(input.to, 1, timeZone)}`

async function countInquiriesBy(tx: Tx, ctx: Context, input: FunnelQuestion, timeZone: string): Promise<Map<string | null, number>> {
  const rows = await tx.execute<{ id: string | null; n: number }>(sql`
    select ${dimensions[input.by].ofInquiry} as id, count(*)::int as n
    from inquiries q left join leads d on d.org_id = q.org_id and d.id = q.lead_id
      left join leads l on l.org_id = d.org_id and l.id = case when d.duplicate_of is null then d.id else d.duplicate_of end
    where q.at >= ${day(input.from, 0, timeZone)} and q.at < ${day(input.to, 1, timeZone)}
      and ${input.as_of === undefined ? sql`true` : sql`q.at < ${day(input.as_of, 1, timeZone)}`} and ${visibleLeads(ctx, 'l')}
    group by 1`)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

async function sumExposuresBy(tx: Tx, input: FunnelQuestion): Promise<Map<string | null, number>> {
  const last = input.as_of !== undefined && input.as_of < input.to ? input.as_of : input.to
  const rows = await tx.execute<{ id: string | null; n: number }>(sql`
    select ${dimensions[input.by].ofExposure ?? sql`null::uuid`} as id, sum(x.impressions)::float8 as n
    from exposures x where x.day >= ${input.from}::date and x.day <= ${last}::date group by 1`)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

type Named = { label: string | null; kind: string | null }

async function namesOf(tx: Tx, input: FunnelQuestion, ids: readonly (string | null)[]): Promise<Map<string, Named>> {
  const { names, kind } = dimensions[input.by]
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const rows = await tx.execute<{ id: string } & Named>(sql`
    select d.id, d.name as label, ${kind} as kind from ${names} d where d.id = any (${`{${wanted.join(',')}}`}::uuid[])`)
  return new Map(rows.map(({ id, label, kind: of }) => [id, { label, kind: of }]))
}

type Beside = { id: string | null; inquiries: number; exposures: number | null } & Partial<Named>

function rowOf(input: FunnelQuestion, counted: Counted | undefined, { id, inquiries, exposures, label, kind }: Beside): FunnelRow {
  const numbers = Object.fromEntries(leadMetricNames.map((metric) => [metric, counted?.[metric] ?? 0])) as Record<LeadMetric, number>
  const counts: FunnelCounts = { exposures, inquiries, ...numbers }
  const few = counts.valid_leads < judgedFrom.leads ? 'leads' : counts.won < judgedFrom.won ? 'wins' : null
  const isShare = counts.won <= counts.valid_leads && input.view === 'cohort'
  return {
    key: id === null ? null : fromUuid(dimensions[input.by].prefix, id), label: label ?? null, kind: kind ?? null, ...counts,
    imported: counted?.imported ?? 0, ripening: counted?.ripening ?? 0, rates: ratesOf(counts),
    win_rate_interval: isShare ? wilson(counts.won, counts.valid_leads) : null,
    days_to_won: { avg: counted?.avg ?? null, median: counted?.median ?? null, p90: counted?.p90 ?? null },
    judged: few === null, few,
  }
}
