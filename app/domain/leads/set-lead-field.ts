import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { command, type Context } from '../kernel'
import { SetLeadField } from './contract'
import { fieldNamed, fieldsByName, foldedName, shownOf, storedOf, storedValue, writeValue, type FieldValue } from './field-values'
import { changeLead, lockedLead } from './locked-lead'

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
    // Under the field's id: only a digest of the value is kept.
    await audit(lead.id, { before: { [field.id]: before }, after: { [field.id]: value } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { version, before, value }
  },
})

/**
 * The values a file gives for custom fields "by name". Inside the importer's transaction, which audits and emits.
 * Answers what it could not read; names that are no field are left alone.
 */
export async function writeImportedFields(ctx: Context & { tx: Tx }, lead: Id<'lead'>, said: Readonly<Record<string, string>>): Promise<{ name: string; code: string }[]> {
  const fields = await fieldsByName(ctx.tx)
  const problems: { name: string; code: string }[] = []
  for (const [name, value] of Object.entries(said)) {
    const field = fields.get(foldedName(name))
    if (field === undefined) continue
    try {
      const values = field.kind === 'multi_choice' ? value.split(/[,;|、，；]/) : value
      await writeValue(ctx.tx, { orgId: ctx.orgId, leadId: lead, fieldId: field.id, updatedAt: ctx.now }, storedOf(field, choicesNamed(field, values)))
    } catch {
      problems.push({ name, code: 'not-a-value' })
    }
  }
  return problems
}

// Files say a choice by its name in either language, or yes and no in theirs.
function choicesNamed(field: { kind: string; choices: { key: string; en: string; zh: string }[] }, said: string | string[]): string | string[] {
  const one = (text: string) => {
    const folded = foldedName(text)
    if (field.kind === 'boolean') return ['yes', 'true', '1', '是'].includes(folded) ? 'yes' : ['no', 'false', '0', '否'].includes(folded) ? 'no' : text
    return field.choices.find(({ key, en, zh }) => [key, en, zh].some((name) => name !== '' && foldedName(name) === folded))?.key ?? text
  }
  return Array.isArray(said) ? said.map(one) : one(said)
}
