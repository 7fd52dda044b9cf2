import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { command, memberOf, type Context } from '../kernel'
import type * as z from 'zod'
import { keepPhoto } from '../leads'
import { AddLead, SubmitLead } from './contract'
import { ingestLead, type Ingested } from './ingest-lead'
import { innerSource, type InnerConnector } from './ingest-source'
import { emptyDraft, type LeadDraft } from './lead-draft'
import { assertSourcePlaces } from './source-places'

/** `leadId` is null where the company's interest is known already; whose it is, is not told. */
export type Submitted = { leadId: Id<'lead'> | null; isNew: boolean }

/** A partner hands in a lead, which stays theirs to follow by state. Refuses `invalid` without a phone or an address, `not-found` for a product line of nobody here. */
export const submitLead = command({
  name: 'lead.submit',
  permission: 'leads:submit',
  input: SubmitLead,
  async run({ tx, ctx, input }): Promise<Submitted> {
    const { leadId, isNewLead } = await take({ ...ctx, tx }, 'partner-portal', { ...input, channelId: null, campaignId: null }, null)
    return { leadId: isNewLead ? leadId : null, isNew: isNewLead }
  },
})

/**
 * A member types a lead in. A new one is theirs; a known interest answers its lead, whoever owns it, and what was typed
 * hangs on that. Refuses `invalid` without a phone or an address, `not-found` for a channel or product line of nobody here.
 */
export const addLead = command({
  name: 'lead.add',
  permission: 'leads:write',
  input: AddLead,
  async run({ tx, ctx, input, audit }): Promise<{ leadId: Id<'lead'> | null; isNew: boolean }> {
    const { leadId, isNewLead } = await take({ ...ctx, tx }, 'manual', input, memberOf(ctx.actor))
    if (leadId !== null && input.photo !== undefined) await audit(leadId, { after: { kind: 'photo', photo: await keepPhoto(ctx, leadId, input.photo) } })
    return { leadId, isNew: isNewLead }
  },
})

async function take(ctx: Context & { tx: Tx }, connector: InnerConnector, input: Omit<z.output<typeof AddLead>, 'photo'>, ownerId: Id<'mem'> | null): Promise<Ingested> {
  await assertSourcePlaces(ctx.tx, ctx, { productLineId: input.productLineId, channelId: input.channelId, campaignId: input.campaignId, ownerId: null })
  const source = await innerSource(ctx, connector)
  const submittedBy = memberOf(ctx.actor) ?? undefined
  const placed = { ...source, productLineId: input.productLineId ?? source.productLineId, channelId: input.channelId ?? source.channelId, campaignId: input.campaignId ?? (input.channelId === null ? source.campaignId : null) }
  return ingestLead(ctx, placed, draftOf(input, ownerId), { touchKind: connector === 'partner-portal' ? 'referral' : 'form', submittedBy })
}

const orNull = (text: string) => (text === '' ? null : text)

function draftOf({ company, name, title, phone, email, message }: z.output<typeof SubmitLead>, ownerId: Id<'mem'> | null): LeadDraft {
  return {
    ...emptyDraft, company: orNull(company), fullName: orNull(name), title: orNull(title), phones: phone === '' ? [] : [phone], emails: email === '' ? [] : [email],
    message: orNull(message), isRequest: true, ownerId,
  }
}
