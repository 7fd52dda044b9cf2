import { and, eq, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { fetches } from '~db/schema'
import { emitIn, type Context } from '../kernel'

/** Told one by one; the schedule finds the others within seconds. */
const MOST_TOLD = 200

/** Starts fetches anew, now and with all their patience; never for a lead that was to be forgotten. Answers how many. */
export async function orderAgain(tx: Tx, ctx: Context, which: SQL | undefined): Promise<number> {
  const rows = await tx.update(fetches).set({ state: 'waiting', attempts: 0, nextAt: ctx.now, orderedAt: ctx.now, settledAt: null })
    .where(and(eq(fetches.orgId, ctx.orgId), which, sql`${fetches.problem} is distinct from 'forgotten'`)).returning({ id: fetches.id })
  const emit = emitIn(tx, ctx)
  for (const { id } of rows.slice(0, MOST_TOLD)) await emit('fetch.ordered', { fetchId: id, due: ctx.now.toISOString() })
  return rows.length
}

/**
 * Asks again for everything of a source that was refused or went wrong: called when its keys change, inside the
 * caller's transaction. What the platform no longer has stays so. Answers how many.
 */
export function wakeFetches(tx: Tx, ctx: Context, sourceId: Id<'src'>): Promise<number> {
  const wentWrong = or(inArray(fetches.state, ['not-permitted', 'failed']), and(eq(fetches.state, 'waiting'), isNotNull(fetches.problem)))
  return orderAgain(tx, ctx, and(eq(fetches.sourceId, sourceId), wentWrong))
}
