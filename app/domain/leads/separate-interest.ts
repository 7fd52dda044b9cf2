import { eq } from 'drizzle-orm'
import { productLines } from '~db/schema'
import { command, DomainError } from '../kernel'
import { SeparateInterest } from './contract'
import { changeLead, lockedLead } from './locked-lead'
import { recordChange } from './record-change'

/**
 * Says that a lead is an interest of its own: it no longer takes the place of the company's one open lead, so that
 * another may be open beside it. `productLineId` moves it there. Refuses: not-found (lead or product line).
 */
export const separateInterest = command({
  name: 'lead.separate-interest',
  permission: 'leads:write',
  input: SeparateInterest,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const productLineId = input.productLineId ?? lead.productLineId
    if (lead.isSeparate && productLineId === lead.productLineId) return { version: lead.version }
    const [line] = await tx.select({ id: productLines.id }).from(productLines).where(eq(productLines.id, productLineId))
    if (line === undefined) throw new DomainError('not-found', { fields: { productLineId: ['unknown'] } })
    const { version } = await changeLead(tx, lead, { isSeparate: true, productLineId })
    await recordChange(tx, ctx, lead, { kind: 'separate', before: lead.productLineId, after: productLineId })
    await audit(lead.id, { before: { productLineId: lead.productLineId }, after: { productLineId } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { version }
  },
})
