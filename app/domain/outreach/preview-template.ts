import { isLocale } from '~/lib/locales'
import { sql } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { leads } from '~db/schema'
import { query, type Context } from '../kernel'
import { leadDetail, visibleLeads } from '../leads'
import type { Tx } from '~db/client.server'
import { PreviewTemplate } from './contract'
import { fillIn, type Fault } from './render-template'
import { faultsOf } from './template-rows'
import { sampleValues, senderOf, valuesFor, type Sender } from './template-values'
import type { MailValues, MailVariable } from './vocabulary'

/** `about` is whose lead it is shown with; null: with somebody who does not exist. */
export type TemplatePreview = { fault: (Fault & { field: 'subject' | 'body' }) | null; subject: string; body: string; missing: MailVariable[]; about: string | null }

/** A template as it would read for the newest lead with a person that the actor may see. What is wrong with it is an answer, not a refusal. */
export const previewTemplate = query({
  name: 'template.preview',
  permission: 'leads:read',
  input: PreviewTemplate,
  async run({ ctx, input }): Promise<TemplatePreview> {
    const fault = faultsOf(input)
    if (fault !== null) return { fault, subject: '', body: '', missing: [], about: null }
    const sender = (await senderOf(ctx)) ?? { memberId: 'mem_', name: '', email: '', organisation: '', locale: 'en' }
    const { values, about } = await sampleOf(ctx, sender)
    const [subject, body] = [fillIn(input.subject, values), fillIn(input.body, values)]
    return { fault: null, subject: subject.text, body: body.text, missing: [...new Set([...subject.missing, ...body.missing])], about }
  },
})

async function sampleOf(ctx: Context & { tx: Tx }, sender: Sender): Promise<{ values: MailValues; about: string | null }> {
  const [row] = await ctx.tx.execute<{ id: string }>(sql`select id from ${leads} where person_id is not null and duplicate_of is null and ${visibleLeads(ctx)} order by id desc limit 1`)
  if (row === undefined) return { values: sampleValues(sender, isLocale(sender.locale) ? sender.locale : 'en'), about: null }
  const lead = await leadDetail(ctx, { leadId: fromUuid('lead', row.id) })
  return { values: await valuesFor(ctx, lead, lead.person?.id ?? null, sender), about: lead.person?.name ?? null }
}
