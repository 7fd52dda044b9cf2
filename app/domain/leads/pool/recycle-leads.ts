import { and, asc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, pools } from '~db/schema'
import { command } from '../../kernel'
import { Batch } from '../contract'
import { holdClocks, WARNING_MS } from '../hold-clocks'
import type { LeadRow } from '../locked-lead'
import { placeLead } from '../place-lead'
import { poolNamed, rulesOf } from '../pool-rows'

/**
 * Puts back into their pools leads whose time is over, at most `limit`. Each is looked at again under its lock: a
 * contact or a rest since keeps it. Answers how many went back and whether more wait. Twice at once moves each once.
 */
export const recycleLeads = command({
  name: 'lead.recycle',
  permission: 'assignment:write',
  input: Batch,
  async run({ tx, ctx, input: { limit }, audit }): Promise<{ recycled: number; isDone: boolean }> {
    const due = await tx.select().from(leads).where(and(eq(leads.isOpen, true), isNotNull(leads.ownerId), isNull(leads.duplicateOf), lte(leads.recycleAt, ctx.now)))
      .orderBy(asc(leads.recycleAt)).limit(limit).for('update', { skipLocked: true })
    let recycled = 0
    for (const lead of due) {
      const clocks = await clocksNow(tx, lead)
      if (clocks.recycleAt === null || clocks.recycleAt > ctx.now || clocks.why === null) {
        await tx.update(leads).set({ protectedUntil: clocks.protectedUntil, recycleAt: clocks.recycleAt }).where(eq(leads.id, lead.id))
        continue
      }
      await placeLead(ctx, lead, { to: null, by: 'recycle', reason: clocks.why })
      await audit(lead.id, { before: { ownerId: lead.ownerId }, after: { ownerId: null, reason: clocks.why } })
      recycled += 1
    }
    return { recycled, isDone: due.length < limit }
  },
})

// One who was handed a lead has at least a day, which its own clocks do not know: they never bring the end forward.
async function clocksNow(tx: Tx, lead: LeadRow): Promise<ReturnType<typeof holdClocks>> {
  const pool = await poolNamed(tx, lead.poolId)
  if (pool === null || lead.ownedSince === null) return { protectedUntil: lead.protectedUntil, recycleAt: null, why: null }
  return holdClocks(rulesOf(pool), { ...lead, ownedSince: lead.ownedSince })
}

/** Tells owners, a day before and once, that a lead is about to go back; at most `limit`. */
export const warnOfRecycling = command({
  name: 'lead.warn-of-recycling',
  permission: 'assignment:write',
  input: Batch,
  async run({ tx, ctx, input: { limit }, emit, audit }): Promise<{ warned: number; isDone: boolean }> {
    const near = new Date(ctx.now.getTime() + WARNING_MS)
    const rows = await tx.select({ id: leads.id, ownerId: leads.ownerId, recycleAt: leads.recycleAt }).from(leads)
      .where(and(eq(leads.isOpen, true), isNotNull(leads.ownerId), isNull(leads.recycleWarnedAt), gt(leads.recycleAt, ctx.now), lte(leads.recycleAt, near)))
      .orderBy(asc(leads.recycleAt)).limit(limit).for('update', { skipLocked: true })
    for (const { id, ownerId, recycleAt } of rows) {
      await tx.update(leads).set({ recycleWarnedAt: ctx.now }).where(eq(leads.id, id))
      await emit('lead.recycle-near', { leadId: id, ownerId, at: recycleAt?.toISOString() ?? '' })
      await audit(id, { after: { kind: 'recycle-near' } })
    }
    return { warned: rows.length, isDone: rows.length < limit }
  },
})

/** Sets the clocks of held leads anew after the rules of their pool changed, `limit` at a time, where the last one stopped. */
export const replanHolds = command({
  name: 'pool.replan',
  permission: 'assignment:write',
  input: Batch,
  async run({ tx, input: { limit } }): Promise<{ replanned: number; isDone: boolean }> {
    const [pool] = await tx.select().from(pools).where(isNotNull(pools.replanAfter)).orderBy(pools.id).limit(1).for('update', { skipLocked: true })
    if (pool === undefined) return { replanned: 0, isDone: true }
    const rows = await tx.select().from(leads)
      .where(and(sql`${leads.id} > ${pool.replanAfter}::uuid`, eq(leads.poolId, pool.id), eq(leads.isOpen, true), isNotNull(leads.ownerId))).orderBy(leads.id).limit(limit).for('update')
    for (const lead of rows) {
      if (lead.ownedSince === null) continue
      const { protectedUntil, recycleAt } = holdClocks(rulesOf(pool), { ...lead, ownedSince: lead.ownedSince })
      await tx.update(leads).set({ protectedUntil, recycleAt, recycleWarnedAt: null }).where(eq(leads.id, lead.id))
    }
    const last: Id<'lead'> | undefined = rows.at(-1)?.id
    await tx.update(pools).set({ replanAfter: rows.length < limit || last === undefined ? null : toUuid(last) }).where(eq(pools.id, pool.id))
    return { replanned: rows.length, isDone: false }
  },
})
