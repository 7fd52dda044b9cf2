import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadFieldValues } from '~db/schema'
import type { Context } from '../kernel'
import { fieldsByName, foldedName, storedOf, type LeadField } from './field-values'

type InTx = Context & { tx: Tx }
/** What a file, a form or another system says of a lead, by the names of fields. */
export type SaidOfLead = { leadId: Id<'lead'>; said: Readonly<Record<string, string>> }
/** Which values were written, and what could not be read as a value of its field. */
export type WrittenFields = { written: { leadId: Id<'lead'>; fieldId: Id<'cf'> }[]; problems: { leadId: Id<'lead'>; name: string; code: 'not-a-value' }[] }

const TOGETHER = 2_000

/**
 * Writes what a sender says of leads into the custom fields of these names (key or label, in any writing), where a lead
 * has no value there yet. Inside the caller's transaction, which audits and emits; names that are no field are left alone.
 */
export async function writeImportedFields(ctx: InTx, leads: readonly SaidOfLead[]): Promise<WrittenFields> {
  const done: WrittenFields = { written: [], problems: [] }
  if (leads.every(({ said }) => Object.keys(said).length === 0)) return done
  const fields = await fieldsByName(ctx.tx)
  const rows = new Map<string, typeof leadFieldValues.$inferInsert>()
  for (const { leadId, said } of leads) {
    for (const [name, value] of Object.entries(said)) {
      const field = fields.get(foldedName(name))
      if (field === undefined) continue
      const stored = readAs(field, value)
      if (stored === 'unread') done.problems.push({ leadId, name, code: 'not-a-value' })
      else if (stored !== null && !rows.has(`${leadId} ${field.id}`)) rows.set(`${leadId} ${field.id}`, { orgId: ctx.orgId, leadId, fieldId: field.id, ...stored, updatedAt: ctx.now })
    }
  }
  const all = [...rows.values()]
  for (let from = 0; from < all.length; from += TOGETHER) {
    done.written.push(...(await ctx.tx.insert(leadFieldValues).values(all.slice(from, from + TOGETHER)).onConflictDoNothing().returning({ leadId: leadFieldValues.leadId, fieldId: leadFieldValues.fieldId })))
  }
  return done
}

/** Takes such values back, where they still are what was written at that moment. */
export async function forgetImportedFields({ tx, orgId }: InTx, written: readonly { lead_id: string; field_id: string }[], writtenAt: Date): Promise<void> {
  if (written.length === 0) return
  await tx.execute(sql`
    delete from lead_field_values v using json_to_recordset(${JSON.stringify(written)}::json) as k(lead_id uuid, field_id uuid)
    where v.org_id = ${toUuid(orgId)}::uuid and v.lead_id = k.lead_id and v.field_id = k.field_id and v.updated_at = ${writtenAt.toISOString()}::timestamptz`)
}

function readAs(field: LeadField, value: string): ReturnType<typeof storedOf> | 'unread' {
  try {
    return storedOf(field, choicesNamed(field, field.kind === 'multi_choice' ? value.split(/[,;|、，；]/) : value))
  } catch {
    return 'unread'
  }
}

// Senders say a choice by its name in either language, or yes and no in theirs.
function choicesNamed({ kind, choices }: LeadField, said: string | string[]): string | string[] {
  const one = (text: string) => {
    const folded = foldedName(text)
    if (kind === 'boolean') return ['yes', 'true', '1', '是'].includes(folded) ? 'yes' : ['no', 'false', '0', '否'].includes(folded) ? 'no' : text
    return choices.find(({ key, en, zh }) => [key, en, zh].some((name) => name !== '' && foldedName(name) === folded))?.key ?? text
  }
  return Array.isArray(said) ? said.map(one) : one(said)
}
