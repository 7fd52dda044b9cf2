import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { command } from '../kernel'
import { idOf } from '../kernel/contract'
import { publishedCard } from './published-card'
import { scoreIn } from './score-in'

const About = z.object({ mergeId: idOf('mrg').optional(), personId: idOf('per').nullish(), companyId: idOf('co').nullish() })
const TOGETHER = 250

/**
 * Scores the leads on which a person, a company or both of a merge hang, with all that are merged into them. What names
 * nobody changes nothing. Answers how many leads changed their cell.
 */
export const scoreRecords = command({
  name: 'score.keep-records',
  permission: 'leads:write',
  input: About,
  async run({ tx, ctx, input }): Promise<{ changed: number }> {
    const card = await publishedCard(tx, ctx.orgId)
    const about = aboutOf(input)
    if (card === null || about === null) return { changed: 0 }
    const rows = await tx.execute<{ id: string }>(sql`select distinct f.id from (${leadsOf(toUuid(ctx.orgId), about)}) f order by f.id`)
    let changed = 0
    for (let from = 0; from < rows.length; from += TOGETHER) changed += (await scoreIn(ctx, card, rows.slice(from, from + TOGETHER).map(({ id }) => fromUuid('lead', id)))).changed
    return { changed }
  },
})

type Named = { people: SQL; companies: SQL }
const nobody = sql`select null::uuid`

function aboutOf({ mergeId, personId, companyId }: z.output<typeof About>): Named | null {
  if (mergeId !== undefined) {
    const merge = toUuid(mergeId)
    return {
      people: sql`select unnest(array[g.kept_person_id, g.gone_person_id]) from merges g where g.org_id = k.org_id and g.id = ${merge}::uuid`,
      companies: sql`select unnest(array[g.kept_company_id, g.gone_company_id]) from merges g where g.org_id = k.org_id and g.id = ${merge}::uuid`,
    }
  }
  if (personId != null) return { people: sql`select ${toUuid(personId)}::uuid`, companies: nobody }
  return companyId == null ? null : { people: nobody, companies: sql`select ${toUuid(companyId)}::uuid` }
}

/** Leads of the records named, of those that stand for them, and of all merged into those; a duplicate's lead is the one that stands. */
const leadsOf = (org: string, { people, companies }: Named): SQL => sql`
  with named_people as (select k.id, case when k.canonical_id is null then k.id else k.canonical_id end as head from people k where k.org_id = ${org}::uuid and k.id in (${people})),
    all_people as (select id from named_people union select head from named_people union select k.id from people k where k.org_id = ${org}::uuid and k.canonical_id in (select head from named_people)),
    named_companies as (select k.id, case when k.canonical_id is null then k.id else k.canonical_id end as head from companies k where k.org_id = ${org}::uuid and k.id in (${companies})),
    all_companies as (select id from named_companies union select head from named_companies union select k.id from companies k where k.org_id = ${org}::uuid and k.canonical_id in (select head from named_companies)),
    found as (
      select lp.lead_id as id from lead_people lp where lp.org_id = ${org}::uuid and lp.person_id in (select id from all_people)
      union select l.id from leads l where l.org_id = ${org}::uuid and l.person_id in (select id from all_people)
      union select l.id from leads l where l.org_id = ${org}::uuid and l.company_id in (select id from all_companies)
    )
  select f.id from found f union select l.duplicate_of from leads l join found f on f.id = l.id where l.org_id = ${org}::uuid and l.duplicate_of is not null`

/** The leads of a person and of all merged into or over them. */
export const leadsOfPerson = (org: string, personId: Id<'per'>): SQL => leadsOf(org, { people: sql`select ${toUuid(personId)}::uuid`, companies: nobody })
