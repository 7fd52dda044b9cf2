import { and, or, sql, type SQL } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { addDays, dayStart } from '~/lib/period'
import { memberOf, type Context } from '../kernel'
import type { LeadFilter } from './contract'
import { conditionSql } from './filter-conditions'
import { inCells, isScored } from './effective-cell'
import { searched } from './filter-search'
import { gradedAs } from './grades/grading-filter'
import type { Reachable } from './vocabulary'

/**
 * When a lead first reached a stage: a skip forward implies the stages before (metrics.md §2). Names the tables
 * `leads` and `lead_stages` as `l` and `s`.
 */
export const reachedAt: Record<Reachable, SQL> = {
  inquiry: sql`l.came_in_at`,
  qualified: sql`least(s.qualified_at, s.graded_at, s.won_at)`,
  graded: sql`least(s.graded_at, s.won_at)`,
  won: sql`s.won_at`,
}

/**
 * The one predicate of lists, counts, exports, API and funnel bars, over `leads l join lead_stages s`. Cohort: leads
 * that came in from `from` to `to`, as they stood at the end of `as_of`; activity: leads of which it happened then.
 * Days are of `timeZone`. Duplicates are in none of them. Visibility is not in it: add `visibleLeads(ctx, 'l')`.
 */
export function leadFilter(ctx: Context, filter: LeadFilter, timeZone: string): SQL {
  const when = (day: string | undefined, later: number) =>
    day === undefined ? undefined : sql`${dayStart(addDays(day, later), timeZone).toISOString()}::timestamptz`
  const [start, end, horizon] = [when(filter.from, 0), when(filter.to, 1), when(filter.as_of, 1)]
  const event = filter.lost ? sql`s.lost_at` : filter.reached !== undefined ? reachedAt[filter.reached] : filter.verdict === 'junk' ? junkedAt : reachedAt.inquiry
  const dated = filter.view === 'activity' ? event : reachedAt.inquiry
  const conditions = [
    // A duplicate is told and counted by the lead that stands for it.
    sql`l.duplicate_of is null`,
    start && sql`${dated} >= ${start}`,
    end && sql`${dated} < ${end}`,
    horizon && sql`l.came_in_at < ${horizon}`,
    (filter.reached !== undefined || filter.lost) ? (horizon ? sql`${event} < ${horizon}` : sql`${event} is not null`) : undefined,
    filter.stage && sql`l.stage = ${filter.stage}`,
    filter.verdict && verdictBy(filter.verdict, horizon),
    oneOf('channel_id', filter.channel),
    oneOf('campaign_id', filter.campaign),
    oneOf('owner_id', filter.owner === 'me' ? (memberOf(ctx.actor) ?? 'none') : filter.owner),
    oneOf('source_id', filter.source),
    filter.answered && sql`not l.is_imported and l.first_response_at is ${filter.answered === 'yes' ? sql`not null` : sql`null`}`,
    filter.hour === undefined ? undefined : sql`extract(hour from l.came_in_at at time zone ${timeZone}::text) = ${filter.hour}`,
    filter.sla && promised(filter.sla),
    filter.grading === undefined ? undefined : gradedAs(filter.grading, ctx.now),
    filter.cell === undefined ? undefined : filter.cell === 'none' ? sql`not ${isScored}` : inCells([filter.cell]),
    searched(filter.q),
    ...(filter.f ?? []).map((condition) => conditionSql(ctx, condition, timeZone)),
    or(...(filter.or ?? []).map((condition) => conditionSql(ctx, condition, timeZone))),
  ]
  return and(...conditions) ?? sql`true`
}

/** Whether the first clock of a lead was stopped by an answer in time, or ran out. */
const promised = (sla: 'kept' | 'missed'): SQL => sql`exists (select from sla_clocks c where c.org_id = l.org_id and c.lead_id = l.id and c.turn = 1
  and ${sla === 'kept' ? sql`c.stop_reason = 'contact' and c.breached_at is null` : sql`c.breached_at is not null`})`

const junkedAt = sql`coalesce(l.junk_at, l.came_in_at)`

/** The verdict as it was known at the horizon: what was found to be junk later was still valid then. */
function verdictBy(verdict: 'valid' | 'junk', horizon: SQL | undefined): SQL {
  const isJunk = horizon === undefined ? sql`l.verdict = 'junk'` : sql`(l.verdict = 'junk' and ${junkedAt} < ${horizon})`
  return verdict === 'junk' ? isJunk : sql`not (${isJunk})`
}

function oneOf(column: 'channel_id' | 'campaign_id' | 'owner_id' | 'source_id', value: string | undefined): SQL | undefined {
  if (value === undefined) return undefined
  const name = sql`l.${sql.identifier(column)}`
  return value === 'none' ? sql`${name} is null` : sql`${name} = ${toUuid(value)}::uuid`
}
