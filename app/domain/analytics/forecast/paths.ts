import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../../kernel'
import { foldMoves, startState, visibleLeads, type ChanceStep, type StageMove, type StageState } from '../../leads'
import type { Grade, Stage } from '../../leads/vocabulary'
import type { ForecastQuestion } from '../contract'

/** A move and when it was known: history that was imported counts as known on its own day. `undoneAt`: when it was taken back. */
export type KnownMove = StageMove & { knownAt: Date; undoneAt: Date | null }

/** A lead that ever moved. `mine`: it passes the question's filters and the viewer may see it. Junk is so from `junkAt` on. */
export type Path = {
  leadId: Id<'lead'>; ownerId: Id<'mem'> | null; channelId: Id<'ch'> | null; lineId: Id<'pl'>
  cameInAt: Date; isImported: boolean; junkAt: Date | null; mine: boolean; moves: KnownMove[]
}

/** How many leads came in on a day (of the organisation), and the day they were found to be junk. */
export type Arrivals = { day: string; junk: string | null; n: number }

/** What was known before a moment: nothing that was recorded later, and nothing that had been taken back by then. */
const knownBefore = (path: Path, moment: Date): KnownMove[] => path.moves.filter(({ knownAt, undoneAt }) => knownAt < moment && (undoneAt === null || undoneAt >= moment))

/** What was known of a lead from a moment on, until the next: its state, and when it first entered each step. */
type Version = { from: number; state: StageState; entered: ReadonlyMap<ChanceStep, Date> }

/** Each path is folded once, however many months ask for it. */
const folded = new WeakMap<Path, Version[]>()

function versionsOf(path: Path): Version[] {
  const start: Version = { from: Number.NEGATIVE_INFINITY, state: startState(path.cameInAt, path.isImported), entered: new Map([['inquiry', path.cameInAt]]) }
  const changes = [...new Set(path.moves.flatMap(({ knownAt, undoneAt }) => (undoneAt === null ? [knownAt.getTime()] : [knownAt.getTime(), undoneAt.getTime()])))].sort((a, b) => a - b)
  return [start, ...changes.map((from): Version => {
    const known = knownBefore(path, new Date(from + 1))
    return { from, state: foldMoves(start.state, known), entered: entriesOf(path, known) }
  })]
}

/** A lead's first entry of each step. */
function entriesOf(path: Path, known: readonly KnownMove[]): Map<ChanceStep, Date> {
  const entered = new Map<ChanceStep, Date>([['inquiry', path.cameInAt]])
  for (const { to, at, grade } of known) {
    if (to !== 'qualified' && to !== 'graded') continue
    const step = stepOf({ stage: to, grade })
    if (!entered.has(step)) entered.set(step, at)
  }
  return entered
}

/** What was known of a lead just before a moment. */
export function versionBefore(path: Path, moment: Date): Version {
  const versions = folded.get(path) ?? versionsOf(path)
  folded.set(path, versions)
  return versions.reduce((found, version) => (version.from < moment.getTime() ? version : found))
}

export const stateBefore = (path: Path, moment: Date): StageState => versionBefore(path, moment).state

export const isValidBefore = ({ junkAt }: Pick<Path, 'junkAt'>, moment: Date): boolean => junkAt === null || junkAt >= moment

/** The step whose chance a state has: a graded lead that of its grade. */
export const stepOf = ({ stage, grade }: { stage: Stage; grade: Grade | null }): ChanceStep => (stage === 'graded' ? (grade ?? 'D') : stage === 'qualified' ? 'qualified' : 'inquiry')

type Row = {
  lead: string; owner: string | null; channel: string | null; line: string; came: number; lead_imported: boolean; junk: number | null; mine: boolean
  stage: Stage; at: number; known: number; undone: number | null; imported: boolean; grade: Grade | null; amount: string | null; currency: string | null; month: string | null
}

/** The filters of a question as a predicate over `leads l`. */
export function forecastScope(ctx: Context, { owner, channel, line }: Pick<ForecastQuestion, 'owner' | 'channel' | 'line'>): SQL {
  const is = (column: SQL, value: string | undefined) => (value === undefined ? sql`true` : value === 'none' ? sql`${column} is null` : sql`coalesce(${column} = ${toUuid(value)}::uuid, false)`)
  return sql`${visibleLeads(ctx, 'l')} and ${is(sql`l.owner_id`, owner)} and ${is(sql`l.channel_id`, channel)} and ${is(sql`l.product_line_id`, line)}`
}

/**
 * Every lead of the organisation that ever moved, with its moves in their order. One pass over `stage_moves` and its
 * leads; the first row of a lead (its arrival) is no move. Rates are learned from all of them, whoever asks.
 */
export async function readPaths(tx: Tx, ctx: Context, question: ForecastQuestion): Promise<Path[]> {
  const ms = (column: SQL) => sql`(extract(epoch from ${column}) * 1000)::float8`
  const rows = await tx.execute<Row>(sql`
    select l.id as lead, l.owner_id as owner, l.channel_id as channel, l.product_line_id as line, ${ms(sql`l.came_in_at`)} as came, l.is_imported as lead_imported,
      case when l.verdict = 'junk' then ${ms(sql`coalesce(l.junk_at, l.came_in_at)`)} end as junk, ${forecastScope(ctx, question)} as mine,
      m.to_stage as stage, ${ms(sql`m.at`)} as at, ${ms(sql`case when m.is_imported then m.at else m.recorded_at end`)} as known, ${ms(sql`u.recorded_at`)} as undone,
      m.is_imported as imported, m.grade, m.amount::text as amount, m.currency, m.expected_month as month
    from stage_moves m join leads l on l.org_id = m.org_id and l.id = m.lead_id
      left join stage_moves u on u.org_id = m.org_id and u.lead_id = m.lead_id and u.undoes = m.id
    where m.undoes is null and (m.from_stage is not null or m.to_stage <> 'inquiry') and l.duplicate_of is null
    order by m.lead_id, m.recorded_at, m.id`)
  const paths = new Map<string, Path>()
  for (const row of rows) {
    const path = paths.get(row.lead) ?? pathOf(row)
    paths.set(row.lead, path)
    path.moves.push({
      to: row.stage, at: new Date(row.at), reason: null, grade: row.grade, amount: row.amount === null ? null : BigInt(row.amount), currency: row.currency, month: row.month,
      isImported: row.imported, knownAt: new Date(row.known), undoneAt: row.undone === null ? null : new Date(row.undone),
    })
  }
  return [...paths.values()]
}

const pathOf = ({ lead, owner, channel, line, came, lead_imported: isImported, junk, mine }: Row): Path => ({
  leadId: fromUuid('lead', lead), ownerId: owner === null ? null : fromUuid('mem', owner), channelId: channel === null ? null : fromUuid('ch', channel), lineId: fromUuid('pl', line),
  cameInAt: new Date(came), isImported, junkAt: junk === null ? null : new Date(junk), mine, moves: [],
})

/** Leads by the day they came in: what inquiries are divided by. One pass over `leads`. */
export async function readArrivals(tx: Tx, timeZone: string): Promise<Arrivals[]> {
  const dayOf = (column: SQL) => sql`(${column} at time zone ${timeZone}::text)::date::text`
  const rows = await tx.execute<Arrivals>(sql`
    select ${dayOf(sql`l.came_in_at`)} as day, case when l.verdict = 'junk' then ${dayOf(sql`coalesce(l.junk_at, l.came_in_at)`)} end as junk, count(*)::int as n
    from leads l where l.duplicate_of is null group by 1, 2`)
  return [...rows]
}
