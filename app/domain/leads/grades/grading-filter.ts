import { sql, type SQL } from 'drizzle-orm'

/** An outcome is known once a lead is won or lost; graded so long ago and still open, it counts as not won. */
const RIPE_DAYS = 180

/** A lead whose last grade was given by a person: what they said, what Clew would have said, and what came of it. */
export type Grading = { given: string; suggested: string; by: string | null; decided: boolean; won: boolean }

/**
 * One row a lead: the newest grade given by a person that was not taken back, with the suggestion kept beside it.
 * Columns: lead_id, given, suggested, by (the member), decided, won.
 */
export const standingGradings = (now: Date): SQL => sql`
  select distinct on (g.lead_id) g.lead_id, g.given, g.suggested, m.actor_id as by, s.stage = 'won' as won,
    s.stage in ('won', 'lost') or g.at < ${now.toISOString()}::timestamptz - make_interval(days => ${RIPE_DAYS}) as decided
  from grade_suggestions g
    join stage_moves m on m.org_id = g.org_id and m.id = g.move_id
    join lead_stages s on s.org_id = g.org_id and s.lead_id = g.lead_id
  where not exists (select from stage_moves u where u.org_id = g.org_id and u.lead_id = g.lead_id and u.undoes = g.move_id)
  order by g.lead_id, g.at desc, g.move_id desc`

// The rep was right where the better grade of theirs was won, or the worse one was not; else Clew was.
const repIsRight = sql`((k.given < k.suggested) = k.won)`
const parts: Record<string, SQL> = {
  agreed: sql`k.given = k.suggested`, differed: sql`k.given <> k.suggested`, decided: sql`k.decided`, won: sql`k.won`,
  'right-rep': sql`(k.given <> k.suggested and k.decided and ${repIsRight})`, 'right-clew': sql`(k.given <> k.suggested and k.decided and not ${repIsRight})`,
}

/** Leads graded like this: words joined by dots, all of which must hold; `any` is every lead with a kept suggestion. */
export function gradedAs(grading: string, now: Date): SQL {
  const conditions = grading.split('.').map((word) => {
    if (word.startsWith('given-')) return sql`k.given = ${word.slice(6)}`
    if (word.startsWith('suggested-')) return sql`k.suggested = ${word.slice(10)}`
    // What is no member's id is nobody's.
    if (word.startsWith('by-')) return sql`k.by = ${word.slice(3)}`
    return parts[word] ?? sql`true`
  })
  return sql`l.id in (select k.lead_id from (${standingGradings(now)}) k where ${sql.join(conditions, sql` and `)})`
}
