import { and, eq } from 'drizzle-orm'
import { forms, sources } from '~db/schema'
import { command } from '../../kernel'
import { forgetSource } from '../connected-source'
import type { FormStatus } from '../vocabulary'
import { ArchiveForm } from '../contract'
import { lockedForm } from './locked-form'

/** Puts a form away: its address answers 410 until it is brought back. What came stays. Refuses `not-found`. */
export const archiveForm = command({
  name: 'form.archive',
  permission: 'sources:write',
  input: ArchiveForm,
  async run({ tx, ctx, input: { formId, isArchived }, audit, emit }): Promise<{ status: FormStatus }> {
    const { form, source } = await lockedForm(tx, ctx, formId)
    const status = isArchived ? 'archived' : form.version > 0 ? 'published' : 'draft'
    if (form.status === status) return { status }
    await tx.update(forms).set({ status, updatedAt: ctx.now }).where(and(eq(forms.orgId, ctx.orgId), eq(forms.id, formId)))
    await tx.update(sources).set({ status: isArchived ? 'paused' : 'active' }).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, source.id)))
    await audit(formId, { before: { status: form.status }, after: { status } })
    await emit('form.changed', { formId })
    forgetSource(source.key)
    return { status }
  },
})
