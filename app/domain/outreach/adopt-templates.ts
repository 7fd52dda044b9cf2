import { eq } from 'drizzle-orm'
import { mailWords } from '~/i18n/mail-words.server'
import { LOCALES } from '~/lib/locales'
import { newId, type Id } from '~/lib/ids'
import { organisations, outreachTemplateRevisions, outreachTemplates } from '~db/schema'
import { actorId, command } from '../kernel'
import { nothing } from '../kernel/contract'

/** Writes down a few templates in both languages where the organisation has none, so that each can be changed. Does nothing twice. */
export const adoptTemplates = command({
  name: 'template.adopt',
  permission: 'outreach:write',
  input: nothing,
  async run({ tx, ctx, emit, audit }): Promise<{ count: number }> {
    // Two who press at once: the second one sees what the first has written.
    await tx.select({ id: organisations.orgId }).from(organisations).where(eq(organisations.orgId, ctx.orgId)).for('update')
    if ((await tx.$count(outreachTemplates, eq(outreachTemplates.orgId, ctx.orgId))) > 0) return { count: 0 }
    const offered = LOCALES.flatMap((locale) => Object.values(mailWords(locale).templates).map((template) => ({ ...template, locale, id: newId('tpl') as Id<'tpl'> })))
    await tx.insert(outreachTemplates).values(offered.map(({ id, name, locale }) => ({ orgId: ctx.orgId, id, name, locale, revision: 1, createdAt: ctx.now })))
    await tx.insert(outreachTemplateRevisions).values(offered.map(({ id, subject, body }) => ({ orgId: ctx.orgId, templateId: id, revision: 1, subject, body, by: actorId(ctx.actor), at: ctx.now })))
    await audit(ctx.orgId, { after: { counts: String(offered.length) } })
    for (const { id } of offered) await emit('template.changed', { templateId: id })
    return { count: offered.length }
  },
})
