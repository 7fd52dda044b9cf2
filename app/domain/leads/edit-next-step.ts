import type { Tx } from '~db/client.server'
import { auditIn, DomainError, emitIn, type Context } from '../kernel'
import { changeLead, type LeadRow } from './locked-lead'

/**
 * Moves the next step of an open lead, or takes it away. The one place where a list writes it: where tasks say when the
 * next step is, they are opened and moved here. Refuses: lead-closed.
 */
export async function setNextStep(ctx: Context & { tx: Tx }, lead: LeadRow, at: Date | null): Promise<{ version: number }> {
  if (!lead.isOpen) throw new DomainError('lead-closed')
  const { version } = await changeLead(ctx.tx, lead, { nextStepAt: at })
  await auditIn(ctx.tx, ctx, 'lead.set-next-step')(lead.id, { before: { nextStepAt: lead.nextStepAt }, after: { nextStepAt: at } })
  await emitIn(ctx.tx, ctx)('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
  return { version }
}
