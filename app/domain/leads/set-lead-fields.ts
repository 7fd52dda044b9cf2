import type { Id } from '~/lib/ids'
import { command, DomainError } from '../kernel'
import { SetLeadFields } from './contract'
import { fieldsInUse } from './field-values'
import { lockedLead } from './locked-lead'
import { setLeadField } from './set-lead-field'

/**
 * Writes several custom fields of a lead at once, by their keys; null takes a value away. All of it or nothing.
 * Refuses: not-found (lead), stale, invalid (`custom.<key>`: no such field, or not a value of its kind).
 */
export const setLeadFields = command({
  name: 'lead.set-fields',
  permission: 'leads:write',
  input: SetLeadFields,
  async run({ tx, ctx, input: { leadId, version, custom }, audit }): Promise<{ leadId: Id<'lead'>; changed: number }> {
    const before = await lockedLead(tx, ctx, leadId, version)
    const fields = new Map((await fieldsInUse(tx)).map((field) => [field.key, field]))
    const unknown = Object.keys(custom).filter((key) => !fields.has(key))
    if (unknown.length > 0) throw new DomainError('invalid', { fields: Object.fromEntries(unknown.map((key) => [`custom.${key}`, ['unknown-field']])) })
    let changed = 0
    for (const [key, value] of Object.entries(custom)) {
      const field = fields.get(key)
      if (field === undefined) continue
      const answer = await setLeadField({ ...ctx, tx }, { leadId, fieldId: field.id, value }).catch((error: unknown) => {
        throw error instanceof DomainError && error.code === 'invalid' ? new DomainError('invalid', { fields: { [`custom.${key}`]: error.fields?.['value'] ?? ['not-a-value'] } }) : error
      })
      if (JSON.stringify(answer.before) !== JSON.stringify(answer.value)) changed += 1
    }
    if (changed > 0) await audit(before.id, { after: { counts: `${changed}` } })
    return { leadId, changed }
  },
})
