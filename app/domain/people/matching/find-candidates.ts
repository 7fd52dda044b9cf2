import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'

const MOST_PER_KEY = 100
const MOST = 500

/** People who share a key with somebody, through the index of `match_keys` only. A key that hundreds share finds some of them. */
export async function findCandidates(tx: Tx, orgId: Id<'org'>, personId: Id<'per'>, keys: readonly string[]): Promise<Id<'per'>[]> {
  if (keys.length === 0) return []
  const rows = await tx.execute<{ person_id: string }>(candidatesSql(toUuid(orgId), toUuid(personId), keys))
  return rows.map(({ person_id: id }) => fromUuid('per', id))
}

/** The one statement of `findCandidates`, so that a test and the bench can explain it. */
export const candidatesSql = (org: string, person: string, keys: readonly string[]) => sql`
  select distinct found.person_id from json_array_elements_text(${JSON.stringify(keys)}::json) as asked(key)
  cross join lateral (select k.person_id from match_keys k where k.org_id = ${org}::uuid and k.key = asked.key limit ${MOST_PER_KEY}) found
  where found.person_id <> ${person}::uuid limit ${MOST}`

/** How many people share a key, counted up to `most`. */
export async function holdersOf(tx: Tx, orgId: Id<'org'>, key: string, most = 2_000): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (select 1 from match_keys k where k.org_id = ${toUuid(orgId)} and k.key = ${key} limit ${most}) counted`)
  return row?.count ?? 0
}
