import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { CardOutcome, LeftOutLeads } from '../contract'

/** A lead of which it is known how it came out; `ever`: or came good later than was asked. */
export type PastLead = { leadId: Id<'lead'>; cameInAt: Date; isPositive: boolean; ever: boolean }
export type PastLeads = { leads: PastLead[]; /** of so many, where there are more than were read */ sampledFrom: number | null; leftOut: LeftOutLeads }
export type Outcomes = { leads: number; positives: number; leftOut: LeftOutLeads }

type Asked = { outcome: CardOutcome; horizonDays: number; now: Date }
const NEEDED_LEADS = 300
const NEEDED_EACH = 30

/**
 * Below this nothing is learned: 300 leads, and 30 of each outcome, which is three in each tenth of them. Einstein asks for 1,000 leads of
 * which 120 converted and HubSpot for 100 contacts (metrics.md §6); a ridge that is calibrated and judged on leads it has not seen, and says
 * how wide it may be off, stands between them.
 */
export const gate = { leads: NEEDED_LEADS, each: NEEDED_EACH } as const

/**
 * Leads of which it is known how they came out, oldest first: valid, no duplicates, come in more than `horizonDays` ago. Where those are too few,
 * younger ones that are closed already count, too. Imported leads count where their source ever brought an outcome: a list of contacts says nothing.
 */
export async function pastLeads(tx: Tx, asked: Asked, most: number): Promise<PastLeads> {
  const { leads, leftOut, isRipeOnly } = await outcomesOf(tx, asked)
  const rows = await tx.execute<{ id: string; at: string; came: boolean; ever: boolean }>(sql`
    select l.id, l.came_in_at::text as at, ${cameGood(asked)} as came, ${everGood(asked)} as ever from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    where ${valid} and ${isRipeOnly ? ripe(asked) : known(asked)} and ${withHistory} order by l.came_in_at desc, l.id desc limit ${most}`)
  const found = rows.map(({ id, at, came, ever }) => ({ leadId: fromUuid('lead', id), cameInAt: new Date(at), isPositive: came, ever })).reverse()
  return { leads: found, sampledFrom: leads > found.length ? leads : null, leftOut }
}

/** How many leads there are to learn from, how many came good, and what is left out, and why. */
export async function outcomesOf(tx: Tx, asked: Asked): Promise<Outcomes & { isRipeOnly: boolean }> {
  const [row] = await tx.execute<Record<'ripe' | 'ripe_good' | 'known' | 'known_good' | 'open' | 'junk' | 'merged' | 'imported', number>>(sql`
    select count(*) filter (where fits and ripe)::int as ripe, count(*) filter (where fits and ripe and came)::int as ripe_good,
      count(*) filter (where fits and known)::int as known, count(*) filter (where fits and known and came)::int as known_good, count(*) filter (where fits and not known)::int as open,
      count(*) filter (where not merged and junk)::int as junk, count(*) filter (where merged)::int as merged, count(*) filter (where valid and not history)::int as imported
    from (select ${valid} as valid, ${valid} and ${withHistory} as fits, ${withHistory} as history, l.verdict <> 'valid' as junk, l.duplicate_of is not null as merged,
      ${ripe(asked)} as ripe, ${known(asked)} as known, ${cameGood(asked)} as came
      from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id) each`)
  const of = (name: keyof NonNullable<typeof row>) => row?.[name] ?? 0
  const isRipeOnly = isEnough({ leads: of('ripe'), positives: of('ripe_good') })
  const [leads, positives] = isRipeOnly ? [of('ripe'), of('ripe_good')] : [of('known'), of('known_good')]
  return { leads, positives, isRipeOnly, leftOut: { open: of('open') + (isRipeOnly ? of('known') - of('ripe') : 0), junk: of('junk'), merged: of('merged'), importedWithoutOutcomes: of('imported') } }
}

export const isEnough = ({ leads, positives }: { leads: number; positives: number }): boolean => leads >= gate.leads && positives >= gate.each && leads - positives >= gate.each

const valid = sql`(l.verdict = 'valid' and l.duplicate_of is null)`
const until = ({ horizonDays }: Asked): SQL => sql`l.came_in_at + ${`${horizonDays} days`}::interval`
const ripe = (asked: Asked): SQL => sql`(${until(asked)} < ${asked.now.toISOString()}::timestamptz)`
const known = (asked: Asked): SQL => sql`(${ripe(asked)} or s.stage in ('won', 'lost'))`
const withHistory = sql`(not l.is_imported or l.source_id in (select i.source_id from leads i join lead_stages o on o.org_id = i.org_id and o.lead_id = i.id where i.is_imported and o.stage in ('won', 'lost')))`

// A deal that was cancelled is none; whoever was graded or won at once was qualified, too.
function cameGood(asked: Asked): SQL {
  return asked.outcome === 'won'
    ? sql`(s.stage = 'won' and s.won_at <= ${until(asked)})`
    : sql`coalesce(least(s.qualified_at, s.graded_at, s.won_at) <= ${until(asked)}, false)`
}

const everGood = ({ outcome }: Asked): SQL => (outcome === 'won' ? sql`(s.stage = 'won')` : sql`(least(s.qualified_at, s.graded_at, s.won_at) is not null)`)
