import { and, eq, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, leadStages } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import type { StageState } from './stage-state'
import { startState } from './stage-state'
import { holdClocks } from './hold-clocks'
import { poolNamed, rulesOf } from './pool-rows'
import { visibleLeads } from './visible-leads'

export type LeadRow = typeof leads.$inferSelect

/**
 * The lead, locked until the transaction ends: two who change one lead do it one after the other.
 * Refuses `not-found` where it is not of this organisation or not visible, `lead-duplicate` where another stands for
 * it, `stale` where `version` is older.
 */
export async function lockedLead(tx: Tx, ctx: Context, leadId: Id<'lead'>, version?: number): Promise<LeadRow> {
  const [row] = await tx.select().from(leads).where(and(eq(leads.id, leadId), visibleLeads(ctx))).for('update')
  if (row === undefined) throw new DomainError('not-found')
  if (row.duplicateOf !== null) throw new DomainError('lead-duplicate', { params: { leadId: row.duplicateOf } })
  if (version !== undefined && version !== row.version) throw new DomainError('stale', { params: { yours: version, theirs: row.version } })
  return row
}

/** The current stage of a locked lead. */
export async function stageOf(tx: Tx, lead: LeadRow): Promise<StageState> {
  const [row] = await tx.select().from(leadStages).where(eq(leadStages.leadId, lead.id))
  if (row === undefined) return startState(lead.cameInAt, lead.isImported)
  const { orgId: _org, leadId: _lead, ...state } = row
  return state
}

type LeadChange = Partial<Omit<LeadRow, 'orgId' | 'id' | 'version'>>

/** Changes the lead's own row and counts its version up; answers the new version. A contact or a rest sets its clocks anew. */
export async function changeLead(tx: Tx, lead: LeadRow, set: LeadChange): Promise<LeadRow> {
  const clocks = await clocksAfter(tx, lead, set)
  const [row] = await tx.update(leads).set({ ...set, ...clocks, version: sql`${leads.version} + 1` }).where(eq(leads.id, lead.id)).returning()
  if (row === undefined) throw new DomainError('not-found')
  return row
}

const movesClocks = ['lastContactAt', 'snoozedUntil', 'isOpen'] as const

/** Protection and recycling as they follow from what changes; nothing where that moves no clock. */
async function clocksAfter(tx: Tx, lead: LeadRow, set: LeadChange): Promise<LeadChange> {
  if ('ownerId' in set || !movesClocks.some((name) => name in set)) return {}
  const { ownedSince, isOpen, lastContactAt, snoozedUntil, poolId } = { ...lead, ...set }
  if (!isOpen || ownedSince === null) return { protectedUntil: null, recycleAt: null, recycleWarnedAt: null }
  const pool = await poolNamed(tx, poolId)
  if (pool === null) return {}
  const { protectedUntil, recycleAt } = holdClocks(rulesOf(pool), { ownedSince, lastContactAt, snoozedUntil })
  return { protectedUntil, recycleAt, ...(recycleAt?.getTime() === lead.recycleAt?.getTime() ? {} : { recycleWarnedAt: null }) }
}
