import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { command, type Context } from '../../kernel'
import type { Sought } from './find-candidates'
import { loadRecords, matchKeysOf, type MatchRecord } from './match-record'

type InTx = Context & { tx: Tx }

/** Writes the keys of people anew. Answers them, person by person. */
export async function writeMatchKeys({ tx, orgId }: InTx, records: readonly MatchRecord[]): Promise<Sought[]> {
  if (records.length === 0) return []
  const org = toUuid(orgId)
  const sought = records.map((record) => ({ personId: record.id, keys: matchKeysOf(orgId, record) }))
  // The id itself is a key nobody shares: who has no other still counts as done. Sorted, so that two workers never wait in a ring.
  const rows = sought.flatMap(({ personId, keys }) => [personId, ...keys].map((key) => ({ key, person: toUuid(personId) }))).sort((a, b) => (a.key < b.key ? -1 : 1))
  await tx.execute(sql`
    with fresh as materialized (select key, person from json_to_recordset(${JSON.stringify(rows)}::json) as r(key text, person uuid)),
    gone as (delete from match_keys k where k.org_id = ${org} and k.person_id = any (array(select person from fresh))
      and not exists (select from fresh f where f.key = k.key and f.person = k.person_id))
    insert into match_keys (org_id, key, person_id) select ${org}, key, person from fresh on conflict do nothing`)
  return sought
}

/**
 * Gives keys to people who have none yet (imported, or older than matching), up to `most` at a time. Answers how many
 * were given and whether others may be left.
 */
export const keepMatchKeys = command({
  name: 'match.keep-keys',
  permission: 'settings:write',
  input: z.object({ most: z.int().min(1).max(5000).default(1000) }),
  async run({ tx, ctx, input: { most } }): Promise<{ people: number; isDone: boolean }> {
    const rows = await tx.execute<{ id: string }>(sql`
      select p.id from people p where p.org_id = ${toUuid(ctx.orgId)} and p.canonical_id is null
        and not exists (select from match_keys k where k.org_id = p.org_id and k.person_id = p.id) limit ${most}`)
    const ids: Id<'per'>[] = rows.map(({ id }) => fromUuid('per', id))
    await writeMatchKeys(ctx, await loadRecords(tx, ctx.orgId, ids, ctx.now))
    return { people: ids.length, isDone: ids.length < most }
  },
})
