import { and, eq } from 'drizzle-orm'
import { outreachTemplates } from '~db/schema'
import { command } from '../kernel'
import { ArchiveTemplate } from './contract'
import { lockedTemplate } from './template-rows'

/** Takes a template off the list, or puts it back. Mails made from it keep its name. Refuses: not-found. */
export const archiveTemplate = command({
  name: 'template.archive',
  permission: 'outreach:write',
  input: ArchiveTemplate,
  async run({ tx, ctx, input: { templateId, isArchived }, emit, audit }): Promise<{ archivedAt: Date | null }> {
    const before = await lockedTemplate(ctx, templateId)
    if ((before.archivedAt !== null) === isArchived) return { archivedAt: before.archivedAt }
    const archivedAt = isArchived ? ctx.now : null
    await tx.update(outreachTemplates).set({ archivedAt }).where(and(eq(outreachTemplates.orgId, ctx.orgId), eq(outreachTemplates.id, templateId)))
    await audit(templateId, { before: { status: isArchived ? 'active' : 'archived' }, after: { status: isArchived ? 'archived' : 'active' } })
    await emit('template.changed', { templateId })
    return { archivedAt }
  },
})
