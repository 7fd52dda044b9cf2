import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { FormDetail } from '~/domain/capture'
import { duplicateRules, leadRules } from '~/domain/capture/vocabulary'
import type { SourceChoices } from '~/http'
import { CheckboxField, InputField, RadioField, SelectField, TextareaField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'
import { PageSection } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { ConfirmDialog } from '~/ui/primitives/dialog'

type Fields = Record<
  'name' | 'language' | 'channelId' | 'campaignId' | 'ownerId' | 'poolId' | 'productLineId' | 'leadRule' | 'defaultCountry' | 'duplicates' | 'doubleOptIn' | 'thanksEn' | 'thanksZh' | 'redirect' | 'origins' | 'minSeconds' | 'isIndexed', string>

/** Where the leads go, at once; and how the form behaves, from the next version on. */
export function SettingsTab({ form, choices }: { form: FormDetail; choices: SourceChoices | null }) {
  const { t, i18n } = useTranslation('forms')
  const fetcher = useFetcher<CodedAnswer & { done?: unknown }>()
  const { draft, places, name } = form
  const say = (code: string) => (i18n.exists(`forms:problem.${code}`) ? t(`problem.${code}` as 'problem.required') : t('problem.invalid'))
  const [action, fields] = useActionForm<Fields>({
    id: `settings-${form.id}`, result: useSaid(fetcher.data, say),
    defaultValue: {
      name, ...Object.fromEntries(Object.entries(places).map(([key, value]) => [key, value ?? ''])), language: draft.locales.length > 1 ? 'both' : (draft.locales[0] ?? 'en'), duplicates: draft.duplicates,
      doubleOptIn: draft.doubleOptIn ? 'on' : '', thanksEn: draft.thanks.en, thanksZh: draft.thanks['zh-CN'], redirect: draft.redirect, origins: draft.origins.join('\n'), minSeconds: String(draft.minSeconds), isIndexed: draft.isIndexed ? 'on' : '',
    },
  })
  if (choices === null) return <p className="text-13 text-muted">{t('settings.readOnly')}</p>
  return (
    <div className="max-w-[680px]">
      <ActionForm form={action} fetcher={fetcher} action={`/forms/${form.id}/settings`} className="flex flex-col">
        <PageSection title={t('settings.leads')}>
          <div className="flex flex-col gap-4">
            <InputField field={fields.name} label={t('settings.name')} description={t('settings.nameHint')} autoComplete="off" />
            <SelectField field={fields.channelId} label={t('settings.channel')} options={choices.channels} placeholder={t('settings.none')} description={t('settings.channelHint')} optional />
            {choices.campaigns.length > 0 && <SelectField field={fields.campaignId} label={t('settings.campaign')} options={choices.campaigns} placeholder={t('settings.none')} optional />}
            <SelectField field={fields.ownerId} label={t('settings.owner')} options={choices.members} placeholder={t('settings.pool')} optional />
            {choices.pools.length > 0 && <SelectField field={fields.poolId} label={t('settings.ownPool')} options={choices.pools} placeholder={t('settings.poolOwn')} description={t('settings.poolHint')} optional />}
            {choices.productLines.length > 1 && <SelectField field={fields.productLineId} label={t('settings.productLine')} options={choices.productLines} placeholder={t('settings.default')} optional />}
            <RadioField field={fields.leadRule} label={t('settings.rule')} options={leadRules.map((id) => ({ id, label: t(`rule.${id}`) }))} />
            <RadioField field={fields.duplicates} label={t('settings.duplicates')} options={duplicateRules.map((id) => ({ id, label: t(`duplicates.${id}`) }))} />
            <InputField field={fields.defaultCountry} label={t('settings.country')} description={t('settings.countryHint')} autoComplete="off" />
          </div>
        </PageSection>
        <PageSection title={t('settings.behaviour')}>
          <div className="flex flex-col gap-4">
            <RadioField field={fields.language} label={t('settings.language')} options={(['en', 'zh-CN', 'both'] as const).map((id) => ({ id, label: t(`language.${id}`) }))} inline />
            <TextareaField field={fields.origins} label={t('settings.origins')} description={t('settings.originsHint')} rows={3} placeholder="https://www.example.com" optional />
            <CheckboxField field={fields.doubleOptIn} label={t('settings.doubleOptIn')} description={t('settings.doubleOptInHint')} />
            <InputField field={fields.minSeconds} label={t('settings.minSeconds')} description={t('settings.minSecondsHint')} inputMode="numeric" autoComplete="off" />
            <CheckboxField field={fields.isIndexed} label={t('settings.isIndexed')} />
          </div>
        </PageSection>
        <PageSection title={t('settings.after')}>
          <div className="flex flex-col gap-4">
            <TextareaField field={fields.thanksEn} label={`${t('settings.thanks')} · ${t('language.en')}`} rows={2} optional />
            <TextareaField field={fields.thanksZh} label={`${t('settings.thanks')} · ${t('language.zh-CN')}`} rows={2} optional />
            <InputField field={fields.redirect} label={t('settings.redirect')} description={t('settings.redirectHint')} type="url" optional />
          </div>
        </PageSection>
        <div className="flex items-center gap-3 border-t border-line pt-4">
          <SubmitButton fetcher={fetcher} variant="plain">{t('settings.save')}</SubmitButton>
          <span role="status" className="text-12 text-muted">{fetcher.state === 'idle' && fetcher.data !== undefined && 'done' in fetcher.data ? t('settings.saved') : ''}</span>
        </div>
      </ActionForm>
      <ArchiveControl form={form} />
    </div>
  )
}

function ArchiveControl({ form }: { form: FormDetail }) {
  const { t } = useTranslation('forms')
  const fetcher = useFetcher()
  const isArchived = form.status === 'archived'
  const set = () => fetcher.submit({ isArchived: String(!isArchived) }, { method: 'post', action: `/forms/${form.id}/archive` })
  return (
    <div className="mt-8 border-t border-line pt-4">
      {isArchived ? <Button isPending={fetcher.state !== 'idle'} onPress={set}>{t('settings.restore')}</Button> : (
        <ConfirmDialog title={t('settings.archive')} trigger={<Button isPending={fetcher.state !== 'idle'}>{t('settings.archive')}</Button>} confirmLabel={t('settings.archive')} onConfirm={set}>{t('settings.archiveAsk')}</ConfirmDialog>
      )}
    </div>
  )
}
