import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { forms, sources } from '~db/schema'
import type { Tx } from '~db/client.server'
import { DomainError, type Context } from '../../kernel'
import { FormDefinition } from './definition'

export type LockedForm = { form: typeof forms.$inferSelect; source: typeof sources.$inferSelect; draft: FormDefinition }

/** A form of this organisation with its source, both locked for a change. Refuses `not-found`. */
export async function lockedForm(tx: Tx, { orgId }: Context, formId: Id<'frm'>): Promise<LockedForm> {
  const [found] = await tx.select({ form: forms, source: sources }).from(forms)
    .innerJoin(sources, and(eq(sources.orgId, forms.orgId), eq(sources.id, forms.sourceId)))
    .where(and(eq(forms.orgId, orgId), eq(forms.id, formId))).for('update')
  if (!found) throw new DomainError('not-found')
  return { ...found, draft: FormDefinition.parse(found.form.draft) }
}
