import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { InputField, SelectField, TextareaField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'
import { ClashNote, useClash } from './use-clash'
import { useFair } from './use-fair'

type Values = { name?: string; company?: string; title?: string; phone?: string; email?: string; message?: string; productLineId?: string; channelId?: string; campaignId?: string; photo?: File }
type Choice = { id: string; label: string }
type Props = { answer: CodedAnswer; channels: readonly Choice[]; campaigns: readonly (Choice & { channelId: string })[]; productLines: readonly Choice[] }

/** Number first, then who it is; for one hand at a fair. */
export function LeadForm({ answer, channels, campaigns, productLines }: Props) {
  const { t } = useTranslation('leads')
  const warning = answer?.refusal?.code === 'known-contact' ? answer.refusal.params : null
  const say = (code: string, field: string | null) => {
    if (code === 'known-contact') return t('add.knownNothingSaved')
    if (code === 'not-a-photo') return t('add.notPhoto')
    if (code === 'too-large') return t('add.photoLarge')
    if (code === 'too-many') return t('refusal.too-many')
    return code === 'required' && field === 'phone' ? t('add.reach') : code === 'too-long' ? t('add.tooLong') : t('refusal.invalid')
  }
  const fair = useFair()
  const [form, fields] = useActionForm<Values>({ id: 'lead', result: useSaid(answer, say), defaultValue: fair.kept })
  const { clash, ask } = useClash()
  return (
    <ActionForm form={form} key={fair.isReady ? 'ready' : 'first'} encType="multipart/form-data" className="flex max-w-[36rem] flex-col gap-4" onChange={(event) => { ask(event.currentTarget); fair.note(event.currentTarget) }}>
      <InputField field={fields.phone} label={t('add.phone')} type="tel" inputMode="tel" autoComplete="off" description={t('add.oneOf')} autoFocus />
      <ClashNote clash={clash} />
      <div className="grid gap-4 md:grid-cols-2">
        <InputField field={fields.name} label={t('list.name')} autoComplete="off" optional />
        <InputField field={fields.company} label={t('list.company')} autoComplete="off" optional />
        <InputField field={fields.email} label={t('add.email')} type="email" inputMode="email" autoComplete="off" />
        {productLines.length > 1 && <SelectField field={fields.productLineId} label={t('detail.productLine')} options={productLines} placeholder={t('add.defaultLine')} optional />}
        {channels.length > 0 && <SelectField field={fields.channelId} label={t('detail.channel')} options={channels} placeholder={t('list.noChannel')} optional />}
        {campaigns.length > 0 && <SelectField field={fields.campaignId} label={t('add.campaign')} options={campaigns} placeholder={t('add.noCampaign')} optional />}
      </div>
      <label className="field">
        <span className="field-label">{t('add.photo')}</span>
        <input type="file" name="photo" accept="image/jpeg,image/png" capture="environment" className="input" aria-describedby="photo-hint" />
        <span id="photo-hint" className="field-hint">{t('add.photoHint')}</span>
        {fields.photo.errors !== undefined && <span className="field-error">{fields.photo.errors.join(' ')}</span>}
      </label>
      <TextareaField field={fields.message} label={t('act.note')} optional rows={3} />
      <label className="flex min-h-11 items-center gap-2 text-14"><input type="checkbox" checked={fair.isOn} onChange={(event) => fair.turn(event.target.checked, event.currentTarget.form)} />{t('add.fair')}</label>
      {warning !== null && <KnownWarning {...warning} />}
      <div className="flex flex-wrap gap-2">
        {fair.isOn && <input type="hidden" name="next" value="1" />}
        <SubmitButton>{warning !== null ? t('add.anyway') : fair.isOn ? t('add.next') : t('add.submit')}</SubmitButton>
      </div>
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
