import { eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { activities, leads, ownershipChanges } from '~db/schema'
import { actorId, emitIn, memberOf, type Context } from '../kernel'
import { holdClocks, WARNING_MS } from './hold-clocks'
import { changeLead, type LeadRow } from './locked-lead'
import { defaultPool, poolNamed, rulesOf } from './pool-rows'
import type { OwnershipWay } from './vocabulary'

type InTx = Context & { tx: Tx }
export type Placement = {
  to: Id<'mem'> | null
  by: OwnershipWay
  reason?: string | null | undefined
  poolId?: Id<'pool'> | null | undefined
  noteId?: Id<'act'> | null | undefined
  receiptId?: Id<'asr'> | null | undefined
  /** a handover moves a lead with its clocks; the next one has at least a day */
  keepsProtection?: boolean
  /** the caller tells of it itself, or nobody needs to hear (an import) */
  quietly?: boolean
  /** a merge leaves no trace in the lead's version, so that a split can take it back whole */
  keepsVersion?: boolean
}

/**
 * The one function that changes whose a lead is: its row, its receipt in `ownership_changes`, its clocks, its event.
 * The lead is locked; room and right were checked by the caller. Answers the lead as it is now.
 */
export async function placeLead(ctx: InTx, lead: LeadRow, placement: Placement): Promise<LeadRow> {
  const { tx } = ctx
  const { to, by, reason, noteId, receiptId, quietly, keepsVersion } = placement
  const poolId = placement.poolId ?? lead.poolId ?? (await defaultPool(tx, ctx)).id
  const clocks = await clocksOf(ctx, lead, placement, poolId)
  const set = { ownerId: to, poolId, ...clocks }
  const after = keepsVersion === true ? await setUncounted(tx, lead, set) : await changeLead(tx, lead, set)
  await tx.insert(ownershipChanges).values({
    orgId: ctx.orgId, leadId: lead.id, id: newId('own'), fromId: lead.ownerId, toId: to, fromPool: lead.ownerId === null ? lead.poolId : null, toPool: to === null ? poolId : null,
    way: by, reason: reason ?? null, noteId: noteId ?? null, receiptId: receiptId ?? null, protectedUntil: after.protectedUntil, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), at: ctx.now,
  })
  if (quietly !== true) await emitIn(tx, ctx)('lead.owner-changed', { leadId: lead.id, from: lead.ownerId, to, way: by })
  return after
}

type Clocks = Pick<LeadRow, 'ownedSince' | 'protectedUntil' | 'recycleAt' | 'recycleWarnedAt'>

async function clocksOf({ tx, now }: InTx, lead: LeadRow, { to, keepsProtection }: Placement, poolId: Id<'pool'>): Promise<Clocks> {
  if (to === null) return { ownedSince: null, protectedUntil: null, recycleAt: null, recycleWarnedAt: null }
  if (keepsProtection === true && lead.ownedSince !== null) {
    const soonest = new Date(now.getTime() + WARNING_MS)
    const recycleAt = lead.recycleAt !== null && lead.recycleAt < soonest ? soonest : lead.recycleAt
    return { ownedSince: lead.ownedSince, protectedUntil: lead.protectedUntil, recycleAt, recycleWarnedAt: recycleAt === lead.recycleAt ? lead.recycleWarnedAt : null }
  }
  const pool = await poolNamed(tx, poolId)
  const { why: _why, ...clocks } = pool === null || !lead.isOpen ? { why: null, protectedUntil: null, recycleAt: null } : holdClocks(rulesOf(pool), { ...lead, ownedSince: now })
  return { ownedSince: now, ...clocks, recycleWarnedAt: null }
}

async function setUncounted(tx: Tx, lead: LeadRow, set: Partial<LeadRow>): Promise<LeadRow> {
  await tx.update(leads).set(set).where(eq(leads.id, lead.id))
  return { ...lead, ...set }
}

/** A lead's own words for why it moved stand beside it as a note that can be erased. */
export async function noteOn(ctx: InTx, leadId: Id<'lead'>, note: string | undefined): Promise<Id<'act'> | null> {
  if (note === undefined || note === '') return null
  const id = newId('act')
  await ctx.tx.insert(activities).values({ orgId: ctx.orgId, id, leadId, kind: 'note', note, at: ctx.now, memberId: memberOf(ctx.actor) })
  return id
}
