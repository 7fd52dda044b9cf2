import { leadChecklists } from '~db/schema'
import { command, memberOf } from '../kernel'
import type { Checklist } from './assert-move-allowed'
import { SetChecklist } from './contract'
import { changeLead, lockedLead } from './locked-lead'
import { checklistOf } from './move-stage'
import { recordChange } from './record-change'
import { checklistItems } from './vocabulary'

/** Answers items of the checklist; items left out stay. Answers as it was change nothing. Refuses: not-found. */
export const setChecklist = command({
  name: 'lead.set-checklist',
  permission: 'leads:write',
  input: SetChecklist,
  async run({ tx, ctx, input, emit, audit }): Promise<{ checklist: Checklist; version: number }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const before = await checklistOf(tx, lead.id)
    const checklist: Checklist = { ...before }
    for (const item of checklistItems) checklist[item] = input[item] ?? before[item]
    const changed = checklistItems.filter((item) => checklist[item] !== before[item])
    if (changed.length === 0) return { checklist, version: lead.version }
    const values = { ...checklist, updatedAt: ctx.now, updatedBy: memberOf(ctx.actor) }
    await tx.insert(leadChecklists).values({ orgId: ctx.orgId, leadId: lead.id, ...values })
      .onConflictDoUpdate({ target: [leadChecklists.orgId, leadChecklists.leadId], set: values })
    for (const item of changed) {
      await recordChange(tx, ctx, lead, { kind: 'checklist', before: `${item}:${before[item]}`, after: `${item}:${checklist[item]}` })
    }
    const { version } = await changeLead(tx, lead, {})
    await audit(lead.id, { before, after: checklist })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { checklist, version }
  },
})
