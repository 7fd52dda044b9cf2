import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { bulkChanges, bulkRows } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { OneBulk } from './contract'
import { viewerOf } from './view-rows'
import { bulkUndoHours } from './vocabulary'

/** One's own bulk change, locked. Refuses not-found. */
async function lockedBulk(tx: Tx, ctx: Context, bulkId: Id<'blk'>): Promise<typeof bulkChanges.$inferSelect> {
  const [bulk] = await tx.select().from(bulkChanges).where(and(eq(bulkChanges.id, bulkId), eq(bulkChanges.memberId, viewerOf(ctx)))).for('update')
  if (bulk === undefined) throw new DomainError('not-found')
  return bulk
}

/** Stops a bulk change; what is done stays done and can be undone. One that has ended is left alone. Refuses: not-found. */
export const cancelBulk = command({
  name: 'bulk.cancel',
  permission: 'leads:write',
  input: OneBulk,
  async run({ tx, ctx, input, emit, audit }): Promise<{ bulkId: Id<'blk'> }> {
    const bulk = await lockedBulk(tx, ctx, input.bulkId)
    if (bulk.state !== 'running') return { bulkId: bulk.id }
    const stopped = await tx.update(bulkRows).set({ state: 'skipped', reason: 'cancelled' }).where(and(eq(bulkRows.bulkId, bulk.id), eq(bulkRows.state, 'pending'))).returning({ id: bulkRows.leadId })
    await tx.update(bulkChanges).set({ state: 'cancelled', skipped: bulk.skipped + stopped.length, finishedAt: ctx.now }).where(eq(bulkChanges.id, bulk.id))
    await audit(bulk.id, { before: { status: 'running' }, after: { status: 'cancelled' } })
    await emit('bulk.finished', { bulkId: bulk.id, memberId: bulk.memberId })
    return { bulkId: bulk.id }
  },
})

/**
 * Has a bulk change taken back, for 24 hours: each lead is put as it was, through the same verbs; leads that were changed
 * since stay and are listed. Refuses: not-found, conflict (still running), undo-too-late.
 */
export const undoBulk = command({
  name: 'bulk.undo',
  permission: 'leads:write',
  input: OneBulk,
  async run({ tx, ctx, input, emit, audit }): Promise<{ bulkId: Id<'blk'> }> {
    const bulk = await lockedBulk(tx, ctx, input.bulkId)
    if (bulk.state === 'undoing' || bulk.state === 'undone') return { bulkId: bulk.id }
    if (bulk.state === 'running') throw new DomainError('conflict')
    if (ctx.now.getTime() - bulk.startedAt.getTime() > bulkUndoHours * 3_600_000) throw new DomainError('undo-too-late')
    await tx.update(bulkChanges).set({ state: 'undoing' }).where(eq(bulkChanges.id, bulk.id))
    await audit(bulk.id, { before: { status: bulk.state }, after: { status: 'undoing' } })
    await emit('bulk.requested', { bulkId: bulk.id })
    return { bulkId: bulk.id }
  },
})
