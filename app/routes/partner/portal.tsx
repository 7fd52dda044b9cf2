import { useActionData, useLoaderData } from '@remix-run/react'
import CircleCheck from 'lucide-react/icons/circle-check'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { submitLead } from '~/domain/capture'
import { listSubmissions } from '~/domain/leads'
import { page, submit } from '~/http'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { InputField, TextareaField } from '~/ui/forms/fields'
import { useSaid, type Say } from '~/ui/forms/use-said'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Chip, type Tone } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { Moment } from '~/ui/primitives/numbers'
import { useFormat } from '~/ui/use-format'

const optional = z.string().optional()
const Sent = z.object({ company: z.string({ error: 'required' }), name: optional, title: optional, phone: optional, email: optional, message: optional })
type Fields = z.input<typeof Sent>

export const handle: PageHandle = { title: 'partner' }

export const loader = page({ permission: 'leads:submit' }, async ({ ctx }) => ({ rows: await listSubmissions(ctx, { limit: 200 }), now: ctx.now }))

export const action = submit({ permission: 'leads:submit', form: Sent }, ({ ctx, input }) => submitLead(ctx, input))

/** A partner hands a lead in and sees what becomes of it: its state, and nothing of anybody else's. */
export default function PartnerPortal() {
  const { rows } = useLoaderData<typeof loader>()
  const { t } = useTranslation('partner')
  const format = useFormat()
  const title = rows.length === 0 ? t('titleNone') : t('title', { count: rows.length, formatted: format.number(rows.length) })
  return (
    <>
      <PageHeader title={title} />
      <PageBody narrow>
        <PageSection title={t('form.title')}><SubmissionForm key={rows.length} /></PageSection>
        <PageSection title={t('list.title')}><Submissions /></PageSection>
      </PageBody>
    </>
  )
}

function SubmissionForm() {
  const { t } = useTranslation('partner')
  const answer = useActionData<typeof action>()
  const say: Say = (code, field) => (field === null ? t('problem.refused') : code !== 'required' ? t('problem.invalid') : field === 'phone' ? t('problem.reach') : t('problem.required'))
  const [form, fields] = useActionForm<Fields>({ id: 'submission', result: useSaid(answer, say) })
  return (
    <ActionForm form={form}>
      {answer?.done !== undefined && <p role="status" className="pp-sent"><CircleCheck className="i" aria-hidden="true" />{t('form.sent')}</p>}
      <p className="text-13 text-muted">{t('form.hint')}</p>
      <InputField field={fields.company} label={t('form.company')} autoComplete="organization" />
      <div className="grid gap-4 md:grid-cols-2">
        <InputField field={fields.name} label={t('form.name')} optional autoComplete="off" />
        <InputField field={fields.title} label={t('form.jobTitle')} optional autoComplete="off" />
        <InputField field={fields.phone} label={t('form.phone')} type="tel" inputMode="tel" autoComplete="off" />
        <InputField field={fields.email} label={t('form.email')} type="email" optional autoComplete="off" />
      </div>
      <TextareaField field={fields.message} label={t('form.message')} optional rows={3} />
      <div><SubmitButton size="l">{t('form.send')}</SubmitButton></div>
    </ActionForm>
  )
}

const TONES: Record<string, Tone> = { won: 'won', lost: 'lost', junk: 'lost' }

function Submissions() {
  const { rows } = useLoaderData<typeof loader>()
  const { t } = useTranslation('partner')
  if (rows.length === 0) return <EmptyState kind="empty">{t('list.empty')}</EmptyState>
  return (
    <ul className="pp-list">
      {rows.map((row) => {
        const state = row.verdict === 'junk' ? 'junk' : row.stage
        return (
          <li key={row.id}>
            <div className="min-w-0">
              <p className="font-medium [overflow-wrap:anywhere]">{row.company ?? row.person}</p>
              <p className="text-12 text-muted">{row.company === null ? '' : row.person} <Moment at={row.cameInAt} style="day-year" /></p>
            </div>
            <Chip tone={TONES[state] ?? 'neutral'}>{t(`state.${state}`)}</Chip>
          </li>
        )
      })}
    </ul>
  )
}
