import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import type { Cell } from '../scoring/vocabulary'
import type { ChanceStep, QueueRates } from './queue-rates'

/** The newest so many leads with an outcome are looked at. */
const MOST = 20_000

const rank = (points: SQL, group: 'fit' | 'interest') => {
  const from = (at: number) => sql`(k.terms->'thresholds'->${group}->>${at}::int)::int`
  return sql`(case when ${points} >= ${from(0)} then 1 when ${points} >= ${from(1)} then 2 when ${points} >= ${from(2)} then 3 else 4 end)`
}

/**
 * Of leads that ended, how many were won by step and cell. The cell is the card's as it stood at the step (a day after an
 * inquiry came in, when it was qualified, when it was graded): where it stands today the outcome itself has moved it.
 * `ended` are rows of `lead_id, won, grade, came_in_at, qualified_at, graded_at`. Reads `score_lines_lead`.
 */
export async function cellOutcomes(tx: Tx, ended: SQL): Promise<NonNullable<QueueRates['scored']>> {
  const rows = await tx.execute<{ step: ChanceStep; cell: Cell; won: number; of: number }>(sql`
    with newest as (select * from (${ended}) ended order by came_in_at desc limit ${MOST}),
      standing as (
        select e.won, m.step, ${rank(sql`p.fit`, 'fit')} * 10 + ${rank(sql`p.interest`, 'interest')} as cell
        from newest e join lead_scores sc on sc.lead_id = e.lead_id and sc.cell is not null join score_cards k on k.id = sc.card_id and k.state = 'published'
        cross join lateral (values ('inquiry', e.came_in_at + interval '1 day'), ('qualified', e.qualified_at), (e.grade, e.graded_at)) m (step, at)
        join lateral (
          select coalesce(sum(worth) filter (where x.group_key = 'fit'), 0) as fit, coalesce(sum(worth) filter (where x.group_key = 'interest'), 0) as interest
          from score_lines x, lateral (select clew_find.worth(x.points, x.at, x.half_life_days, x.expires_at, m.at) as worth) then_
          where x.org_id = sc.org_id and x.lead_id = sc.lead_id and x.card_id = sc.card_id and x.at <= m.at) p on true
        where m.step is not null and m.at is not null)
    select step, cell, count(*) filter (where won)::int as won, count(*)::int as of from standing group by step, cell`)
  return Object.fromEntries(rows.map(({ step, cell, won, of }) => [`${step} ${cell}`, { won, of }]))
}
