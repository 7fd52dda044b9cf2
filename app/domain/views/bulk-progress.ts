import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { bulkChanges, bulkRows } from '~db/schema'
import { DomainError, query } from '../kernel'
import { nothing } from '../kernel/contract'
import { leadListRows } from '../leads'
import { OneBulk } from './contract'
import { viewerOf } from './view-rows'
import { bulkUndoHours, type BulkActionName, type BulkState } from './vocabulary'

export type BulkSummary = {
  id: Id<'blk'>; action: BulkActionName; state: BulkState; total: number; done: number; changed: number; unchanged: number; skipped: number; undone: number; kept: number
  startedAt: Date; finishedAt: Date | null; undoableUntil: Date | null; search: string | null
}
export type BulkLeft = { leadId: Id<'lead'>; name: string; reason: string; state: 'skipped' | 'kept' }

const told = (bulk: typeof bulkChanges.$inferSelect): BulkSummary => {
  const { id, action, state, total, changed, unchanged, skipped, undone, kept, startedAt, finishedAt, search } = bulk
  const isUndoable = (state === 'done' || state === 'cancelled') && changed > 0
  return {
    id, action, state, total, changed, unchanged, skipped, undone, kept, startedAt, finishedAt, search, done: changed + unchanged + skipped,
    undoableUntil: isUndoable ? new Date(startedAt.getTime() + bulkUndoHours * 3_600_000) : null,
  }
}

/** How far one's bulk change is, and the leads it passed over with the reason (the first 200). Refuses: not-found. */
export const bulkProgress = query({
  name: 'bulk.progress',
  permission: 'leads:write',
  input: OneBulk,
  async run({ tx, ctx, input }): Promise<{ bulk: BulkSummary; left: BulkLeft[] }> {
    const [bulk] = await tx.select().from(bulkChanges).where(and(eq(bulkChanges.id, input.bulkId), eq(bulkChanges.memberId, viewerOf(ctx))))
    if (bulk === undefined) throw new DomainError('not-found')
    const rows = await tx.select().from(bulkRows).where(and(eq(bulkRows.bulkId, bulk.id), inArray(bulkRows.state, ['skipped', 'kept']))).orderBy(asc(bulkRows.state), asc(bulkRows.leadId)).limit(200)
    const names = new Map((await leadListRows(tx, ctx, rows.map(({ leadId }) => leadId))).map((lead) => [lead.id, lead.person?.name || lead.company?.name || '']))
    return { bulk: told(bulk), left: rows.map(({ leadId, reason, state }) => ({ leadId, name: names.get(leadId) ?? '', reason: reason ?? 'changed', state: state === 'kept' ? 'kept' : 'skipped' })) }
  },
})

/** One's bulk changes, the newest first, twenty at most. */
export const listBulk = query({
  name: 'bulk.list',
  permission: 'leads:write',
  input: nothing,
  async run({ tx, ctx }): Promise<BulkSummary[]> {
    const rows = await tx.select().from(bulkChanges).where(eq(bulkChanges.memberId, viewerOf(ctx))).orderBy(desc(bulkChanges.startedAt)).limit(20)
    return rows.map(told)
  },
})
