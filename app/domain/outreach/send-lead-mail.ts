import type * as z from 'zod'
import { newId, type Id } from '~/lib/ids'
import { isLocale } from '~/lib/locales'
import { encrypt, randomToken, sha256 } from '~/platform/crypto'
import { mailRoute } from '~/platform/mail'
import type { Tx } from '~db/client.server'
import { outreachMailBodies, outreachMails } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { leadDetail, type LeadPerson } from '../leads'
import { mailAddressesOf } from '../people'
import { addressNames } from './address-key'
import { SendLeadMail } from './contract'
import { startCourse } from './mail-course'
import { gapsIn } from './render-template'
import { suppressionOf } from './suppressions'
import { wordingOf } from './template-rows'
import { senderOf, type Sender } from './template-values'

/** `sendAfter`: until then the mail can be taken back. */
export type OrderedMail = { mailId: Id<'mail'>; sendAfter: Date }
type InTx = Context & { tx: Tx }
type Input = z.output<typeof SendLeadMail>

/**
 * Writes a mail to somebody on a lead; it leaves ten seconds later, from the installation's address under the member's
 * name. `to` names one address of that person, as `Reach.key` does. Refuses: not-found, not-allowed (nobody in
 * particular asks), lead-duplicate, does-not-want-mail, mail-not-set-up, invalid (a value still missing in the text).
 */
export const sendLeadMail = command({
  name: 'mail.order',
  permission: 'leads:write',
  input: SendLeadMail,
  async run({ tx, ctx, input, emit, audit }): Promise<OrderedMail> {
    const { ownerId, person } = await personOn(ctx, input)
    const sender = await senderOf(ctx)
    if (sender === null) throw new DomainError('not-allowed')
    const { address, addressKey } = await addressOf(ctx, input)
    const text = checkedText(input)
    const route = mailRoute()
    if (!route.leaves && !route.isShown) throw new DomainError('mail-not-set-up')
    const template = input.templateId === undefined ? null : await wordingOf(ctx, input.templateId)
    const mailId = newId('mail')
    const token = randomToken()
    const course = startCourse(ctx.now)
    const sendAfter = course.nextAt ?? ctx.now
    await tx.insert(outreachMails).values({
      orgId: ctx.orgId, id: mailId, leadId: input.leadId, personId: input.personId, memberId: sender.memberId, templateId: input.templateId ?? null, templateRevision: template?.revision ?? null,
      locale: template?.locale ?? input.locale ?? localeOf(sender), sendAfter, addressKey, tokenHash: tokenHash(token), ...course,
    })
    await tx.insert(outreachMailBodies).values({ orgId: ctx.orgId, mailId, address, name: person.name, ...text, token: encrypt(token, `outreach_mail_bodies ${mailId}`) })
    await audit(input.leadId, { after: { kind: 'email', personId: input.personId, mailId, templateId: input.templateId, addressKey } })
    await emit('mail.ordered', { mailId, leadId: input.leadId, ownerId })
    return { mailId, sendAfter }
  },
})

/** What stands at rest of the token that opens a mail's page of unsubscription. */
export const tokenHash = (token: string): string => sha256(`unsubscribe ${token}`).toString('hex')

const localeOf = ({ locale }: Sender) => (isLocale(locale) ? locale : 'en')

async function personOn(ctx: InTx, { leadId, personId }: Input): Promise<{ ownerId: Id<'mem'> | null; person: LeadPerson }> {
  const lead = await leadDetail(ctx, { leadId })
  if (lead.duplicateOf !== null) throw new DomainError('lead-duplicate', { params: { leadId: lead.duplicateOf } })
  const person = lead.people.find(({ id }) => id === personId)
  if (person === undefined) throw new DomainError('not-found')
  return { ownerId: lead.owner?.id ?? null, person }
}

async function addressOf(ctx: InTx, { personId, to }: Input): Promise<{ address: string; addressKey: string }> {
  const found = (await mailAddressesOf(ctx.tx, ctx, personId)).find(({ key }) => key === to)
  if (found === undefined) throw new DomainError('not-found')
  const name = await addressNames(ctx, 'write')
  if (name === null) throw new DomainError('not-found')
  const addressKey = name(found.address)
  if ((await suppressionOf(ctx, addressKey)) !== null) throw new DomainError('does-not-want-mail')
  return { address: found.address, addressKey }
}

// What a template could not fill in stands in double brackets: nobody should get that.
function checkedText({ subject, body }: Input): { subject: string; body: string } {
  const missing = { subject: gapsIn(subject), body: gapsIn(body) }
  const fields = Object.fromEntries(Object.entries(missing).filter(([, gaps]) => gaps.length > 0).map(([field]) => [field, ['value-missing']]))
  if (Object.keys(fields).length > 0) throw new DomainError('invalid', { fields })
  return { subject, body }
}
