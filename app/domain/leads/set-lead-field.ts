import { command } from '../kernel'
import { SetLeadField } from './contract'
import { fieldNamed, shownOf, storedOf, storedValue, writeValue, type FieldValue } from './field-values'
import { changeLead, lockedLead } from './locked-lead'
import { recordChange } from './record-change'

/**
 * Writes a custom field of a lead; null or nothing takes its value away. The same value changes nothing.
 * Refuses: not-found (lead or field), stale, invalid (not a value of this kind).
 */
export const setLeadField = command({
  name: 'lead.set-field',
  permission: 'leads:write',
  input: SetLeadField,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number; before: FieldValue; value: FieldValue }> {
    const field = await fieldNamed(tx, input.fieldId)
    const lead = await lockedLead(tx, ctx, input.leadId, input.version)
    const stored = storedOf(field, input.value)
    const before = shownOf(field, await storedValue(tx, lead.id, field.id))
    const value = stored === null ? null : shownOf(field, stored)
    if (JSON.stringify(before) === JSON.stringify(value)) return { version: lead.version, before, value }
    await writeValue(tx, { orgId: ctx.orgId, leadId: lead.id, fieldId: field.id, updatedAt: ctx.now }, stored)
    const { version } = await changeLead(tx, lead, {})
    // Which field, and whether it says something now: what it says stands in its own row alone.
    await recordChange(tx, ctx, lead, { kind: 'field', before: null, after: `${field.id}:${value === null ? 'empty' : 'set'}` })
    // Under the field's id: only a digest of the value is kept.
    await audit(lead.id, { before: { [field.id]: before }, after: { [field.id]: value } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { version, before, value }
  },
})
