import { eq, sql } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { fieldDefinitions } from '~db/schema'
import { command, DomainError } from '../kernel'
import { ArchiveField, ChangeField, CreateField } from './contract'

const fieldsAtMost = 100

/**
 * A new custom field of leads. Its key comes of its English name and stays. Refuses: name-taken, too-many (100),
 * choice-missing, invalid (money without a currency).
 */
export const createField = command({
  name: 'field.create',
  permission: 'settings:write',
  input: CreateField,
  async run({ tx, ctx, input, emit, audit }): Promise<{ fieldId: Id<'cf'>; key: string }> {
    const { kind, labelEn, labelZh, choices } = input
    const isChoice = kind === 'choice' || kind === 'multi_choice'
    if (isChoice && choices.length === 0) throw new DomainError('choice-missing', { fields: { choices: ['required'] } })
    if (kind === 'money' && input.currency === undefined) throw new DomainError('invalid', { fields: { currency: ['required'] } })
    const known = await tx.select({ key: fieldDefinitions.key }).from(fieldDefinitions)
    if (known.length >= fieldsAtMost) throw new DomainError('too-many')
    const key = keyOf(labelEn)
    if (known.some((field) => field.key === key)) throw new DomainError('name-taken', { fields: { labelEn: ['name-taken'] } })
    const fieldId = newId('cf')
    await tx.insert(fieldDefinitions).values({
      orgId: ctx.orgId, id: fieldId, key, kind, labelEn, labelZh, choices: isChoice ? choices : [], currency: kind === 'money' ? input.currency : null, position: known.length + 1, createdAt: ctx.now,
    })
    await audit(fieldId, { after: { kind, labelEn } })
    await emit('field.changed', { fieldId })
    return { fieldId, key }
  },
})

/** Names a field anew, and its choices; a choice that is in use may be renamed but stays. Refuses: not-found, choice-missing. */
export const changeField = command({
  name: 'field.change',
  permission: 'settings:write',
  input: ChangeField,
  async run({ tx, input, emit, audit }): Promise<{ fieldId: Id<'cf'> }> {
    const { fieldId, labelEn, labelZh } = input
    const [field] = await tx.select().from(fieldDefinitions).where(eq(fieldDefinitions.id, fieldId)).for('update')
    if (field === undefined) throw new DomainError('not-found')
    const before = field.choices as { key: string }[]
    const choices = input.choices ?? before
    // What stands in rows must still have a name.
    if (before.some(({ key }) => !choices.some((choice) => choice.key === key))) throw new DomainError('choice-missing', { fields: { choices: ['required'] } })
    await tx.update(fieldDefinitions).set({ labelEn, labelZh, choices }).where(eq(fieldDefinitions.id, fieldId))
    await audit(fieldId, { before: { labelEn: field.labelEn, labelZh: field.labelZh, choices: before }, after: { labelEn, labelZh, choices } })
    await emit('field.changed', { fieldId })
    return { fieldId }
  },
})

/** Puts a field away, or takes it out again. Its values stay. Refuses: not-found. */
export const archiveField = command({
  name: 'field.archive',
  permission: 'settings:write',
  input: ArchiveField,
  async run({ tx, ctx, input: { fieldId, archived }, emit, audit }): Promise<{ fieldId: Id<'cf'> }> {
    const [field] = await tx.select().from(fieldDefinitions).where(eq(fieldDefinitions.id, fieldId)).for('update')
    if (field === undefined) throw new DomainError('not-found')
    if ((field.archivedAt !== null) === archived) return { fieldId }
    await tx.update(fieldDefinitions).set({ archivedAt: archived ? ctx.now : sql`null` }).where(eq(fieldDefinitions.id, fieldId))
    await audit(fieldId, { before: { status: archived ? 'active' : 'archived' }, after: { status: archived ? 'archived' : 'active' } })
    await emit('field.changed', { fieldId, archived })
    return { fieldId }
  },
})

function keyOf(label: string): string {
  const key = label.normalize('NFKD').toLowerCase().replaceAll(/[\u0300-\u036f]/g, '').replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '').slice(0, 40)
  return key === '' ? newId('cf').slice(-8) : key
}
