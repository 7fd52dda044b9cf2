import * as z from 'zod'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { command, DomainError, type Context } from '../kernel'
import { fieldsByName, foldedName, writeImportedFields } from '../leads'
import { idOf, line, moment, paragraph } from '../kernel/contract'
import { ingestLead } from './ingest-lead'
import { ingestSource, innerSource } from './ingest-source'
import { emptyDraft } from './lead-draft'

const text = (most = 200) => line(most).nullish().transform((value) => (value === '' ? null : (value ?? null)))
const bag = z.record(z.string().max(80), z.string().max(2000)).default({})

/** A lead as another system posts it; every external id is a string. */
export const CreateLead = z.object({
  source: idOf('src').optional(), external_id: text(200), created_at: moment.nullish(), full_name: text(120), first_name: text(80), last_name: text(80), title: text(120),
  email: text(254), phone: text(64), wechat: text(64), company: text(200), website: text(300), industry: text(120), employees: z.number().int().min(0).nullish(),
  country: text(80), region: text(80), city: text(80), channel: text(120), campaign: text(200), product_line: text(80), message: paragraph(4000).nullish(),
  answers: z.array(z.object({ question: line(300), answer: line(2000) })).max(60).default([]), external: bag, click_ids: bag, utm: bag,
  landing_page: text(2048), referrer: text(2048), custom: z.record(z.string().max(60), z.string().max(4000)).default({}),
}).refine(({ email, phone, wechat, company, external_id }) => [email, phone, wechat, company, external_id].some((known) => known !== null), { message: 'required', path: ['email'] })

const one = (value: string | null) => (value === null ? [] : [value])

/**
 * Takes a lead from the API: one inquiry per (source, external id), by the source's rule; `custom` fills fields that have
 * no value yet. Refuses: invalid (a `custom` value its field does not hold, or no such field), not-found (source).
 */
export const createLead = command({
  name: 'lead.create',
  permission: 'leads:write',
  input: CreateLead,
  async run({ tx, ctx, input }): Promise<{ leadId: Id<'lead'> | null; inquiryId: Id<'inq'>; isNew: boolean }> {
    const inner = { ...ctx, tx }
    const source = input.source === undefined ? await innerSource(inner, 'manual') : await ingestSource(inner, input.source)
    const draft = {
      ...emptyDraft, externalId: input.external_id, at: input.created_at ?? null, fullName: input.full_name, givenName: input.first_name, familyName: input.last_name, title: input.title,
      emails: one(input.email), phones: one(input.phone), wechat: input.wechat, company: input.company, website: input.website, industry: input.industry, employees: input.employees ?? null,
      country: input.country, region: input.region, city: input.city, channel: input.channel, campaign: input.campaign, productLine: input.product_line, message: input.message ?? null,
      answers: input.answers, external: input.external, clickIds: input.click_ids, utm: input.utm, landingPage: input.landing_page, referrer: input.referrer, isRequest: true,
    }
    const { leadId, inquiryId, isKnown } = await ingestLead(inner, source, draft, { touchKind: 'form' })
    if (leadId !== null && !isKnown) await writeSaid(inner, leadId, input.custom)
    return { leadId, inquiryId, isNew: !isKnown }
  },
})

async function writeSaid(ctx: Context & { tx: Tx }, leadId: Id<'lead'>, said: Readonly<Record<string, string>>): Promise<void> {
  const known = await fieldsByName(ctx.tx)
  const unknown = Object.keys(said).filter((name) => !known.has(foldedName(name)))
  const { problems } = await writeImportedFields(ctx, [{ leadId, said }])
  const wrong = [...unknown.map((name) => [name, 'unknown-field']), ...problems.map(({ name, code }) => [name, code])]
  if (wrong.length > 0) throw new DomainError('invalid', { fields: Object.fromEntries(wrong.map(([name = '', code = '']) => [`custom.${name}`, [code]])) })
}
