import { and, asc, eq, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { bulkChanges, bulkRows, leads } from '~db/schema'
import { auditIn, emitIn, inTransaction, isRefusal, type Actor, type Context } from '../kernel'
import { actorOf } from '../orgs'
import { actionOf } from './bulk-actions'
import type { BulkDeed } from './contract'
import type { BulkRowState } from './vocabulary'

const CHUNK = 50

type Bulk = typeof bulkChanges.$inferSelect
type Row = typeof bulkRows.$inferSelect
type Fate = { state: BulkRowState; reason: string | null; before?: unknown; versionAfter?: number | null }

/**
 * Does what is left of a bulk change, or of its undoing, chunk by chunk. A chunk's changes and the marks on its rows are
 * one transaction, and the change's own row is locked while it runs: however often it is called or killed, each lead is
 * changed once. Acts as the member who asked, with the rights they have now.
 */
export async function advanceBulk(ctx: Context, { bulkId }: { bulkId: Id<'blk'> }): Promise<void> {
  for (;;) {
    const memberId = await inTransaction(ctx, 'read only', async (tx) => (await tx.select({ memberId: bulkChanges.memberId }).from(bulkChanges).where(eq(bulkChanges.id, bulkId)))[0]?.memberId)
    if (memberId === undefined) return
    const actor = await actorOf(ctx.orgId, memberId, ctx.now)
    if (!(await inTransaction(ctx, 'read write', (tx) => oneChunk(tx, { ...ctx, tx }, bulkId, actor)))) return
  }
}

async function oneChunk(tx: Tx, ctx: Context & { tx: Tx }, bulkId: Id<'blk'>, actor: Actor | null): Promise<boolean> {
  const [bulk] = await tx.select().from(bulkChanges).where(eq(bulkChanges.id, bulkId)).for('update')
  if (bulk === undefined || (bulk.state !== 'running' && bulk.state !== 'undoing')) return false
  const isUndoing = bulk.state === 'undoing'
  const rows = await tx.select().from(bulkRows).where(and(eq(bulkRows.bulkId, bulkId), eq(bulkRows.state, isUndoing ? 'changed' : 'pending'))).orderBy(asc(bulkRows.leadId)).limit(CHUNK)
  const counts: Partial<Record<BulkRowState, number>> = {}
  for (const row of rows) {
    const fate = actor === null ? refused(isUndoing, 'not-allowed') : await fateOf(tx, { ...ctx, actor }, bulk, row)
    await tx.update(bulkRows).set(fate).where(and(eq(bulkRows.bulkId, bulkId), eq(bulkRows.leadId, row.leadId)))
    counts[fate.state] = (counts[fate.state] ?? 0) + 1
  }
  const isEnd = rows.length < CHUNK
  await note(tx, bulk, counts, isEnd ? { state: isUndoing ? 'undone' : 'done', ...(isUndoing ? { undoneAt: ctx.now } : { finishedAt: ctx.now }) } : {})
  if (isEnd) {
    await auditIn(tx, { ...ctx, actor: actor ?? ctx.actor }, isUndoing ? 'bulk.undone' : 'bulk.done')(bulkId, { after: { kind: bulk.action, status: isUndoing ? 'undone' : 'done' } })
    await emitIn(tx, ctx)('bulk.finished', { bulkId, memberId: bulk.memberId })
  }
  return !isEnd
}

async function note(tx: Tx, bulk: Bulk, counts: Partial<Record<BulkRowState, number>>, more: Partial<Bulk>): Promise<void> {
  const { changed = 0, unchanged = 0, skipped = 0, undone = 0, kept = 0 } = counts
  await tx.update(bulkChanges).set({
    changed: bulk.changed + changed, unchanged: bulk.unchanged + unchanged, skipped: bulk.skipped + skipped, undone: bulk.undone + undone, kept: bulk.kept + kept, ...more,
  }).where(eq(bulkChanges.id, bulk.id))
}

const refused = (isUndoing: boolean, reason: string): Fate => ({ state: isUndoing ? 'kept' : 'skipped', reason })

/** What becomes of one lead. A refusal takes back what its verb had written, and no more. */
async function fateOf(tx: Tx, ctx: Context, bulk: Bulk, row: Row): Promise<Fate> {
  try {
    return await tx.transaction((inner) => (bulk.state === 'undoing' ? undoOne : doOne)({ ...ctx, tx: inner }, bulk, row))
  } catch (error) {
    if (!isRefusal(error)) throw error
    return refused(bulk.state === 'undoing', error.code === 'not-found' ? 'not-allowed' : error.code)
  }
}

const deedOf = (bulk: Bulk): BulkDeed => {
  const params = bulk.params as Record<string, unknown>
  return { action: bulk.action, ...params, ...(typeof params['until'] === 'string' ? { until: new Date(params['until']) } : {}) } as BulkDeed
}

async function doOne(ctx: Context & { tx: Tx }, bulk: Bulk, row: Row): Promise<Fate> {
  const deed = deedOf(bulk)
  const action = actionOf(deed)
  const [lead] = await ctx.tx.select().from(leads).where(eq(leads.id, row.leadId)).for('update')
  if (lead === undefined) return refused(false, 'not-allowed')
  if (lead.version !== row.version) return refused(false, 'changed')
  const [so] = await ctx.tx.execute<{ so: boolean }>(sql`select ${action.isSo(deed)} as so from leads l where l.id = ${toUuid(row.leadId)}::uuid`)
  if (so?.so === true) return { state: 'unchanged', reason: null }
  const before = await action.run(ctx, row.leadId, deed, lead)
  const after = await versionOf(ctx.tx, row.leadId)
  return action.isBeside !== true && after === lead.version ? { state: 'unchanged', reason: null } : { state: 'changed', reason: null, before, versionAfter: after }
}

async function undoOne(ctx: Context & { tx: Tx }, bulk: Bulk, row: Row): Promise<Fate> {
  const deed = deedOf(bulk)
  const action = actionOf(deed)
  const [lead] = await ctx.tx.select({ version: leads.version }).from(leads).where(eq(leads.id, row.leadId)).for('update')
  if (lead === undefined) return refused(true, 'not-allowed')
  if (action.isBeside !== true && lead.version !== row.versionAfter) return refused(true, 'changed')
  await action.undo(ctx, row.leadId, row.before as never, deed)
  return { state: 'undone', reason: null }
}

async function versionOf(tx: Tx, leadId: Id<'lead'>): Promise<number> {
  const [row] = await tx.select({ version: leads.version }).from(leads).where(eq(leads.id, leadId))
  return row?.version ?? 0
}
