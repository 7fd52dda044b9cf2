// How long do leads take from one stage to the next, and where and why are they lost?
// Cohort: leads that came in during the period; activity: leads that reached the later stage in it. Median and 90th
// percentile, never the mean (metrics.md §2): a few very old leads would decide it. Reads leads by `leads_came_in`
// (org, came_in_at) with lead_stages by primary key; the organisation's first lead and win by `leads_came_in` and `lead_stages_won`.
import { and, sql, type SQL } from 'drizzle-orm'
import { localDate } from '~/lib/period'
import { query } from '../../kernel'
import { leadFilter, reachedAt, visibleLeads } from '../../leads'
import { FunnelQuestion } from '../contract'
import { day, horizonOf, organisationOf } from '../moments'
import { filterBehind } from './funnel-by-stage'

/** Whole and part days between two stages; null where nobody made the step. */
export type StepTime = { median: number | null; p90: number | null }
export type LostAt = { from: 'inquiry' | 'qualified' | 'graded'; reason: string | null; leads: number }
export type StageTimes = {
  to_qualified: StepTime
  to_graded: StepTime
  to_won: StepTime
  lost: LostAt[]
  /** valid leads standing open at each stage, and how many of them are younger than most wins take */
  open: Record<'inquiry' | 'qualified' | 'graded', { leads: number; ripening: number }>
  /** how often a valid lead is won within the median cycle; the days that half of all wins took */
  median_cycle: number | null
  /** days of the first lead and the first win known at all: a long gap means that early wins are missing */
  first_lead: string | null
  first_win: string | null
}
type Times = Record<'q50' | 'q90' | 'g50' | 'g90' | 'w50' | 'w90', number | null>
type Open = { stage: 'inquiry' | 'qualified' | 'graded'; leads: number; ripening: number }

/** Times between stages, losses by stage and reason, and what is still open, of the same leads as the funnel. Refuses: not-allowed, invalid. */
export const timeBetweenStages = query({
  name: 'report.time-between-stages',
  permission: 'reports:read',
  input: FunnelQuestion,
  async run({ tx, ctx, input }): Promise<StageTimes> {
    const { timeZone } = await organisationOf(tx)
    const horizon = horizonOf(ctx, input.as_of, timeZone)
    const scope = (metric: 'qualified' | 'graded' | 'won' | 'lost' | 'valid_leads') => leadFilter(ctx, filterBehind(input, metric), timeZone)
    const visible = visibleLeads(ctx, 'l')
    const tables = sql`leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id`
    // A step that was skipped took no time: only leads that made both ends of it are timed.
    const step = (from: SQL, to: SQL, metric: 'qualified' | 'graded' | 'won', at: number) => {
      const days = sql`extract(epoch from ${to} - ${from}) / 86400.0`
      return sql`(percentile_cont(${at}::float8) within group (order by ${days}) filter (where ${from} is not null and ${to} is not null and ${scope(metric)}))::float8`
    }
    const toQualified = (at: number) => step(sql`l.came_in_at`, sql`s.qualified_at`, 'qualified', at)
    const toGraded = (at: number) => step(sql`s.qualified_at`, sql`s.graded_at`, 'graded', at)
    const toWon = (at: number) => step(sql`s.graded_at`, sql`s.won_at`, 'won', at)
    const range = input.view === 'cohort' ? scopeOfCohort(input, timeZone) : sql`least(l.came_in_at, s.qualified_at, s.graded_at, s.won_at, s.lost_at) < ${day(input.to, 1, timeZone)}`
    const [times] = await tx.execute<Times>(sql`
      select ${toQualified(0.5)} as q50, ${toQualified(0.9)} as q90, ${toGraded(0.5)} as g50, ${toGraded(0.9)} as g90,
        ${toWon(0.5)} as w50, ${toWon(0.9)} as w90
      from ${tables} where ${and(visible, range)}`)
    const lost = await tx.execute<LostAt>(sql`
      select case when ${reachedAt.graded} is not null then 'graded' when ${reachedAt.qualified} is not null then 'qualified' else 'inquiry' end as from,
        s.lost_reason as reason, count(*)::int as leads
      from ${tables} where ${and(visible, scope('lost'))} group by 1, 2 order by leads desc, reason`)
    const [whole] = await tx.execute<{ p50: number | null; p90: number | null; first_lead: Date | string | null; first_win: Date | string | null }>(sql`
      select (percentile_cont(0.5) within group (order by extract(epoch from s.won_at - l.came_in_at)) filter (where s.won_at < ${horizon}))::float8 as p50,
        (percentile_cont(0.9) within group (order by extract(epoch from s.won_at - l.came_in_at)) filter (where s.won_at < ${horizon}))::float8 as p90,
        min(l.came_in_at) as first_lead, min(s.won_at) as first_win
      from ${tables} where ${visible}`)
    const before = (stage: 'qualified' | 'graded') => sql`coalesce(${reachedAt[stage]} < ${horizon}, false)`
    const open = await tx.execute<Open>(sql`
      select case when ${before('graded')} then 'graded' when ${before('qualified')} then 'qualified' else 'inquiry' end as stage, count(*)::int as leads,
        count(*) filter (where l.came_in_at > ${horizon} - make_interval(secs => ${whole?.p90 ?? null}::float8))::int as ripening
      from ${tables}
      where ${and(visible, scope('valid_leads'))} and (s.won_at is null or s.won_at >= ${horizon}) and (s.lost_at is null or s.lost_at >= ${horizon})
      group by 1`)
    const at = (stage: Open['stage']) => {
      const found = open.find((row) => row.stage === stage)
      return { leads: found?.leads ?? 0, ripening: found?.ripening ?? 0 }
    }
    const localDay = (moment: Date | string | null | undefined) => (moment === null || moment === undefined ? null : localDate(new Date(moment), timeZone))
    return {
      to_qualified: { median: times?.q50 ?? null, p90: times?.q90 ?? null },
      to_graded: { median: times?.g50 ?? null, p90: times?.g90 ?? null },
      to_won: { median: times?.w50 ?? null, p90: times?.w90 ?? null },
      lost: [...lost],
      open: { inquiry: at('inquiry'), qualified: at('qualified'), graded: at('graded') },
      median_cycle: whole?.p50 === null || whole?.p50 === undefined ? null : whole.p50 / 86_400,
      first_lead: localDay(whole?.first_lead), first_win: localDay(whole?.first_win),
    }
  },
})

const scopeOfCohort = ({ from, to }: FunnelQuestion, timeZone: string) => sql`l.came_in_at >= ${day(from, 0, timeZone)} and l.came_in_at < ${day(to, 1, timeZone)}`
