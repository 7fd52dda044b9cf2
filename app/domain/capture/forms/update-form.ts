import { and, eq } from 'drizzle-orm'
import { forms, sources } from '~db/schema'
import { command, DomainError, type FieldProblems } from '../../kernel'
import { assertSourcePlaces, refuseTakenName } from '../source-places'
import { UpdateForm } from '../contract'
import { FormDefinition } from './definition'
import { lockedForm, type LockedForm } from './locked-form'

type Settings = NonNullable<ReturnType<typeof UpdateForm.parse>['settings']>

/**
 * Changes what a form asks, for its next version, and where its leads go, at once. Refuses `not-found`, `name-taken`,
 * `member-inactive`, and `invalid` with the places in the definition that cannot be.
 */
export const updateForm = command({
  name: 'form.update',
  permission: 'sources:write',
  input: UpdateForm,
  async run({ tx, ctx, input: { formId, definition, settings }, audit, emit }): Promise<void> {
    const locked = await lockedForm(tx, ctx, formId)
    const parsed = FormDefinition.safeParse({ ...locked.draft, ...definition })
    if (!parsed.success) throw new DomainError('invalid', { fields: problemsOf(parsed.error.issues) })
    const isChanged = JSON.stringify(parsed.data) !== JSON.stringify(locked.draft)
    if (isChanged) await tx.update(forms).set({ draft: parsed.data, isChanged: true, updatedAt: ctx.now }).where(and(eq(forms.orgId, ctx.orgId), eq(forms.id, formId)))
    const changed = settings === undefined ? {} : changesIn(locked.source, settings)
    if (settings !== undefined && Object.keys(changed).length > 0) {
      await assertSourcePlaces(tx, ctx, { channelId: null, campaignId: null, productLineId: null, ownerId: null, poolId: null, ...changed })
      await refuseTakenName(() => tx.transaction((step) => step.update(sources).set(settings).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, locked.source.id)))))
    }
    if (!isChanged && Object.keys(changed).length === 0) return
    await audit(formId, { before: before(locked, changed), after: { ...changed, parts: Object.keys(definition) } })
    await emit('form.changed', { formId })
  },
})

// What stays as it was is not asked about: a form whose channel was archived can still be edited.
function changesIn(source: LockedForm['source'], settings: Settings): Partial<Settings> {
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => source[name as keyof Settings] !== value))
}

const before = ({ source }: LockedForm, changed: Partial<Settings>) => Object.fromEntries(Object.keys(changed).map((name) => [name, source[name as keyof Settings]]))

function problemsOf(issues: readonly { path: PropertyKey[]; message: string }[]): FieldProblems {
  const fields: FieldProblems = {}
  for (const { path, message } of issues) (fields[path.map(String).join('.')] ??= []).push(message)
  return fields
}
