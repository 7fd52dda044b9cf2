import { and, eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { outreachTemplateRevisions, outreachTemplates } from '~db/schema'
import { actorId, command, DomainError } from '../kernel'
import { KeepTemplate } from './contract'
import { faultsOf, lockedTemplate, wordingOf } from './template-rows'

const mostKept = 200

/**
 * Adds a template, or writes a new revision of one; what was sent keeps its own. Saying the same twice changes nothing.
 * Refuses: not-found, template-wrong (field, why, line and name in its params), invalid (more than 200).
 */
export const keepTemplate = command({
  name: 'template.keep',
  permission: 'outreach:write',
  input: KeepTemplate,
  async run({ tx, ctx, input, emit, audit }): Promise<{ templateId: Id<'tpl'>; revision: number }> {
    const { templateId, name, locale, subject, body } = input
    const fault = faultsOf(input)
    if (fault !== null) throw new DomainError('template-wrong', { params: fault })
    const id = templateId ?? newId('tpl')
    const wording = { orgId: ctx.orgId, templateId: id, subject, body, by: actorId(ctx.actor), at: ctx.now }
    if (templateId === undefined) {
      if ((await tx.$count(outreachTemplates, eq(outreachTemplates.orgId, ctx.orgId))) >= mostKept) throw new DomainError('invalid', { fields: { name: ['too-many'] } })
      await tx.insert(outreachTemplates).values({ orgId: ctx.orgId, id, name, locale, revision: 1, createdAt: ctx.now })
      await tx.insert(outreachTemplateRevisions).values({ ...wording, revision: 1 })
      await audit(id, { after: { name, locale, subject, body, version: 1 } })
      await emit('template.changed', { templateId: id })
      return { templateId: id, revision: 1 }
    }
    const before = await lockedTemplate(ctx, templateId)
    const said = await wordingOf(ctx, templateId)
    const isReworded = said.subject !== subject || said.body !== body
    if (!isReworded && before.name === name && before.locale === locale) return { templateId, revision: before.revision }
    const revision = before.revision + (isReworded ? 1 : 0)
    if (isReworded) await tx.insert(outreachTemplateRevisions).values({ ...wording, revision })
    await tx.update(outreachTemplates).set({ name, locale, revision }).where(and(eq(outreachTemplates.orgId, ctx.orgId), eq(outreachTemplates.id, templateId)))
    await audit(templateId, { before: { name: before.name, locale: before.locale, version: before.revision, subject: said.subject, body: said.body }, after: { name, locale, version: revision, subject, body } })
    await emit('template.changed', { templateId })
    return { templateId, revision }
  },
})
