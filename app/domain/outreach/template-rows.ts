import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { isLocale, type Locale } from '~/lib/locales'
import type { Tx } from '~db/client.server'
import { outreachMails, outreachTemplateRevisions, outreachTemplates } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import { faultOf, type Fault } from './render-template'

export type MailTemplate = { id: Id<'tpl'>; name: string; locale: Locale; revision: number; subject: string; body: string; isArchived: boolean; changedAt: Date; used: number }
type InTx = Context & { tx: Tx }

/** Every template with its offered wording and how often mails were made from it; by name. */
export async function templatesIn({ tx, orgId }: InTx): Promise<MailTemplate[]> {
  const used = sql<number>`(select count(*)::int from ${outreachMails} m where m.org_id = ${outreachTemplates.orgId} and m.template_id = ${outreachTemplates.id})`
  const rows = await tx.select({ template: outreachTemplates, wording: outreachTemplateRevisions, used }).from(outreachTemplates)
    .innerJoin(outreachTemplateRevisions, sameRevision).where(eq(outreachTemplates.orgId, orgId)).orderBy(asc(outreachTemplates.name), asc(outreachTemplates.id))
  return rows.map(({ template, wording, used: times }) => ({
    id: template.id, name: template.name, locale: isLocale(template.locale) ? template.locale : 'en', revision: template.revision, subject: wording.subject, body: wording.body,
    isArchived: template.archivedAt !== null, changedAt: wording.at, used: times,
  }))
}

/** Templates to choose from: those this member used last first, then by name. */
export async function templateChoices({ tx, orgId }: InTx, memberId: Id<'mem'>): Promise<{ id: Id<'tpl'>; name: string; locale: Locale }[]> {
  const lastUse = sql`(select max(m.ordered_at) from ${outreachMails} m where m.org_id = ${outreachTemplates.orgId} and m.template_id = ${outreachTemplates.id} and m.member_id = ${outreachMails.memberId.mapToDriverValue(memberId)})`
  const rows = await tx.select().from(outreachTemplates).where(and(eq(outreachTemplates.orgId, orgId), isNull(outreachTemplates.archivedAt)))
    .orderBy(sql`${lastUse} desc nulls last`, asc(outreachTemplates.name), asc(outreachTemplates.id))
  return rows.map(({ id, name, locale }) => ({ id, name, locale: isLocale(locale) ? locale : 'en' }))
}

/** The offered wording of a template. Refuses `not-found`. */
export async function wordingOf({ tx, orgId }: InTx, templateId: Id<'tpl'>): Promise<{ subject: string; body: string; revision: number; locale: Locale }> {
  const [row] = await tx.select({ wording: outreachTemplateRevisions, locale: outreachTemplates.locale }).from(outreachTemplates)
    .innerJoin(outreachTemplateRevisions, sameRevision).where(and(eq(outreachTemplates.orgId, orgId), eq(outreachTemplates.id, templateId)))
  if (row === undefined) throw new DomainError('not-found')
  const { subject, body, revision } = row.wording
  return { subject, body, revision, locale: isLocale(row.locale) ? row.locale : 'en' }
}

/** A template of this organisation, held until the transaction ends. Refuses `not-found`. */
export async function lockedTemplate({ tx, orgId }: InTx, templateId: Id<'tpl'>): Promise<typeof outreachTemplates.$inferSelect> {
  const [row] = await tx.select().from(outreachTemplates).where(and(eq(outreachTemplates.orgId, orgId), eq(outreachTemplates.id, templateId))).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return row
}

/** What is wrong with a subject or body, and in which of them; null where both may be used. */
export function faultsOf({ subject, body }: { subject: string; body: string }): (Fault & { field: 'subject' | 'body' }) | null {
  const inSubject = faultOf(subject)
  if (inSubject !== null) return { ...inSubject, field: 'subject' }
  const inBody = faultOf(body)
  return inBody === null ? null : { ...inBody, field: 'body' }
}

const sameRevision = and(
  eq(outreachTemplateRevisions.orgId, outreachTemplates.orgId), eq(outreachTemplateRevisions.templateId, outreachTemplates.id), eq(outreachTemplateRevisions.revision, outreachTemplates.revision),
)
