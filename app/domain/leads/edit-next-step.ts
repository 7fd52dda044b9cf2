import { newId } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { auditIn, DomainError, emitIn, type Context } from '../kernel'
import { changeLead, type LeadRow } from './locked-lead'
import { callingZone } from './next-step'
import { closeCallbacks, nextStepOf, openTask } from './task-writing'

/**
 * Moves the callback of an open lead, or takes it away: the next step is the earliest open task, so a task is what is
 * written. Refuses: lead-closed.
 */
export async function setNextStep(ctx: Context & { tx: Tx }, lead: LeadRow, at: Date | null): Promise<{ version: number }> {
  if (!lead.isOpen) throw new DomainError('lead-closed')
  await closeCallbacks(ctx, lead.id, newId('chg'), 'cancelled')
  if (at !== null) await openTask(ctx, { leadId: lead.id, kind: 'callback', dueAt: at, timeZone: await callingZone(ctx.tx, lead), assigneeId: lead.ownerId })
  const { version } = await changeLead(ctx.tx, lead, { nextStepAt: await nextStepOf(ctx, lead.id) })
  await auditIn(ctx.tx, ctx, 'lead.set-next-step')(lead.id, { before: { nextStepAt: lead.nextStepAt }, after: { nextStepAt: at } })
  await emitIn(ctx.tx, ctx)('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
  return { version }
}
