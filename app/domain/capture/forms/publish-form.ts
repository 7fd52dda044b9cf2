import { and, eq } from 'drizzle-orm'
import type { JsonValue } from '~/lib/json-big'
import { consentTexts, forms, formVersions, sources } from '~db/schema'
import { actorId, command, DomainError, type FieldProblems } from '../../kernel'
import { forgetSource } from '../connected-source'
import { OneForm } from '../contract'
import { inLanguage, type FormDefinition } from './definition'
import { lockedForm } from './locked-form'
import { consentTextsOf, nextVersion, publishedIn } from './published-form'

/**
 * Makes the draft the live form, as a version of its own that is kept for ever with the words of its consents and
 * their SHA-256. Publishing what is live changes nothing. Refuses `not-found`, `invalid` for a form nobody could fill in.
 * Source of the record of consent: GDPR art. 7(1), PIPL art. 14.
 */
export const publishForm = command({
  name: 'form.publish',
  permission: 'sources:write',
  input: OneForm,
  async run({ tx, ctx, input: { formId }, audit, emit }): Promise<{ version: number }> {
    const { form, source, draft } = await lockedForm(tx, ctx, formId)
    if (form.status === 'published' && !form.isChanged) return { version: form.version }
    assertAnswerable(draft)
    const settings = source.settings as Record<string, JsonValue>
    const live = nextVersion(draft, formId, publishedIn(settings))
    const { version } = live
    await tx.insert(formVersions).values({ orgId: ctx.orgId, formId, version, definition: draft, actor: actorId(ctx.actor), at: ctx.now })
    const texts = consentTextsOf(draft).map((text) => ({ orgId: ctx.orgId, formId, ...text, at: ctx.now }))
    if (texts.length > 0) await tx.insert(consentTexts).values(texts).onConflictDoNothing()
    await tx.update(sources).set({ settings: { ...settings, form: live }, status: 'active' }).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, source.id)))
    await tx.update(forms).set({ status: 'published', version, isChanged: false, updatedAt: ctx.now }).where(and(eq(forms.orgId, ctx.orgId), eq(forms.id, formId)))
    await audit(formId, { before: { status: form.status, version: form.version }, after: { status: 'published', version } })
    await emit('form.changed', { formId })
    forgetSource(source.key)
    return { version }
  },
})

/** Refuses what could be saved as a draft and could not be filled in. */
function assertAnswerable({ fields, consents, locales }: FormDefinition): void {
  const problems: FieldProblems = {}
  if (!fields.some(({ kind }) => kind !== 'hidden')) problems['fields'] = ['required']
  const keys = new Set(fields.map(({ key }) => key))
  for (const [at, { kind, options, when, key, label }] of fields.entries()) {
    const isChoice = kind === 'choice' || kind === 'choices' || kind === 'product'
    if (isChoice && options.length === 0) problems[`fields.${at}.options`] = ['required']
    if (new Set(options.map(({ value }) => value)).size < options.length) problems[`fields.${at}.options`] = ['taken']
    if (when.field !== '' && (!keys.has(when.field) || when.field === key)) problems[`fields.${at}.when`] = ['not-found']
    if (key !== kind && kind !== 'hidden' && inLanguage(label, 'en') === '') problems[`fields.${at}.label`] = ['required']
  }
  for (const [at, { text }] of consents.entries()) if (locales.some((locale) => inLanguage(text, locale) === '')) problems[`consents.${at}.text`] = ['required']
  if (Object.keys(problems).length > 0) throw new DomainError('invalid', { fields: problems })
}
