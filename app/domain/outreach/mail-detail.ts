import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { maskEmail } from '~/lib/email'
import { maskText } from '~/lib/mask-contact'
import { leads, members, outreachMailBodies, outreachMails, outreachTemplates, people } from '~db/schema'
import { DomainError, memberOf, query } from '../kernel'
import { canSeeLead } from '../leads'
import { seesContacts } from '../people'
import { OneMail } from './contract'
import type { MailProblem, MailState } from './vocabulary'

/** A mail as it was written. `said` is null once the person was erased; numbers and addresses in it are covered for whoever neither wrote it nor owns the lead. */
export type MailDetail = {
  id: Id<'mail'>; leadId: Id<'lead'>; state: MailState; problem: MailProblem | null; orderedAt: Date; sendAfter: Date; settledAt: Date | null; attempts: number
  person: string; sender: string; template: string | null; said: { address: string; subject: string; body: string } | null; mayCancel: boolean
}

/** One mail with what it said. Refuses: not-found (also where the lead is not visible). */
export const mailDetail = query({
  name: 'mail.detail',
  permission: 'leads:read',
  input: OneMail,
  async run({ tx, ctx, input: { mailId } }): Promise<MailDetail> {
    const [row] = await tx.select({ mail: outreachMails, body: outreachMailBodies, person: people.name, sender: members.name, template: outreachTemplates.name, ownerId: leads.ownerId }).from(outreachMails)
      .innerJoin(leads, and(eq(leads.orgId, outreachMails.orgId), eq(leads.id, outreachMails.leadId)))
      .innerJoin(people, and(eq(people.orgId, outreachMails.orgId), eq(people.id, outreachMails.personId)))
      .innerJoin(members, and(eq(members.orgId, outreachMails.orgId), eq(members.id, outreachMails.memberId)))
      .leftJoin(outreachTemplates, and(eq(outreachTemplates.orgId, outreachMails.orgId), eq(outreachTemplates.id, outreachMails.templateId)))
      .leftJoin(outreachMailBodies, and(eq(outreachMailBodies.orgId, outreachMails.orgId), eq(outreachMailBodies.mailId, outreachMails.id)))
      .where(and(eq(outreachMails.orgId, ctx.orgId), eq(outreachMails.id, mailId)))
    if (row === undefined || !(await canSeeLead(ctx, row.mail.leadId))) throw new DomainError('not-found')
    const { mail, body, ownerId, ...names } = row
    const me = memberOf(ctx.actor)
    const mayRead = seesContacts(ctx) || (me !== null && (me === mail.memberId || me === ownerId))
    const ownsLead = seesContacts(ctx) || (me !== null && me === ownerId)
    const said = body === null ? null : {
      address: ownsLead ? body.address : maskEmail(body.address), subject: mayRead ? body.subject : maskText(body.subject), body: mayRead ? body.body : maskText(body.body),
    }
    const { id, leadId, state, problem, orderedAt, sendAfter, settledAt, attempts } = mail
    return { id, leadId, state, problem, orderedAt, sendAfter, settledAt, attempts, ...names, said, mayCancel: state === 'queued' && me === mail.memberId }
  },
})
