import { command, DomainError } from '../kernel'
import { SnoozeLead } from './contract'
import { changeLead, lockedLead } from './locked-lead'
import { placeInQueue } from './place-in-queue'
import { recordChange } from './record-change'

/**
 * Rests an open lead until a moment, or wakes it (`until` null); `previous` is what undoes it.
 * Refuses: not-found, lead-closed, invalid (a moment that has passed).
 */
export const snoozeLead = command({
  name: 'lead.snooze',
  permission: 'leads:write',
  input: SnoozeLead,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number; previous: Date | null }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const previous = lead.snoozedUntil
    if (previous?.getTime() === input.until?.getTime()) return { version: lead.version, previous }
    if (!lead.isOpen) throw new DomainError('lead-closed')
    if (input.until !== null && input.until <= ctx.now) throw new DomainError('invalid', { fields: { until: ['not-in-the-past'] } })
    const { version } = await changeLead(tx, lead, { snoozedUntil: input.until })
    await recordChange(tx, ctx, lead, { kind: 'snooze', before: previous?.toISOString() ?? null, after: input.until?.toISOString() ?? null })
    await audit(lead.id, { before: { snoozedUntil: previous }, after: { snoozedUntil: input.until } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    await placeInQueue(ctx, [lead.id])
    return { version, previous }
  },
})
