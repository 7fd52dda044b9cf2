import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'

const MOST_PER_KEY = 100
/** Those who share most keys come first; whoever shares one with hundreds is seldom anybody's match. */
const MOST = 50

/** Somebody, and the keys under which they are looked for. */
export type Sought = { personId: Id<'per'>; keys: readonly string[] }

/**
 * Those who share a key with each of some people, through the index of `match_keys` only. A key that hundreds share finds some of them.
 * Planned anew each time: a plan kept from when nobody was there would take any index of the organisation.
 */
export async function findCandidates(tx: Tx, orgId: Id<'org'>, sought: readonly Sought[]): Promise<Map<Id<'per'>, Id<'per'>[]>> {
  const found = new Map<Id<'per'>, Id<'per'>[]>(sought.map(({ personId }) => [personId, []]))
  const rows = await tx.execute<{ person: string; candidate: string }>(candidatesSql(toUuid(orgId), sought.map(({ personId, keys }) => ({ person: toUuid(personId), keys }))))
  for (const { person, candidate } of rows) found.get(fromUuid('per', person))?.push(fromUuid('per', candidate))
  return found
}

/** The one statement of `findCandidates`, so that a test and the bench can explain it. */
export const candidatesSql = (org: string, sought: readonly { person: string; keys: readonly string[] }[]) => sql`
  select person, candidate from (
    select asked.person, found.person_id as candidate, row_number() over (partition by asked.person order by count(*) desc, found.person_id) as place
    from json_to_recordset(${JSON.stringify(sought.flatMap(({ person, keys }) => keys.map((key) => ({ person, key }))))}::json) as asked(person uuid, key text)
    cross join lateral (select k.person_id from match_keys k where k.org_id = ${org}::uuid and k.key = asked.key limit ${MOST_PER_KEY}) found
    where found.person_id <> asked.person group by asked.person, found.person_id) ranked
  where place <= ${MOST}`

/** How many people share each of some keys, counted up to `most`. */
export async function holdersOf(tx: Tx, orgId: Id<'org'>, keys: readonly string[], most = 2_000): Promise<Map<string, number>> {
  const rows = await tx.execute<{ key: string; count: number }>(sql`
    select asked.key, (select count(*)::int from (select 1 from match_keys k where k.org_id = ${toUuid(orgId)} and k.key = asked.key limit ${most}) counted) as count
    from json_array_elements_text(${JSON.stringify([...new Set(keys)])}::json) as asked(key)`)
  return new Map(rows.map(({ key, count }) => [key, count]))
}
