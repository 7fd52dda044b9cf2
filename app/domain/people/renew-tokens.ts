import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { fromUuid, toUuid } from '~/lib/ids'
import { searchTokens } from '~/lib/search-tokens'
import { database } from '~db/client.server'
import { command, systemContext } from '../kernel'
import { tokenKinds } from './vocabulary'

/** Raised with every change of what `searchTokens` answers, so that stored words are written anew. */
const VERSION = 2
const MOST_TURNS = 200
type Row = { id: string; name: string; given_name: string | null; family_name: string | null; domain: string | null }

/** Writes the search words of the next people or companies anew by the present rules. Answers whether all are done. */
export const renewTokens = command({
  name: 'search.renew-tokens',
  permission: 'settings:write',
  input: z.object({ kind: z.enum(tokenKinds), most: z.int().min(1).max(5000).default(500) }),
  async run({ tx, ctx, input: { kind, most } }): Promise<{ isDone: boolean }> {
    const org = toUuid(ctx.orgId)
    const [done] = await tx.execute<{ after_id: string | null; finished_at: string | null }>(sql`select after_id, finished_at from token_renewals where org_id = ${org} and kind = ${kind} and version = ${VERSION}`)
    if (done?.finished_at) return { isDone: true }
    const table = kind === 'people' ? sql`people` : sql`companies`
    const parts = kind === 'people' ? sql`t.given_name, t.family_name, null as domain` : sql`null as given_name, null as family_name, t.domain`
    // Locked, so that a name changed meanwhile keeps the words written with it.
    const rows = await tx.execute<Row>(sql`select t.id, t.name, ${parts} from ${table} t where t.org_id = ${org} and t.id > ${done?.after_id ?? '00000000-0000-0000-0000-000000000000'}::uuid order by t.id limit ${most} for update of t`)
    const fresh = rows.map((row) => ({ id: row.id, tokens: searchTokens(row.name, row.given_name, row.family_name, row.domain) }))
    await tx.execute(sql`update ${table} t set tokens = r.tokens from (select x.id, array(select json_array_elements_text(x.tokens)) as tokens
      from json_to_recordset(${JSON.stringify(fresh)}::json) as x(id uuid, tokens json)) r where t.org_id = ${org} and t.id = r.id and t.tokens is distinct from r.tokens`)
    const isDone = rows.length < most
    await tx.execute(sql`insert into token_renewals (org_id, kind, version, after_id, finished_at) values (${org}, ${kind}, ${VERSION}, ${rows.at(-1)?.id ?? done?.after_id ?? null}, ${isDone ? ctx.now.toISOString() : null}::timestamptz)
      on conflict (org_id, kind, version) do update set after_id = excluded.after_id, finished_at = excluded.finished_at`)
    return { isDone }
  },
})

/** In every organisation: at most 100,000 records of each kind in one go. */
export async function renewAllTokens(now: Date): Promise<void> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  for (const { org_id: org } of orgs) {
    const ctx = systemContext(fromUuid('org', org), 'renew-tokens', now)
    for (const kind of tokenKinds) for (let turn = 0; turn < MOST_TURNS; turn += 1) if ((await renewTokens(ctx, { kind })).isDone) break
  }
}
