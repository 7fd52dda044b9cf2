import { sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { database, type Tx } from '~db/client.server'
import type { Context } from './context'

/** Runs `work` in the caller's transaction, or in one of its own, with the organisation set for every policy. */
export async function inTransaction<T>(ctx: Context, mode: 'read only' | 'read write', work: (tx: Tx) => Promise<T>): Promise<T> {
  const scoped = async (tx: Tx) => {
    await tx.execute(sql`select set_config('app.org_id', ${toUuid(ctx.orgId)}, true)`)
    return work(tx)
  }
  if (ctx.tx) return scoped(ctx.tx)
  return database().transaction(scoped, { accessMode: mode })
}

/** One read-only transaction for the several questions of a page. */
export function reading<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  return inTransaction(ctx, 'read only', (tx) => work({ ...ctx, tx }))
}
