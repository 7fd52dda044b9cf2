import { sql } from 'drizzle-orm'
import { addDays, dayStart, localDate } from '~/lib/period'
import { fromUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { organisations } from '~db/schema'
import { query, type Context } from '../kernel'
import { arrivalsWhere, staffNow } from './arrivals'
import { availabilityOf } from './availability'
import { noRules, Simulation } from './contract'
import { ruleSetIn } from './rule-set-rows'
import { simulate, type Outcome, type PastArrival, type World } from './simulate'

const DAYS = 30
const MOST = 20_000
export type Change = { leadId: Id<'lead'>; company: string | null; cameInAt: Date; from: string | null; to: string | null; rule: string | null }
export type Compared = Omit<Outcome, 'given'>
export type Simulated = {
  from: string; to: string; arrivals: number; isCut: boolean; draftId: Id<'ars'> | null; publishedVersion: number | null
  draft: Compared | null; published: Compared; names: Record<string, string>
  /** leads that somebody else would have got; the first 200 */
  changes: Change[]; changed: number
}

/**
 * The leads that came in on these days (the last 30 where none are said, at most 20,000) through the draft and through
 * the published rules, both from the same beginning. Reads only; the same asked twice answers the same.
 */
export const simulateAssignment = query({
  name: 'assignment.simulate',
  permission: 'assignment:read',
  input: Simulation,
  async run({ tx, ctx, input }): Promise<Simulated> {
    const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
    const zone = org?.timeZone ?? 'UTC'
    const to = input.to ?? localDate(ctx.now, zone)
    const from = input.from ?? addDays(to, 1 - DAYS)
    const span = { from: dayStart(from, zone), to: dayStart(addDays(to, 1), zone) }
    const { world, isCut } = await worldOf(tx, ctx, span)
    const [draft, published] = [await ruleSetIn(tx, 'draft'), await ruleSetIn(tx, 'published')]
    const now = simulate(published?.rules ?? noRules, world)
    const then = draft === null ? null : simulate(draft.rules, world)
    const names = await namesOf(tx)
    const ruleNames = new Map(draft?.rules.rules.map(({ key, name }) => [key, name]))
    const different = then === null ? [] : world.arrivals.flatMap((arrival, at) => {
      const [was, is] = [now.given[at], then.given[at]]
      if (was === undefined || is === undefined || was.memberId === is.memberId) return []
      const shown = (id: string | null) => (id === null ? null : (names[id] ?? ''))
      return [{ leadId: arrival.leadId, company: arrival.company, cameInAt: arrival.cameInAt, from: shown(was.memberId), to: shown(is.memberId), rule: is.rule === null ? null : (ruleNames.get(is.rule) ?? is.rule) }]
    })
    return {
      from, to, arrivals: world.arrivals.length, isCut, draftId: draft?.id ?? null, publishedVersion: published?.version ?? null, names,
      draft: then === null ? null : comparedOf(then), published: comparedOf(now), changes: different.slice(0, 200), changed: different.length,
    }
  },
})

const comparedOf = ({ given: _given, ...rest }: Outcome): Compared => rest

/** What is true at the beginning of the span: who holds how many, who has which company; and what came in after. */
async function worldOf(tx: Tx, ctx: Context, { from, to }: { from: Date; to: Date }): Promise<{ world: World; isCut: boolean }> {
  const [start, end] = [from.toISOString(), to.toISOString()]
  const found = await arrivalsWhere(tx, sql`l.came_in_at >= ${start}::timestamptz and l.came_in_at < ${end}::timestamptz`, MOST + 1)
  const arrivals = found.slice(0, MOST)
  const held = await tx.execute<{ owner_id: string; open: number }>(sql`
    select l.owner_id, count(*)::int as open from leads l left join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    where l.owner_id is not null and l.duplicate_of is null and l.came_in_at < ${start}::timestamptz and (l.is_open or coalesce(s.won_at, s.lost_at, l.junk_at) >= ${start}::timestamptz) group by l.owner_id`)
  const open = new Map(held.map((row) => [fromUuid('mem', row.owner_id), row.open]))
  const staff = new Map([...(await staffNow(tx))].map(([id, person]) => [id, { ...person, open: open.get(id) ?? 0 }]))
  const companies = await tx.execute<{ company_id: string; owner_id: string }>(sql`
    select distinct on (coalesce(c.canonical_id, c.id)) coalesce(c.canonical_id, c.id) as company_id, l.owner_id from leads l join companies c on c.org_id = l.org_id and c.id = l.company_id
    where l.owner_id is not null and l.is_open and l.came_in_at < ${start}::timestamptz order by coalesce(c.canonical_id, c.id), l.came_in_at, l.id`)
  const customers = await customerOwners(tx, end)
  const availability = await availabilityOf(tx, ctx, [...staff.keys()])
  const past = arrivals.map(({ leadId, company, companyId, facts, cameInAt, closedAt }): PastArrival => {
    const won = companyId === null ? undefined : customers.find((each) => each.companyId === companyId && each.wonAt < cameInAt)
    return { leadId, company, companyId, facts, cameInAt, closedAt, customerOwner: won?.ownerId ?? null }
  })
  const world = {
    arrivals: past, staff, availability, companyOwners: new Map(companies.map((row) => [fromUuid('co', row.company_id), fromUuid('mem', row.owner_id)])), minutesToAnswer: await answerTimes(tx, ctx.now),
  }
  return { world, isCut: found.length > MOST }
}

async function customerOwners(tx: Tx, end: string): Promise<{ companyId: Id<'co'>; ownerId: Id<'mem'>; wonAt: Date }[]> {
  const rows = await tx.execute<{ company_id: string; owner_id: string; won_at: string }>(sql`
    select coalesce(c.canonical_id, c.id) as company_id, l.owner_id, s.won_at from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
    join companies c on c.org_id = l.org_id and c.id = l.company_id where s.won_at < ${end}::timestamptz and l.owner_id is not null order by s.won_at desc, l.id`)
  return rows.map((row) => ({ companyId: fromUuid('co', row.company_id), ownerId: fromUuid('mem', row.owner_id), wonAt: new Date(row.won_at) }))
}

/** Median minutes to the first answer of each owner's leads of the last 90 days, where there are at least five. */
async function answerTimes(tx: Tx, now: Date): Promise<Map<Id<'mem'>, number>> {
  const rows = await tx.execute<{ owner_id: string; minutes: number }>(sql`
    select owner_id, percentile_cont(0.5) within group (order by extract(epoch from first_response_at - came_in_at) / 60)::float8 as minutes from leads
    where owner_id is not null and first_response_at >= came_in_at and came_in_at >= ${new Date(now.getTime() - 90 * 86_400_000).toISOString()}::timestamptz and not is_imported group by owner_id having count(*) >= 5`)
  return new Map(rows.map((row) => [fromUuid('mem', row.owner_id), row.minutes]))
}

async function namesOf(tx: Tx): Promise<Record<string, string>> {
  const rows = await tx.execute<{ id: string; name: string }>(sql`select id, name from members`)
  return Object.fromEntries(rows.map(({ id, name }) => [fromUuid('mem', id), name]))
}
