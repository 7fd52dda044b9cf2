// How long did the leads that came in during a period wait for their first response, by channel, rep or hour of arrival?
// Calendar minutes are what the customer waited; working minutes count the organisation's hours, holidays out, as they stand now.
// Reads leads by `leads_came_in` (org, came_in_at), each with its stage by primary key and its first clock by `sla_clocks_once`.
// Working minutes are looked up in the list of the period's working spans (width_bucket halves it), never counted one by one.
import { and, sql, type SQL } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { addDays, dayStart } from '~/lib/period'
import { workingSpans } from '~/lib/working-time'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../../kernel'
import { leadFilter, visibleLeads } from '../../leads'
import { LeadFilter } from '../../leads/contract'
import { calendarOf } from '../../orgs'
import { SpeedQuestion } from '../contract'
import { judgedFrom, keptShare, speedMetricNames, speedMetrics, type SpeedCounts, type SpeedMetric } from '../metrics'
import { organisationOf } from '../moments'
import type { SpeedDimension } from '../vocabulary'

/** Median and 90th percentile of minutes; null where nothing was answered. */
export type Waits = { p50: number | null; p90: number | null }
export type SpeedRow = SpeedCounts & {
  /** id of the channel or member, the hour as a number in text; null where leads have none */
  key: string | null
  label: string | null
  kind: string | null
  calendar: Waits
  working: Waits
  /** kept of kept and missed; null where nothing was promised or decided */
  in_time: number | null
  judged: boolean
}
export type SpeedReport = { rows: SpeedRow[]; totals: SpeedRow; by: SpeedDimension; from: string; to: string; time_zone: string }

type Counted = SpeedCounts & { id: string | null; total: boolean; cal50: number | null; cal90: number | null; work50: number | null; work90: number | null }

const HOUR = 3_600_000
const dimensions: Record<SpeedDimension, { of: (zone: SQL) => SQL; names: SQL | null; kind: SQL }> = {
  channel: { of: () => sql`l.channel_id::text`, names: sql`channels`, kind: sql`d.kind` },
  owner: { of: () => sql`l.owner_id::text`, names: sql`members`, kind: sql`null` },
  hour: { of: (zone) => sql`extract(hour from l.came_in_at at time zone ${zone})::int::text`, names: null, kind: sql`null` },
}

/** Speed to lead of a period by one dimension, with totals over all leads of it. Only leads the viewer may see. Refuses: not-allowed, invalid. */
export const speedToLead = query({
  name: 'report.speed-to-lead',
  permission: 'reports:read',
  input: SpeedQuestion,
  async run({ tx, ctx, input }): Promise<SpeedReport> {
    const { timeZone } = await organisationOf(tx)
    const counted = await countBy(tx, { ...ctx, tx }, input, timeZone)
    const names = await namesOf(tx, input.by, counted.flatMap(({ id, total }) => (total || id === null ? [] : [id])))
    const rows = counted.filter(({ total }) => !total).map((row) => rowOf(input.by, row, names.get(row.id ?? '')))
    rows.sort((a, b) => (input.by === 'hour' ? Number(a.key) - Number(b.key) : b.answered + b.unanswered - a.answered - a.unanswered || (a.label ?? '').localeCompare(b.label ?? '')))
    const total = counted.find((row) => row.total)
    return { rows, totals: rowOf(input.by, { ...none, ...total, id: null }), by: input.by, from: input.from, to: input.to, time_zone: timeZone }
  },
})

/** The filter of the list of leads behind a number; `key` narrows it to a row. */
export const speedBehind = ({ from, to, by }: SpeedQuestion, metric: SpeedMetric, key?: string | null): LeadFilter =>
  LeadFilter.parse({ from, to, ...speedMetrics[metric], ...(key === undefined ? {} : { [by]: key ?? 'none' }) })

const none: Counted = { id: null, total: true, answered: 0, unanswered: 0, kept: 0, missed: 0, cal50: null, cal90: null, work50: null, work90: null }

async function countBy(tx: Tx, ctx: Context & { tx: Tx }, input: SpeedQuestion, timeZone: string): Promise<Counted[]> {
  const key = dimensions[input.by].of(sql`${timeZone}::text`)
  const is = (metric: SpeedMetric) => leadFilter(ctx, speedBehind(input, metric), timeZone)
  const counts = speedMetricNames.map((metric) => sql`count(*) filter (where ${is(metric)})::int as ${sql.identifier(metric)}`)
  const [calendar, working] = [sql`extract(epoch from l.first_response_at - l.came_in_at) / 60`, await workingMinutes(ctx, input, timeZone)]
  const share = (at: number, of: SQL) => sql`(percentile_cont(${at}::float8) within group (order by ${of}) filter (where ${is('answered')}))::float8`
  const rows = await tx.execute<Counted>(sql`
    select k.id, grouping(k.id) = 1 as total, ${sql.join(counts, sql`, `)},
      ${share(0.5, calendar)} as cal50, ${share(0.9, calendar)} as cal90, ${share(0.5, working)} as work50, ${share(0.9, working)} as work90
    from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id cross join lateral (select ${key} as id) k
    where ${and(visibleLeads(ctx, 'l'), leadFilter(ctx, LeadFilter.parse({ from: input.from, to: input.to, verdict: 'valid' }), timeZone))}
    group by grouping sets ((k.id), ())`)
  return rows.filter((row) => row.total || speedMetricNames.some((metric) => row[metric] > 0))
}

/** Working minutes between arrival and answer: what lies before each in the list of spans, and the difference. */
async function workingMinutes(ctx: Context & { tx: Tx }, input: SpeedQuestion, timeZone: string): Promise<SQL> {
  const calendar = await calendarOf(ctx, 'organisation')
  const spans = workingSpans(dayStart(input.from, timeZone), new Date(Math.max(ctx.now.getTime() + HOUR, dayStart(addDays(input.to, 1), timeZone).getTime())), calendar)
  let minutes = 0
  const before = spans.map(({ from, to }) => {
    const here = minutes
    minutes += (to.getTime() - from.getTime()) / 60_000
    return here
  })
  const moments = (list: Date[]) => sql`${`{${list.map((at) => at.toISOString()).join(',')}}`}::timestamptz[]`
  const [starts, ends, sums] = [moments(spans.map(({ from }) => from)), moments(spans.map(({ to }) => to)), sql`${`{${before.join(',')}}`}::float8[]`]
  const upTo = (at: SQL) => sql`(select case when b.i = 0 then 0 else (${sums})[b.i] + extract(epoch from least(${at}, (${ends})[b.i]) - (${starts})[b.i])::float8 / 60 end from (select width_bucket(${at}, ${starts}) as i) b)`
  return sql`(${upTo(sql`l.first_response_at`)} - ${upTo(sql`l.came_in_at`)})`
}

async function namesOf(tx: Tx, by: SpeedDimension, ids: readonly string[]): Promise<Map<string, { label: string; kind: string | null }>> {
  const { names, kind } = dimensions[by]
  if (names === null || ids.length === 0) return new Map()
  const rows = await tx.execute<{ id: string; label: string; kind: string | null }>(sql`select d.id::text as id, d.name as label, ${kind} as kind from ${names} d where d.id = any (${`{${ids.join(',')}}`}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

function rowOf(by: SpeedDimension, { id, answered, unanswered, kept, missed, cal50, cal90, work50, work90 }: Counted, named?: { label: string; kind: string | null }): SpeedRow {
  const key = id === null || by === 'hour' ? id : fromUuid(by === 'channel' ? 'ch' : 'mem', id)
  return {
    key, label: named?.label ?? null, kind: named?.kind ?? null, answered, unanswered, kept, missed,
    calendar: { p50: cal50, p90: cal90 }, working: { p50: work50, p90: work90 }, in_time: keptShare({ kept, missed }), judged: answered >= judgedFrom.leads,
  }
}
