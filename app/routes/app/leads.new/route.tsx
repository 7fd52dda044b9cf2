import { Link, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { addLead, knownContact } from '~/domain/capture'
import { listChannels } from '~/domain/channels'
import { DomainError, isRefusal, reading, type Context } from '~/domain/kernel'
import { leadDetail, listProductLines } from '~/domain/leads'
import { page, redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'
import { InputField, SelectField, TextareaField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { PageBody, PageHeader } from '~/ui/layout/page-header'

export const meta: MetaFunction = () => [{ title: 'Clew' }]

export const loader = page({ permission: 'leads:write' }, ({ ctx }) =>
  reading(ctx, async (inside) => ({
    channels: (await listChannels(inside, {})).map(({ id, name }) => ({ id, label: name })),
    productLines: (await listProductLines(inside, {})).map(({ id, name }) => ({ id, label: name })),
  })),
)

const optional = z.string().optional()
const Typed = z.object({ name: optional, company: optional, title: optional, phone: optional, email: optional, message: optional, productLineId: optional, channelId: optional, confirmed: optional })
type Fields = z.input<typeof Typed>

type Joined = { joined: boolean; leadId: Id<'lead'> | null }

/** Who is known is told of before anything is saved; the same form sent again with `confirmed` goes in. */
async function warnOfKnown(ctx: Context, { phone, email, company, confirmed }: Fields): Promise<void> {
  if (confirmed === '1') return
  const known = await knownContact(ctx, { phone, email, company })
  if (known === null) return
  const lead: Record<string, string> = known.lead === null ? {} : { leadId: known.lead.id, owner: known.lead.owner?.name ?? '' }
  throw new DomainError('known-contact', { params: { by: known.by, open: known.hasLead ? 1 : 0, ...lead } })
}

/** A new lead opens; one that joined a known lead is said to have, with the way there for whoever may see it. */
export const action = submit({ permission: 'leads:write', form: Typed }, async ({ ctx, input }): Promise<Joined> => {
  await warnOfKnown(ctx, input)
  const { leadId, isNew } = await addLead(ctx, input as Parameters<typeof addLead>[1])
  if (isNew && leadId !== null) return redirectTo(`/leads/${leadId}`) as never
  return { joined: leadId !== null, leadId: leadId !== null && (await isVisible(ctx, leadId)) ? leadId : null }
})

const isVisible = (ctx: Context, leadId: Id<'lead'>) => leadDetail(ctx, { leadId }).then(() => true, (error: unknown) => {
  if (isRefusal(error, 'not-found')) return false
  throw error
})

export default function NewLeadPage() {
  const { t } = useTranslation('leads')
  const answer = useActionData<typeof action>()
  const done = answer?.done
  return (
    <>
      <PageHeader title={done === undefined ? t('add.title') : t('add.joinedTitle')} crumb={{ href: '/leads', label: t('detail.crumb') }} />
      <PageBody narrow>
        {done === undefined ? <LeadForm answer={answer} /> : (
          <div role="status" className="flex max-w-[32rem] flex-col gap-3 text-14">
            <p>{done.leadId !== null ? t('add.joined') : done.joined ? t('add.joinedOther') : t('add.touch')}</p>
            <p className="flex gap-2">
              {done.leadId !== null && <Link className="btn btn-next" to={`/leads/${done.leadId}`}>{t('add.openLead')}</Link>}
              <Link className="btn" to="/leads/new">{t('add.another')}</Link>
            </p>
          </div>
        )}
      </PageBody>
    </>
  )
}

function LeadForm({ answer }: { answer: ReturnType<typeof useActionData<typeof action>> }) {
  const { t } = useTranslation('leads')
  const { channels, productLines } = useLoaderData<typeof loader>()
  const warning = answer?.refusal?.code === 'known-contact' ? answer.refusal.params : null
  const say = (code: string, field: string | null) => (code === 'known-contact' ? t('add.knownNothingSaved') : code === 'required' && field === 'phone' ? t('add.reach') : code === 'too-long' ? t('add.tooLong') : t('refusal.invalid'))
  const [form, fields] = useActionForm<Fields>({ id: 'lead', result: useSaid(answer, say) })
  return (
    <ActionForm form={form} className="flex max-w-[36rem] flex-col gap-4">
      <div className="grid gap-4 md:grid-cols-2">
        <InputField field={fields.name} label={t('list.name')} autoComplete="off" optional autoFocus />
        <InputField field={fields.company} label={t('list.company')} autoComplete="off" optional />
        <InputField field={fields.phone} label={t('add.phone')} type="tel" inputMode="tel" autoComplete="off" description={t('add.oneOf')} />
        <InputField field={fields.email} label={t('add.email')} type="email" autoComplete="off" />
        {productLines.length > 1 && <SelectField field={fields.productLineId} label={t('detail.productLine')} options={productLines} placeholder={t('add.defaultLine')} optional />}
        {channels.length > 0 && <SelectField field={fields.channelId} label={t('detail.channel')} options={channels} placeholder={t('list.noChannel')} optional />}
      </div>
      <TextareaField field={fields.message} label={t('act.note')} optional rows={3} />
      {warning !== null && <KnownWarning {...warning} />}
      <div><SubmitButton>{warning === null ? t('add.submit') : t('add.anyway')}</SubmitButton></div>
    </ActionForm>
  )
}

/** Whom one was about to type in anew: with the way to their lead, or, where that is a colleague's, without a name. */
function KnownWarning({ by, open, leadId, owner }: Record<string, string | number>) {
  const { t } = useTranslation('leads')
  const said = open !== 1 ? t('add.knownNoLead') : leadId === undefined ? t('add.knownHidden') : owner === '' ? t('add.knownNobody') : t('add.knownOwner', { owner: String(owner) })
  return (
    <div className="flex flex-col gap-2 rounded-[var(--radius)] border border-line p-3 text-14">
      <input type="hidden" name="confirmed" value="1" />
      <p><b>{by === 'person' ? t('add.knownPerson') : t('add.knownCompany')}</b> {said}</p>
      {leadId !== undefined && <p><Link className="btn" to={`/leads/${leadId}`}>{t('add.openLead')}</Link></p>}
    </div>
  )
}
