import { and, eq, isNull, like } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadStages, revenueLines } from '~db/schema'
import type { Context } from '../kernel'
import { markCustomer } from '../people'
import { changeLead, type LeadRow } from './locked-lead'
import { assertMayOpen } from './open-lead-slot'
import { isOpenStage, type StageState } from './stage-state'
import { closeCallbacks, nextStepOf } from './task-writing'

type Step = { before: StageState; after: StageState; moveId: Id<'mov'> }

/** Puts a new state in place: the current row, whether the lead is open, and the revenue that follows from a win. */
export async function writeStage(tx: Tx, ctx: Context, lead: LeadRow, step: Step): Promise<LeadRow> {
  const { before, after, moveId } = step
  const isOpen = isOpenStage(after.stage) && lead.verdict === 'valid'
  if (isOpen && !lead.isOpen) await assertMayOpen(tx, lead)
  const row = { orgId: ctx.orgId, leadId: lead.id, ...after }
  await tx.insert(leadStages).values(row).onConflictDoUpdate({ target: [leadStages.orgId, leadStages.leadId], set: after })
  if (isSignedAnew(before, after)) await signAnew(tx, ctx, lead, step)
  const inTx = { ...ctx, tx }
  if (!isOpen) await closeCallbacks(inTx, lead.id, moveId, 'cancelled')
  return changeLead(tx, lead, { isOpen, nextStepAt: isOpen ? await nextStepOf(inTx, lead.id) : null, ...(isOpen ? {} : { snoozedUntil: null }) })
}

const isSignedAnew = (a: StageState, b: StageState): boolean =>
  a.wonAmount !== b.wonAmount || a.wonCurrency !== b.wonCurrency || a.wonAt?.getTime() !== b.wonAt?.getTime()

/** Lines are never changed: the old one is reversed at its own time, the new one is added. */
async function signAnew(tx: Tx, ctx: Context, lead: LeadRow, { after, moveId }: Step): Promise<void> {
  const ours = await tx.select().from(revenueLines)
    .where(and(eq(revenueLines.leadId, lead.id), eq(revenueLines.kind, 'signed'), isNull(revenueLines.reversedBy), like(revenueLines.externalKey, 'mov_%')))
  for (const line of ours) {
    const id = newId('rev')
    await tx.insert(revenueLines).values({ ...line, id, amount: -line.amount, externalKey: `reverses ${line.id}`, recordedAt: ctx.now, reversedBy: line.id })
    await tx.update(revenueLines).set({ reversedBy: id }).where(eq(revenueLines.id, line.id))
  }
  if (after.wonAt !== null && after.wonAmount !== null && after.wonCurrency !== null) {
    await tx.insert(revenueLines).values({
      orgId: ctx.orgId, id: newId('rev'), leadId: lead.id, companyId: lead.companyId, productLineId: lead.productLineId, kind: 'signed',
      amount: after.wonAmount, currency: after.wonCurrency, taxBasis: 'unstated', at: after.wonAt, externalKey: moveId,
      isImported: after.isImported, recordedAt: ctx.now,
    })
  }
  if (lead.companyId !== null) await followCustomer(tx, ctx, lead.companyId, after)
}

/** A company is a customer while anything it signed or paid stands. */
async function followCustomer(tx: Tx, ctx: Context, companyId: Id<'co'>, after: StageState): Promise<void> {
  const isCustomer = after.wonAt !== null || (await hasStandingRevenue(tx, companyId))
  await markCustomer({ ...ctx, tx }, { companyId, isCustomer })
}

async function hasStandingRevenue(tx: Tx, companyId: Id<'co'>): Promise<boolean> {
  const [standing] = await tx.select({ id: revenueLines.id }).from(revenueLines)
    .where(and(eq(revenueLines.companyId, companyId), isNull(revenueLines.reversedBy))).limit(1)
  return standing !== undefined
}
