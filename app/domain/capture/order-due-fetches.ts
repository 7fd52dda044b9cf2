import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { fromUuid, type Id } from '~/lib/ids'
import { database } from '~db/client.server'
import { fetches } from '~db/schema'
import { emitIn, inTransaction, systemContext } from '../kernel'

const MOST = 500
/** How long a job may wait in the queue before the fetch is ordered once more. */
const QUEUE_PATIENCE_MS = 10 * 60_000

/** Orders every fetch again whose time has come: a try that is due, or one whose worker died. Answers how many. */
export async function orderDueFetches(now: Date): Promise<number> {
  const due = await database('worker').execute<{ org_id: string; id: string }>(sql`select org_id, id from clew_resolve.due_fetches(${now.toISOString()}::timestamptz, ${MOST})`)
  const byOrg = new Map<string, Id<'fet'>[]>()
  for (const { org_id: org, id } of due) byOrg.set(org, [...(byOrg.get(org) ?? []), fromUuid('fet', id)])
  let count = 0
  for (const [org, ids] of byOrg) count += await orderIn(fromUuid('org', org), ids, now)
  return count
}

// The new time is the token of the new job: one that was ordered before no longer counts.
function orderIn(orgId: Id<'org'>, ids: Id<'fet'>[], now: Date): Promise<number> {
  const ctx = systemContext(orgId, 'order-due-fetches', now)
  return inTransaction(ctx, 'read write', async (tx) => {
    const nextAt = new Date(now.getTime() + QUEUE_PATIENCE_MS)
    const rows = await tx.update(fetches).set({ nextAt }).where(and(eq(fetches.orgId, orgId), inArray(fetches.id, ids), lte(fetches.nextAt, now))).returning({ id: fetches.id })
    const emit = emitIn(tx, ctx)
    for (const { id } of rows) await emit('fetch.ordered', { fetchId: id, due: nextAt.toISOString() })
    return rows.length
  })
}
