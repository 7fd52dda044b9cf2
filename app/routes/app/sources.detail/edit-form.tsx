import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { SourceDetail } from '~/domain/capture'
import { leadRules } from '~/domain/capture/vocabulary'
import type { SourceChoices } from '~/http'
import { InputField, RadioField, SelectField, type FieldOption } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'

type Fields = Record<'name' | 'channelId' | 'campaignId' | 'ownerId' | 'poolId' | 'productLineId' | 'leadRule' | 'defaultCountry', string>

/** What a source is called and where its leads go from now on; leads that came stay where they are. */
export function EditForm({ source, campaignId, choices, onDone }: { source: SourceDetail; campaignId: string | null; choices: SourceChoices; onDone: () => void }) {
  const { t, i18n } = useTranslation('sources')
  const fetcher = useFetcher<CodedAnswer & { done?: unknown }>()
  const isDone = fetcher.state === 'idle' && fetcher.data !== undefined && 'done' in fetcher.data
  useEffect(() => {
    if (isDone) onDone()
  }, [isDone, onDone])
  const say = (code: string) => (i18n.exists(`sources:problem.${code}`) ? t(`problem.${code}` as 'problem.invalid') : t('problem.invalid'))
  const { name, channel, owner, pool, productLine, leadRule, defaultCountry } = source
  const [form, fields] = useActionForm<Fields>({
    id: `source-${source.id}`, result: useSaid(fetcher.data, say),
    defaultValue: { name, channelId: channel?.id ?? '', campaignId: campaignId ?? '', ownerId: owner?.id ?? '', poolId: pool?.id ?? '', productLineId: productLine?.id ?? '', leadRule, defaultCountry },
  })
  return (
    <ActionForm form={form} fetcher={fetcher} action={`/sources/${source.id}/settings`}>
      <InputField field={fields.name} label={t('new.name')} description={t('new.nameHint')} autoComplete="off" autoFocus />
      <SelectField field={fields.channelId} label={t('new.channel')} options={withPresent(choices.channels, channel)} placeholder={t('new.noChannel')} optional />
      {choices.campaigns.length > 0 && <SelectField field={fields.campaignId} label={t('new.campaign')} options={choices.campaigns} placeholder={t('new.noChannel')} description={t('new.campaignHint')} optional />}
      <SelectField field={fields.ownerId} label={t('new.owner')} options={withPresent(choices.members, owner)} placeholder={t('new.nobody')} description={t('new.ownerHint')} optional />
      {choices.pools.length > 0 && <SelectField field={fields.poolId} label={t('new.pool')} options={choices.pools} placeholder={t('new.poolOwn')} description={t('new.poolHint')} optional />}
      <SelectField field={fields.productLineId} label={t('new.productLine')} options={withPresent(choices.productLines, productLine)} placeholder={t('new.default')} optional />
      <RadioField field={fields.leadRule} label={t('new.rule')} options={leadRules.map((id) => ({ id, label: t(`rule.${id}`) }))} />
      <InputField field={fields.defaultCountry} label={t('new.country')} description={t('new.countryHint')} autoComplete="off" />
      <div className="flex items-center gap-3">
        <SubmitButton fetcher={fetcher}>{t('one.save')}</SubmitButton>
        <span className="text-12 text-muted">{t('one.editHint')}</span>
      </div>
    </ActionForm>
  )
}

// Who left and what was archived is no choice any more, but saving something else must not change it.
function withPresent(options: readonly FieldOption[], present: { id: string; name: string } | null): readonly FieldOption[] {
  return present === null || options.some(({ id }) => id === present.id) ? options : [...options, { id: present.id, label: present.name }]
}
