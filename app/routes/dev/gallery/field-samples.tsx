import { useActionData } from '@remix-run/react'
import type { SubmissionResult } from '@conform-to/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckboxField, InputField, RadioField, SelectField, TextareaField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { PageSection } from '~/ui/layout/page-header'
import { Checkbox, RadioGroup, Switch } from '~/ui/primitives/checkbox'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { ComboBox } from '~/ui/primitives/combo-box'
import { DatePicker, DateRangePicker } from '~/ui/primitives/date-picker'
import { Select } from '~/ui/primitives/select'
import { NumberField, SearchField, TextArea, TextField } from '~/ui/primitives/text-field'

type Sample = { email: string; password: string; amount: number; owner: string; note: string; consent: boolean; grade: string }

const OWNERS = [{ id: 'wl', label: 'Wang Li' }, { id: 'hz', label: 'He Zhou' }, { id: 'ln', label: 'Lin Na 林娜', description: 'Marketing' }]
const GRADES = ['A', 'B', 'C', 'D'].map((id) => ({ id, label: id }))

export function FieldSamples() {
  const { t } = useTranslation('gallery')
  const [channel, setChannel] = useState('google')
  const answer = useActionData<{ result?: SubmissionResult<string[]> }>()
  const [form, fields] = useActionForm<Sample>({ id: 'sample', result: answer?.result, defaultValue: { email: 'chen@', grade: 'B' } })
  return (
    <PageSection title={t('sections.fields')}>
      <div className="grid gap-8 lg:grid-cols-2">
        <div className="grid content-start gap-4 sm:grid-cols-2">
          <TextField label={t('sample.name')} defaultValue="陈雨婷" />
          <TextField label={t('sample.company')} error={t('sample.emailError')} optional defaultValue="chen@" />
          <NumberField label={t('sample.amount')} defaultValue={120000} minValue={0} />
          <Select label={t('sample.channel')} selectedKey={channel} onSelectionChange={(key) => setChannel(String(key))} options={[{ id: 'google', label: 'Google Ads', mark: <ChannelDot kind="paid" /> }, { id: 'webinar', label: 'Webinar', mark: <ChannelDot kind="event" /> }]} />
          <ComboBox label={t('sample.owner')} options={OWNERS} defaultSelectedKey="wl" />
          <DatePicker label={t('sample.closeDate')} name="close" defaultValue="2026-12-18" />
          <div className="sm:col-span-2"><DateRangePicker label={t('sample.period')} fromName="from" toName="to" defaultValue={{ from: '2026-04-01', to: '2026-09-30' }} /></div>
          <SearchField label={t('sample.company')} placeholder={t('sample.company')} />
          <TextArea label={t('sample.note')} description={t('sample.noteHint')} />
          <div className="flex flex-col">
            <Checkbox defaultSelected>{t('sample.consent')}</Checkbox>
            <Checkbox isIndeterminate>{t('sample.consent')}</Checkbox>
            <Switch defaultSelected>{t('sample.notify')}</Switch>
          </div>
          <RadioGroup label={t('sample.grade')} options={GRADES} defaultValue="B" inline />
        </div>
        <ActionForm form={form}>
          <InputField field={fields.email} label="E-mail" type="email" autoComplete="email" />
          <PasswordField field={fields.password} label="Password" autoComplete="current-password" />
          <InputField field={fields.amount} label={t('sample.amount')} inputMode="decimal" unit="CNY" optional />
          <SelectField field={fields.owner} label={t('sample.owner')} options={OWNERS} />
          <TextareaField field={fields.note} label={t('sample.note')} description={t('sample.noteHint')} />
          <CheckboxField field={fields.consent} label={t('sample.consent')} />
          <RadioField field={fields.grade} label={t('sample.grade')} options={GRADES} inline />
          <div><SubmitButton variant="plain">{t('next')}</SubmitButton></div>
        </ActionForm>
      </div>
    </PageSection>
  )
}
