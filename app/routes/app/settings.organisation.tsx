import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { can } from '~/domain/kernel'
import { organisationOf, updateOrganisation } from '~/domain/orgs'
import { UpdateOrganisation } from '~/domain/orgs/contract'
import { page, submit } from '~/http'
import { LOCALE_NAMES, LOCALES } from '~/lib/locales'
import { InputField, SelectField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'

export const handle: PageHandle = { title: 'organisation' }

const ZONES = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo', 'Asia/Kolkata', 'Asia/Dubai', 'Europe/London', 'Europe/Berlin', 'Europe/Paris', 'America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Sao_Paulo', 'Australia/Sydney', 'UTC']
const CURRENCIES = ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'TWD', 'SGD', 'JPY', 'KRW', 'INR', 'AUD', 'CAD', 'BRL']
type Values = z.input<typeof UpdateOrganisation>

export const loader = page({ permission: 'settings:read' }, async ({ ctx }) => ({ organisation: await organisationOf(ctx), mayChange: can(ctx.actor, 'settings:write') }))

export const action = submit({ permission: 'settings:write', form: UpdateOrganisation }, async ({ ctx, input }) => {
  await updateOrganisation(ctx, input)
  return { saved: true }
})

export default function OrganisationPage() {
  const { t } = useTranslation('orgs')
  const { organisation, mayChange } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title={t('organisation.title', organisation)} />
      <PageBody narrow>{mayChange ? <OrganisationForm organisation={organisation} /> : <p className="text-13 text-muted">{t('organisation.readOnly')}</p>}</PageBody>
    </>
  )
}

function OrganisationForm({ organisation }: { organisation: Values }) {
  const { t } = useTranslation(['orgs', 'common'])
  const answer = useActionData<typeof action>()
  const { name, locale, timeZone, currency } = organisation
  const [form, fields] = useActionForm<Values>({ id: 'organisation', result: useSaid(answer, useAccountWords()), defaultValue: { name, locale, timeZone, currency } })
  return (
    <ActionForm form={form} className="flex max-w-[28rem] flex-col gap-4">
      {answer?.done !== undefined && <p role="status" className="rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('orgs:organisation.saved')}</p>}
      <InputField field={fields.name} label={t('orgs:organisation.name')} autoComplete="organization" />
      <SelectField field={fields.locale} label={t('orgs:organisation.locale')} options={LOCALES.map((id) => ({ id, label: LOCALE_NAMES[id] }))} />
      <InputField field={fields.timeZone} label={t('orgs:organisation.timeZone')} description={t('orgs:organisation.timeZoneHint')} list="time-zones" />
      <datalist id="time-zones">{ZONES.map((zone) => <option key={zone} value={zone} />)}</datalist>
      <InputField field={fields.currency} label={t('orgs:organisation.currency')} description={t('orgs:organisation.currencyHint')} list="currencies" />
      <datalist id="currencies">{CURRENCIES.map((code) => <option key={code} value={code} />)}</datalist>
      <div>
        <SubmitButton>{t('common:action.save')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
