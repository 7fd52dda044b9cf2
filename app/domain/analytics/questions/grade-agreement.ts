// Do the reps' grades and Clew's suggestions say the same, and who was right more often?
// Of every visible valid lead the newest standing grade that a person gave, with the suggestion kept beside it. Reads
// `grade_suggestions` once (org, at), each with its move, stage and lead by primary key.
import { and, sql } from 'drizzle-orm'
import { wilson, type Interval } from '~/lib/intervals'
import { isId, toUuid, type Id } from '~/lib/ids'
import { weightedKappa } from '~/lib/weighted-kappa'
import type { Tx } from '~db/client.server'
import { memberOf, query } from '../../kernel'
import { leadFilter, standingGradings, visibleLeads } from '../../leads'
import { LeadFilter } from '../../leads/contract'
import { grades, type Grade } from '../../leads/vocabulary'
import { GradeAgreementQuery } from '../contract'
import { judgedFrom } from '../metrics'
import { organisationOf } from '../moments'

/** How often leads of a grade were won, of those whose outcome is known (won, lost, or graded half a year ago). */
export type WinRate = { leads: number; decided: number; won: number; interval: Interval | null; judged: boolean }
export type Agreement = {
  leads: number; agreed: number
  /** quadratic weights, Cohen 1968; null where it is not defined */
  kappa: number | null
  /** where they differ and the outcome is known: who was right */
  differed: { decided: number; rep: number; clew: number }
}
export type RepAgreement = Agreement & { key: Id<'mem'> | null; label: string | null }
/** `table[given][suggested]` counts leads. */
export type GradeAgreement = Agreement & {
  table: Record<Grade, Record<Grade, number>>
  given: Record<Grade, WinRate>; suggested: Record<Grade, WinRate>
  reps: RepAgreement[]
}
type Counted = { given: Grade; suggested: Grade; by: string | null; decided: boolean; won: boolean; n: number }

/** How far reps and Clew agree, and each grade's win rate. Only leads the viewer may see. Refuses: not-allowed. */
export const gradeAgreement = query({
  name: 'report.grade-agreement',
  permission: 'reports:read',
  input: GradeAgreementQuery,
  async run({ tx, ctx }): Promise<GradeAgreement> {
    const { timeZone } = await organisationOf(tx)
    const counted = [...await tx.execute<Counted>(sql`
      select k.given, k.suggested, k.by, k.decided, k.won, count(*)::int as n
      from (${standingGradings(ctx.now)}) k join leads l on l.id = k.lead_id join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
      where ${and(visibleLeads(ctx, 'l'), leadFilter(ctx, LeadFilter.parse({ verdict: 'valid' }), timeZone))}
      group by 1, 2, 3, 4, 5`)]
    const names = await membersOf(tx, counted.flatMap(({ by }) => (isId('mem', by) ? [by] : [])))
    // Colleagues' judgement is shown to who sees everybody's leads; others see their own.
    const seesAll = ctx.actor.kind !== 'user' || ctx.actor.visibility.leads === 'all'
    const reps = [...new Set(counted.map(({ by }) => by))].filter((by) => seesAll || by === memberOf(ctx.actor)).map((by): RepAgreement => {
      const key = isId('mem', by) ? by : null
      return { key, label: key === null ? null : (names.get(key) ?? null), ...agreementOf(counted.filter((row) => row.by === by)) }
    })
    reps.sort((a, b) => b.leads - a.leads || (a.label ?? '').localeCompare(b.label ?? ''))
    const rates = (of: 'given' | 'suggested') => Object.fromEntries(grades.map((grade) => [grade, winRateOf(counted.filter((row) => row[of] === grade))])) as Record<Grade, WinRate>
    const table = Object.fromEntries(grades.map((given) => [given, Object.fromEntries(grades.map((suggested) => [suggested, sum(counted, (row) => row.given === given && row.suggested === suggested)]))])) as GradeAgreement['table']
    return { ...agreementOf(counted), table, given: rates('given'), suggested: rates('suggested'), reps }
  },
})

/** The filter of the list of leads behind a number of the agreement: `given-A.suggested-B`, see `LeadFilter.grading`. */
export const gradingBehind = (grading: string): LeadFilter => LeadFilter.parse({ verdict: 'valid', grading })

const sum = (rows: readonly Counted[], is: (row: Counted) => boolean = () => true): number => rows.reduce((total, row) => (is(row) ? total + row.n : total), 0)

function agreementOf(rows: readonly Counted[]): Agreement {
  const differed = rows.filter(({ given, suggested, decided }) => decided && given !== suggested)
  const rep = sum(differed, ({ given, suggested, won }) => (given < suggested) === won)
  const table = grades.map((given) => grades.map((suggested) => sum(rows, (row) => row.given === given && row.suggested === suggested)))
  return { leads: sum(rows), agreed: sum(rows, ({ given, suggested }) => given === suggested), kappa: weightedKappa(table), differed: { decided: sum(differed), rep, clew: sum(differed) - rep } }
}

function winRateOf(rows: readonly Counted[]): WinRate {
  const [decided, won] = [sum(rows, (row) => row.decided), sum(rows, (row) => row.won)]
  return { leads: sum(rows), decided, won, interval: wilson(won, decided), judged: decided >= judgedFrom.leads }
}

async function membersOf(tx: Tx, ids: readonly Id<'mem'>[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const byUuid = new Map(ids.map((id) => [toUuid(id), id]))
  const rows = await tx.execute<{ id: string; name: string }>(sql`select m.id::text as id, m.name from members m where m.id = any (${`{${[...byUuid.keys()].join(',')}}`}::uuid[])`)
  return new Map(rows.map(({ id, name }) => [byUuid.get(id) ?? id, name]))
}
