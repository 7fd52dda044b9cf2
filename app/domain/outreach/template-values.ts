import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { members, organisations, people } from '~db/schema'
import { memberOf, type Context } from '../kernel'
import type { LeadDetail } from '../leads'
import type { MailValues } from './vocabulary'

type InTx = Context & { tx: Tx }
export type Sender = { memberId: Id<'mem'>; name: string; email: string; organisation: string; locale: string }

/** Who writes, and for whom; null where nobody in particular asks. */
export async function senderOf({ tx, ...ctx }: InTx, memberId = memberOf(ctx.actor)): Promise<Sender | null> {
  if (memberId === null) return null
  const [row] = await tx.select({ name: members.name, email: members.email, organisation: organisations.name, locale: organisations.locale }).from(members)
    .innerJoin(organisations, eq(organisations.orgId, members.orgId)).where(and(eq(members.orgId, ctx.orgId), eq(members.id, memberId)))
  return row === undefined ? null : { memberId, ...row }
}

/** What a template may say about this person of this lead, as it is known; null where it is not. */
export async function valuesFor({ tx, orgId }: InTx, lead: LeadDetail, personId: Id<'per'> | null, sender: Sender): Promise<MailValues> {
  const [person] = personId === null ? [] : await tx.select().from(people).where(and(eq(people.orgId, orgId), eq(people.id, personId)))
  return {
    'person.fullName': known(person?.name), 'person.firstName': known(person?.givenName) ?? firstOf(person?.name), 'person.lastName': known(person?.familyName), 'person.title': known(person?.title),
    'company.name': known(lead.company?.name), 'lead.productLine': known(lead.productLine.name), 'sender.name': known(sender.name), 'sender.email': known(sender.email), 'organisation.name': known(sender.organisation),
  }
}

const known = (text: string | null | undefined): string | null => (text === null || text === undefined || text.trim() === '' ? null : text.trim())

/** The first word of a name; one in Chinese characters is said whole, since its given name alone is too familiar. */
export function firstOf(name: string | null | undefined): string | null {
  const whole = known(name)
  return whole === null || /\p{Script=Han}/u.test(whole) ? whole : (whole.split(/\s+/u)[0] ?? whole)
}

/** Somebody who does not exist, to show a template with before there is a lead. */
export const sampleValues = (sender: Sender, locale: string): MailValues => ({
  'person.fullName': locale === 'zh-CN' ? '王晓芸' : 'Anna Weber', 'person.firstName': locale === 'zh-CN' ? '王晓芸' : 'Anna', 'person.lastName': locale === 'zh-CN' ? '王' : 'Weber',
  'person.title': locale === 'zh-CN' ? '采购经理' : 'Head of purchasing', 'company.name': locale === 'zh-CN' ? '恒泰机械' : 'Weber Pumps', 'lead.productLine': locale === 'zh-CN' ? '标准产品' : 'Standard',
  'sender.name': sender.name, 'sender.email': sender.email, 'organisation.name': sender.organisation,
})
