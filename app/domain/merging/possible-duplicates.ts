import { sql, type SQL } from 'drizzle-orm'
import { fromUuid, toUuid } from '~/lib/ids'
import { query, type Context } from '../kernel'
import { visibleLeads } from '../leads'
import { PossibleDuplicates } from './contract'
import { summariesOf, type RecordSummary } from './record-summaries'
import { weighedPairs } from './weighed-pairs'
import type { MergeKind } from './vocabulary'

/** Why two may be one: a field, how near its values are, and what that weighs where a model says so (in bits). */
export type MatchLine = { field: string; level: string; weight: number | null }
/** Two that may be one. `weight` and `probability` are a model's; a plain hint has neither. */
export type PossibleDuplicate = {
  id: string; kind: MergeKind; left: RecordSummary; right: RecordSummary; weight: number | null; probability: number | null; lines: MatchLine[]; at: Date
}

/**
 * Pairs that a model weighed as likely one, the surest first, then those plain hints speak for: people of one name at one company; companies of one name, or with one number. Those
 * that were said to be different are left out; of people and companies the actor does not see, nothing is told. Reads
 * the employments (or companies and their numbers) of the organisation once.
 */
export const possibleDuplicates = query({
  name: 'merge.possible-duplicates',
  permission: 'leads:write',
  input: PossibleDuplicates,
  async run({ tx, ctx, input: { kind, limit } }): Promise<PossibleDuplicate[]> {
    const prefix = kind === 'person' ? 'per' : 'co'
    const pairs = await tx.execute<{ low: string; high: string; hints: string[] }>(kind === 'person' ? samePeople(ctx, limit) : sameCompanies(ctx, limit))
    const named = pairs.map(({ low, high, hints }) => ({ low: fromUuid(prefix, low) as string, high: fromUuid(prefix, high) as string, hints }))
    const hinted = named.map(({ low, high, hints }) => ({ low, high, weight: null, probability: null, lines: hints.map((field): MatchLine => ({ field, level: 'exact', weight: null })) }))
    const weighed = kind === 'person' ? await weighedPairs({ ...ctx, tx }, limit) : []
    const surer = new Set(weighed.map(({ low, high }) => `${low}~${high}`))
    const all = [...weighed, ...hinted.filter(({ low, high }) => !surer.has(`${low}~${high}`))].slice(0, limit)
    const known = await summariesOf(tx, ctx, kind, all.flatMap(({ low, high }) => [low, high]))
    return all.flatMap(({ low, high, ...found }) => {
      const [left, right] = [known.get(low), known.get(high)]
      if (left === undefined || right === undefined) return []
      return [{ id: `${low}~${high}`, kind, left, right, ...found, at: left.createdAt > right.createdAt ? left.createdAt : right.createdAt }]
    })
  },
})

const seesAll = ({ actor }: Context) => actor.kind === 'system' || actor.kind === 'apiKey' || (actor.kind === 'user' && actor.visibility.leads === 'all')

const typeIdOf = (prefix: 'per' | 'co', column: SQL) => sql`(${prefix}::text || ' ' || ${column}::text)`

function samePeople(ctx: Context, limit: number): SQL {
  const seen = seesAll(ctx) ? sql`true` : sql`exists (select from lead_people x join leads l on l.id = x.lead_id where x.person_id = p.id and ${visibleLeads(ctx, 'l')})`
  return sql`
    with staff as (
      select distinct coalesce(r.canonical_id, r.id) as company_id, coalesce(p.canonical_id, p.id) as person_id, lower(p.name) as name
      from employments e join people p on p.id = e.person_id join companies r on r.id = e.company_id where p.name <> '' and ${seen}
    )
    select a.person_id as low, b.person_id as high, array['name', 'company'] as hints from staff a join staff b
      on b.company_id = a.company_id and b.name = a.name and b.person_id > a.person_id
    where not exists (select from match_decisions m where m.state = 'different' and m.person_id in (a.person_id, b.person_id) and m.candidate_id in (a.person_id, b.person_id))
      and not exists (select from different_pairs d where d.low_id = ${typeIdOf('per', sql`a.person_id`)} and d.high_id = ${typeIdOf('per', sql`b.person_id`)})
    group by a.person_id, b.person_id order by b.person_id desc, a.person_id desc limit ${limit}`
}

function sameCompanies(ctx: Context, limit: number): SQL {
  const seen = seesAll(ctx) ? sql`true` : sql`exists (select from leads l where l.company_id = c.id and ${visibleLeads(ctx, 'l')})`
  return sql`
    with firms as (select c.id, coalesce(c.canonical_id, c.id) as root, c.key from companies c where ${seen}),
    hints as (
      select a.root as one, b.root as other, 'name' as hint from firms a join firms b on b.key = a.key and b.id > a.id where a.key <> '' and a.root <> b.root
      union
      select a.root, b.root, 'phone' from company_phones x join firms a on a.id = x.company_id
        join company_phones y on y.value = x.value and y.company_id > x.company_id join firms b on b.id = y.company_id where a.root <> b.root
    ), pairs as (select least(one, other) as low, greatest(one, other) as high, array_agg(distinct hint order by hint) as hints from hints group by 1, 2)
    select low, high, hints from pairs
    where not exists (select from different_pairs d where d.low_id = ${typeIdOf('co', sql`low`)} and d.high_id = ${typeIdOf('co', sql`high`)})
    order by high desc, low desc limit ${limit}`
}

/** How a pair stands in `different_pairs`: kind and UUID, the lower first, as SQL can compare them. */
export const pairKey = (leftId: string, rightId: string): [string, string] => {
  const [low, high] = [leftId, rightId].map((id) => `${id.slice(0, id.lastIndexOf('_'))} ${toUuid(id)}`).sort() as [string, string]
  return [low, high]
}
