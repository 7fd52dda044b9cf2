import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { query, type Context } from '../../kernel'
import { idOf } from '../../kernel/contract'
import { openPerson } from '../open-rows'
import { leadOpensTo, seesEverybody } from '../visible-person'
import { matchBands, type MatchBand, type MatchReason } from '../vocabulary'
import { probabilityOf } from './engine/model'

export type MatchPart = { field: string; level: string; weight: number }
/** A pair that may be one person. `parts` sum to `weight` (bits); `probability` is what that means. */
export type OpenMatch = {
  id: Id<'mtd'>; personId: Id<'per'>; candidateId: Id<'per'>; names: [string, string]; band: MatchBand; reason: MatchReason
  weight: number; probability: number; parts: MatchPart[]; modelVersion: number; at: Date
}
export type MatchPage = { matches: OpenMatch[]; next: Id<'mtd'> | null }
type Row = { id: string; person_id: string; candidate_id: string; name: string; candidate: string; band: MatchBand; reason: MatchReason; weight: number; fields: MatchPart[]; model_version: number; at: string }

/** Open pairs of a band, the surest first, 50 a page; only pairs of people the actor sees. `after` is the last id of the page before. */
export const listMatches = query({
  name: 'match.list',
  permission: 'leads:read',
  input: z.object({ band: z.enum(matchBands).default('review'), after: idOf('mtd').nullable().default(null), limit: z.int().min(1).max(200).default(50) }),
  async run({ tx, ctx, input: { band, after, limit } }): Promise<MatchPage> {
    const org = toUuid(ctx.orgId)
    const beyond = after === null ? sql`true` : sql`(d.weight, d.id) < (select a.weight, a.id from match_decisions a where a.org_id = ${org} and a.id = ${toUuid(after)})`
    const rows = await tx.execute<Row>(sql`${pairs(org)} and d.band = ${band} and ${beyond} and ${bothSeen(ctx)} order by d.weight desc, d.id desc limit ${limit + 1}`)
    const matches = rows.slice(0, limit).map(matchOf)
    return { matches, next: rows.length > limit ? (matches.at(-1)?.id ?? null) : null }
  },
})

/** The open pairs of one person, in the bands auto and review, the surest first. Refuses `not-found`. */
export const openMatches = query({
  name: 'match.of-person',
  permission: 'leads:read',
  input: z.object({ personId: idOf('per') }),
  async run({ tx, ctx, input: { personId } }): Promise<OpenMatch[]> {
    await openPerson(tx, ctx, personId)
    const [org, id] = [toUuid(ctx.orgId), toUuid(personId)]
    const rows = await tx.execute<Row>(sql`${pairs(org)} and d.band <> 'new' and (d.person_id = ${id} or d.candidate_id = ${id}) and ${bothSeen(ctx)} order by d.weight desc, d.id desc limit 50`)
    return rows.map(matchOf)
  },
})

const pairs = (org: string): SQL => sql`
  select d.id, d.person_id, d.candidate_id, p.name, c.name as candidate, d.band, d.reason, d.weight, d.fields, d.model_version, d.at::text as at
  from match_decisions d join people p on p.org_id = d.org_id and p.id = d.person_id join people c on c.org_id = d.org_id and c.id = d.candidate_id
  where d.org_id = ${org} and d.state = 'open' and coalesce(p.canonical_id, p.id) <> coalesce(c.canonical_id, c.id)`

function bothSeen(ctx: Context): SQL {
  if (seesEverybody(ctx)) return sql`true`
  const seen = (person: SQL) => sql`exists (select from lead_people lp join leads l on l.org_id = lp.org_id and l.id = lp.lead_id where lp.org_id = d.org_id and lp.person_id = ${person} and ${leadOpensTo(ctx)})`
  return sql`(${seen(sql`d.person_id`)} and ${seen(sql`d.candidate_id`)})`
}

const matchOf = (row: Row): OpenMatch => ({
  id: fromUuid('mtd', row.id), personId: fromUuid('per', row.person_id), candidateId: fromUuid('per', row.candidate_id), names: [row.name, row.candidate],
  band: row.band, reason: row.reason, weight: row.weight, probability: probabilityOf(row.weight), parts: row.fields, modelVersion: row.model_version, at: new Date(row.at),
})
