import { sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'

/** The newest open leads that are valid, and how many there are. */
export async function openLeads(tx: Tx, most: number): Promise<{ leadIds: Id<'lead'>[]; of: number }> {
  const rows = await tx.execute<{ id: string }>(sql`select id from leads where is_open and verdict = 'valid' and duplicate_of is null order by came_in_at desc, id desc limit ${most}`)
  const [counted] = await tx.execute<{ of: number }>(sql`select count(*)::int as of from leads where is_open and verdict = 'valid' and duplicate_of is null`)
  return { leadIds: rows.map(({ id }) => fromUuid('lead', id)), of: counted?.of ?? rows.length }
}
