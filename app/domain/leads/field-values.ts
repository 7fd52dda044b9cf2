import { and, asc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { formatMinor, parseMoney } from '~/lib/money'
import { isDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { fieldDefinitions, leadFieldValues, leads } from '~db/schema'
import { DomainError, query } from '../kernel'
import { leadId, ListFields } from './contract'
import { visibleLeads } from './visible-leads'
import type { FieldKind } from './vocabulary'

export type FieldChoice = { key: string; en: string; zh: string }
export type LeadField = { id: Id<'cf'>; key: string; kind: FieldKind; labelEn: string; labelZh: string; choices: FieldChoice[]; currency: string | null; isArchived: boolean }
/** Texts as they are typed and shown: `12000.00` of the field's currency, `2026-03-01`, `yes`, the key of a choice. */
export type FieldValue = string | string[] | null
type Stored = Pick<typeof leadFieldValues.$inferSelect, 'text' | 'number' | 'day' | 'choices'>

/** The custom fields of leads in their order; `all` with those put away. */
export const listFields = query({
  name: 'field.list',
  permission: 'leads:read',
  input: ListFields,
  async run({ tx, input }): Promise<LeadField[]> {
    const rows = await tx.select().from(fieldDefinitions).where(input.all ? undefined : isNull(fieldDefinitions.archivedAt)).orderBy(asc(fieldDefinitions.position), asc(fieldDefinitions.id))
    return rows.map(fieldOf)
  },
})

/** The custom values of leads, by lead and field; leads that are not visible and fields without a value are left out. */
export const leadFields = query({
  name: 'field.values',
  permission: 'leads:read',
  input: z.object({ leadIds: z.array(leadId).max(500) }),
  async run({ tx, ctx, input: { leadIds } }): Promise<Record<string, Record<string, string | string[]>>> {
    return valuesBy(tx, leadIds, visibleLeads(ctx), ({ id }) => id)
  },
})

/** Values of leads that were looked up already, by lead and by the key of the field. */
export const valuesByKey = (tx: Tx, leadIds: readonly Id<'lead'>[]): Promise<Values> => valuesBy(tx, leadIds, undefined, ({ key }) => key)

type Values = Record<string, Record<string, string | string[]>>

async function valuesBy(tx: Tx, leadIds: readonly Id<'lead'>[], seen: SQL | undefined, nameOf: (field: LeadField) => string): Promise<Values> {
  if (leadIds.length === 0) return {}
  const rows = await tx.select({ value: leadFieldValues, field: fieldDefinitions }).from(leadFieldValues)
    .innerJoin(fieldDefinitions, and(eq(fieldDefinitions.orgId, leadFieldValues.orgId), eq(fieldDefinitions.id, leadFieldValues.fieldId), isNull(fieldDefinitions.archivedAt)))
    .innerJoin(leads, and(eq(leads.orgId, leadFieldValues.orgId), eq(leads.id, leadFieldValues.leadId)))
    .where(and(inArray(leadFieldValues.leadId, [...leadIds]), seen))
  const found: Values = {}
  for (const { value, field: row } of rows) {
    const field = fieldOf(row)
    const shown = shownOf(field, value)
    if (shown !== null) (found[value.leadId] ??= {})[nameOf(field)] = shown
  }
  return found
}

/** The fields that are in use, in their order. */
export async function fieldsInUse(tx: Tx): Promise<LeadField[]> {
  return (await tx.select().from(fieldDefinitions).where(isNull(fieldDefinitions.archivedAt)).orderBy(asc(fieldDefinitions.position), asc(fieldDefinitions.id))).map(fieldOf)
}

export const fieldOf = (row: typeof fieldDefinitions.$inferSelect): LeadField => ({
  id: row.id, key: row.key, kind: row.kind, labelEn: row.labelEn, labelZh: row.labelZh, choices: row.choices as FieldChoice[], currency: row.currency, isArchived: row.archivedAt !== null,
})

/** A field of this organisation that is in use. Refuses not-found. */
export async function fieldNamed(tx: Tx, fieldId: Id<'cf'>): Promise<LeadField> {
  const [row] = await tx.select().from(fieldDefinitions).where(and(eq(fieldDefinitions.id, fieldId), isNull(fieldDefinitions.archivedAt)))
  if (row === undefined) throw new DomainError('not-found')
  return fieldOf(row)
}

/** A stored value as it is shown and typed. */
export function shownOf(field: LeadField, { text, number, day, choices }: Stored): FieldValue {
  switch (field.kind) {
    case 'number': return number === null ? null : String(Number(number))
    case 'money': return number === null ? null : formatMinor(BigInt(number), field.currency ?? 'CNY')
    case 'boolean': return number === null ? null : Number(number) === 1 ? 'yes' : 'no'
    case 'date': return day
    case 'multi_choice': return choices
    default: return text
  }
}

const wrong = (code: string) => new DomainError('invalid', { fields: { value: [code] } })
const nothing: Stored = { text: null, number: null, day: null, choices: null }

/** What was typed as it is stored; null takes the value away. Refuses `invalid` with what is wrong of it. */
export function storedOf(field: LeadField, said: FieldValue): Stored | null {
  const values = (Array.isArray(said) ? said : [said ?? '']).map((value) => value.normalize('NFC').trim()).filter((value) => value !== '')
  const [value = ''] = values
  if (values.length === 0) return null
  switch (field.kind) {
    case 'text': return { ...nothing, text: value.length > 200 ? refuse('too-long') : value.replaceAll(/[\u0000-\u001f\u007f]+/gu, ' ') }
    case 'long_text': return { ...nothing, text: value }
    case 'url': return { ...nothing, text: /^https?:\/\/[^\s]{3,500}$/i.test(value) && URL.canParse(value) ? value : refuse('not-a-link') }
    case 'number': return { ...nothing, number: /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value) ? value : refuse('not-a-number') }
    case 'money': return { ...nothing, number: (parseMoney(value, field.currency ?? 'CNY') ?? refuse('not-an-amount')).toString() }
    case 'date': return { ...nothing, day: isDate(value) ? value : refuse('not-a-day') }
    case 'boolean': return { ...nothing, number: value === 'yes' ? '1' : value === 'no' ? '0' : refuse('not-a-choice') }
    case 'choice': return { ...nothing, text: isChoice(field, value) ? value : refuse('not-a-choice') }
    case 'multi_choice': return { ...nothing, choices: values.every((each) => isChoice(field, each)) ? [...new Set(values)] : refuse('not-a-choice') }
  }
}

const isChoice = (field: LeadField, value: string): boolean => field.choices.some(({ key }) => key === value)
function refuse(code: string): never {
  throw wrong(code)
}

/** The value of one field of one lead, as it is stored. */
export async function storedValue(tx: Tx, lead: Id<'lead'>, field: Id<'cf'>): Promise<Stored> {
  const [row] = await tx.select().from(leadFieldValues).where(and(eq(leadFieldValues.leadId, lead), eq(leadFieldValues.fieldId, field)))
  return row ?? nothing
}

/** Puts a stored value in place, or takes it away. */
export async function writeValue(tx: Tx, row: { orgId: Id<'org'>; leadId: Id<'lead'>; fieldId: Id<'cf'>; updatedAt: Date }, stored: Stored | null): Promise<void> {
  if (stored === null) {
    await tx.delete(leadFieldValues).where(and(eq(leadFieldValues.leadId, row.leadId), eq(leadFieldValues.fieldId, row.fieldId)))
    return
  }
  const { text, number, day, choices } = stored
  const values = { text, number, day, choices, updatedAt: row.updatedAt }
  await tx.insert(leadFieldValues).values({ ...row, ...values })
    .onConflictDoUpdate({ target: [leadFieldValues.orgId, leadFieldValues.leadId, leadFieldValues.fieldId], set: values })
}

/** Custom fields by the names a file may call them: key and both labels, folded. The importer looks its columns up here. */
export async function fieldsByName(tx: Tx): Promise<Map<string, LeadField>> {
  const rows = await tx.select().from(fieldDefinitions).where(isNull(fieldDefinitions.archivedAt)).orderBy(sql`position desc`)
  return new Map(rows.flatMap((row) => [row.labelZh, row.labelEn, row.key].filter((name) => name !== '').map((name) => [foldedName(name), fieldOf(row)] as const)))
}
export const foldedName = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/[\s_\-./()]+/g, '')
