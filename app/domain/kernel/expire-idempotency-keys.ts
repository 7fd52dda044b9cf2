import { sql } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { database } from '~db/client.server'
import { systemContext } from './context'
import { inTransaction } from './transaction'

const KEPT_DAYS = 30

/** Forgets answers kept for repeated API requests after 30 days, organisation by organisation. Answers how many. */
export async function expireIdempotencyKeys(now: Date): Promise<number> {
  const orgs = await database('worker').execute<{ org_id: string }>(sql`select org_id from clew_resolve.organisations()`)
  let gone = 0
  for (const { org_id } of orgs) {
    const ctx = systemContext(fromUuid('org', org_id), 'expire-idempotency-keys', now)
    gone += await inTransaction(ctx, 'read write', async (tx) => {
      const rows = await tx.execute(sql`
        delete from idempotency_keys where created_at < ${now.toISOString()}::timestamptz - make_interval(days => ${KEPT_DAYS}) returning 1`)
      return rows.length
    })
  }
  return gone
}
