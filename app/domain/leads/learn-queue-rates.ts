import { sql, type SQL } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { database } from '~db/client.server'
import { queueRates } from '~db/schema'
import { command, systemContext } from '../kernel'
import { cellOutcomes } from './cell-outcomes'
import { Nothing } from './contract'
import { noRates, type ChanceStep, type QueueRates } from './queue-rates'

/** Outcomes of this long ago and younger count; whoever is still open after half a year counts as not won. */
const YEARS = 2
const RIPE_DAYS = 180

/**
 * Learns what the organisation's own history says: sums of won amounts by product line and channel kind (in its
 * currency), and of the leads that reached each stage and have an outcome, how many were won, also by the cell of their
 * score. Junk and duplicates are left out. Reads one pass over `lead_stages`; once a day.
 */
export const learnQueueRates = command({
  name: 'lead.learn-queue-rates',
  permission: 'leads:write',
  input: Nothing,
  async run({ tx, ctx }): Promise<QueueRates> {
    const [org] = await tx.execute<{ currency: string }>(sql`select currency from organisations`)
    const now = sql`${ctx.now.toISOString()}::timestamptz`
    const rates = noRates(org?.currency ?? 'CNY')
    const sums = await tx.execute<{ line: string; kind: string | null; sum: number; n: number }>(sql`
      select l.product_line_id::text as line, ch.kind, sum(s.won_amount)::float8 as sum, count(*)::int as n
      from lead_stages s join leads l on l.org_id = s.org_id and l.id = s.lead_id left join channels ch on ch.org_id = l.org_id and ch.id = l.channel_id
      where s.won_at > ${now} - make_interval(years => ${YEARS}) and s.won_amount > 0 and s.won_currency = ${rates.currency} and l.verdict = 'valid' and l.duplicate_of is null
      group by 1, 2`)
    for (const { line, kind, sum, n } of sums) {
      for (const [book, key] of [[rates.lines, line], [rates.cells, `${line}|${kind ?? ''}`]] as const) book[key] = { sum: (book[key]?.sum ?? 0) + sum, n: (book[key]?.n ?? 0) + n }
      rates.all = { sum: rates.all.sum + sum, n: rates.all.n + n }
    }
    const [expected] = await tx.execute<{ sum: number; n: number }>(sql`
      select coalesce(sum(s.expected_amount), 0)::float8 as sum, count(*)::int as n from lead_stages s where s.expected_amount > 0 and s.expected_currency = ${rates.currency}`)
    if (expected !== undefined) rates.expected = { sum: expected.sum, n: expected.n }
    const reached = await tx.execute<{ step: ChanceStep; won: number; of: number }>(sql`
      with ended as (${ended(now)})
      select 'inquiry' as step, count(*) filter (where won)::int as won, count(*)::int as of from ended
      union all select 'qualified', count(*) filter (where won)::int, count(*)::int from ended where qualified_at is not null
      union all select grade, count(*) filter (where won)::int, count(*)::int from ended where grade is not null group by grade`)
    rates.chances = Object.fromEntries(reached.map(({ step, won, of }) => [step, { won, of }]))
    rates.scored = await cellOutcomes(tx, ended(now))
    await tx.insert(queueRates).values({ orgId: ctx.orgId, rates, learnedAt: ctx.now })
      .onConflictDoUpdate({ target: [queueRates.orgId], set: { rates, learnedAt: ctx.now } })
    return rates
  },
})

/** Leads that have an outcome. A skip forward implies the stages before. */
const ended = (now: SQL): SQL => sql`
  select l.id as lead_id, s.won_at is not null and s.stage = 'won' as won, s.grade, l.came_in_at, least(s.qualified_at, s.graded_at, s.won_at) as qualified_at, s.graded_at
  from lead_stages s join leads l on l.org_id = s.org_id and l.id = s.lead_id
  where l.verdict = 'valid' and l.duplicate_of is null and l.came_in_at > ${now} - make_interval(years => ${YEARS})
    and (s.stage in ('won', 'lost') or l.came_in_at < ${now} - make_interval(days => ${RIPE_DAYS}))`

/** Learns anew in every organisation. */
export async function learnAllQueueRates(now: Date): Promise<void> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  for (const { org_id: org } of orgs) await learnQueueRates(systemContext(fromUuid('org', org), 'learn-queue-rates', now), {})
}
