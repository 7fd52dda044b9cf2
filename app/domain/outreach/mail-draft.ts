import type { Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { mailRoute } from '~/platform/mail'
import type { Tx } from '~db/client.server'
import { DomainError, query, type Context } from '../kernel'
import { leadDetail, type LeadDetail } from '../leads'
import { mailAddressesOf } from '../people'
import { MailDraftOf } from './contract'
import { fillIn, type Filled } from './render-template'
import { suppressionsAmong, type Suppression } from './suppressions'
import { templateChoices, wordingOf } from './template-rows'
import { senderOf, valuesFor } from './template-values'
import type { MailVariable } from './vocabulary'

/** An address as the actor may see it, and whether it may be written to. */
export type MailTo = { key: string; shown: string; isMasked: boolean; suppression: Suppression | null }
/** All a composer shows. `text` is what the chosen template says for the chosen person; empty without one. */
export type MailDraft = {
  people: { id: Id<'per'>; name: string; addresses: MailTo[] }[]
  personId: Id<'per'> | null
  templates: { id: Id<'tpl'>; name: string; locale: Locale }[]
  templateId: Id<'tpl'> | null
  text: { subject: string; body: string; missing: MailVariable[] }
  from: { name: string; address: string; replyTo: string }
  /** whether mails leave this machine; where not, whether they are shown at /dev/mailbox */
  route: { leaves: boolean; isShown: boolean }
}

/** What somebody needs to write to a person on a lead: who can be reached how, the templates, and the text. Refuses: not-found, not-allowed. */
export const mailDraft = query({
  name: 'mail.draft',
  permission: 'leads:write',
  input: MailDraftOf,
  async run({ ctx, input }): Promise<MailDraft> {
    const lead = await leadDetail(ctx, { leadId: input.leadId })
    const sender = await senderOf(ctx)
    if (sender === null) throw new DomainError('not-allowed')
    if (input.personId !== undefined && !lead.people.some(({ id }) => id === input.personId)) throw new DomainError('not-found')
    const people = await reachable(ctx, lead)
    const personId = input.personId ?? people.find(({ addresses }) => addresses.some(({ suppression }) => suppression === null))?.id ?? people[0]?.id ?? null
    const { leaves, isShown, from } = mailRoute()
    return {
      people, personId, templates: await templateChoices(ctx, sender.memberId), templateId: input.templateId ?? null,
      text: input.templateId === undefined ? { subject: '', body: '', missing: [] } : await textOf(ctx, lead, { templateId: input.templateId, personId, sender }),
      from: { name: sender.name, address: from, replyTo: sender.email }, route: { leaves, isShown },
    }
  },
})

async function textOf(ctx: Context & { tx: Tx }, lead: LeadDetail, { templateId, personId, sender }: { templateId: Id<'tpl'>; personId: Id<'per'> | null; sender: Parameters<typeof valuesFor>[3] }): Promise<MailDraft['text']> {
  const wording = await wordingOf(ctx, templateId)
  const values = await valuesFor(ctx, lead, personId, sender)
  const [subject, body]: Filled[] = [fillIn(wording.subject, values), fillIn(wording.body, values)]
  return { subject: subject?.text ?? '', body: body?.text ?? '', missing: [...new Set([...(subject?.missing ?? []), ...(body?.missing ?? [])])] }
}

/** People on the lead with their addresses: masked where contacts are, and said to want no mail where that is so. */
async function reachable(ctx: Context & { tx: Tx }, { people }: LeadDetail): Promise<MailDraft['people']> {
  const shown: MailDraft['people'] = []
  for (const { id, name, reach } of people) {
    const addresses = await mailAddressesOf(ctx.tx, ctx, id)
    const stopped = await suppressionsAmong(ctx, addresses.map(({ address }) => address))
    shown.push({ id, name, addresses: addresses.flatMap(({ key, address }) => {
      const seen = reach.find((each) => each.kind === 'email' && each.key === key)
      return seen === undefined ? [] : [{ key, shown: seen.shown, isMasked: seen.isMasked, suppression: stopped.get(address) ?? null }]
    }) })
  }
  return shown
}
