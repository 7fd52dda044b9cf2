import { useTranslation } from 'react-i18next'
import type { ConnectorNeeds } from '~/domain/capture'
import { leadRules, type ConnectableName } from '~/domain/capture/vocabulary'
import type { SourceChoices } from '~/http'
import { InputField, RadioField, SelectField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'
import { PageSection } from '~/ui/layout/page-header'
import { KeyFields, type KeyWords } from '~/ui/sources/key-fields'

export type Guide = { about: string; standing: string; secret: { label: string; hint: string } | null; fields: KeyWords }
type Fields = Record<'name' | 'channelId' | 'channel' | 'campaignId' | 'ownerId' | 'poolId' | 'productLineId' | 'leadRule' | 'defaultCountry' | 'secret', string> & { keys: Record<string, string> }
export type Suggested = { name: string; channelId: string; channel: string; defaultCountry: string }

/** Everything on one page: what the source is called, where its leads go, and what the platform gave us. */
export function SourceForm({ connector, needs, guide, choices, suggested, answer }: { connector: ConnectableName; needs: ConnectorNeeds; guide: Guide; choices: SourceChoices; suggested: Suggested; answer: CodedAnswer }) {
  const { t, i18n } = useTranslation('sources')
  const say = (code: string) => (i18n.exists(`sources:problem.${code}`) ? t(`problem.${code}` as 'problem.invalid') : t('problem.required'))
  const [form, fields] = useActionForm<Fields>({ id: 'source', result: useSaid(answer, say), defaultValue: { leadRule: 'always', ...suggested } })
  const hasChannels = choices.channels.length > 0
  const isTheirs = needs.secret === 'theirs'
  return (
    <ActionForm form={form} className="max-w-[34rem]">
      <input type="hidden" name="connector" value={connector} />
      <PageSection title={t('new.partName')}>
        <div className="flex flex-col gap-4">
          <InputField field={fields.name} label={t('new.name')} description={t('new.nameHint')} autoComplete="off" />
          {hasChannels && <SelectField field={fields.channelId} label={t('new.channel')} options={choices.channels} placeholder={t('new.noChannel')} optional />}
          <InputField field={fields.channel} label={hasChannels ? t('new.channelNew') : t('new.channel')} description={hasChannels ? t('new.channelNewHint') : undefined} optional autoComplete="off" />
          {choices.campaigns.length > 0 && <SelectField field={fields.campaignId} label={t('new.campaign')} options={choices.campaigns} placeholder={t('new.noChannel')} description={t('new.campaignHint')} optional />}
        </div>
      </PageSection>
      {(needs.secret !== null || needs.fields.length > 0) && (
        <PageSection title={t('new.partKeys')}>
          {guide.standing.trim() !== '' && <p className="mb-4 text-13 text-text-2"><b className="font-medium">{t(`standing.${needs.standing}`)}</b> {guide.standing}</p>}
          <div className="flex flex-col gap-4">
            {needs.secret !== null && (
              <PasswordField field={fields.secret} label={guide.secret?.label ?? t('new.secret')} description={guide.secret?.hint ?? (isTheirs ? t('new.secretTheirs') : t('new.secretHint'))} optional={!isTheirs} autoComplete="new-password" />
            )}
            <KeyFields fields={needs.fields} fieldset={fields.keys.getFieldset()} words={guide.fields} />
          </div>
        </PageSection>
      )}
      <PageSection title={t('new.partLeads')}>
        <div className="flex flex-col gap-4">
          <SelectField field={fields.ownerId} label={t('new.owner')} options={choices.members} placeholder={t('new.nobody')} description={t('new.ownerHint')} optional />
          {choices.pools.length > 0 && <SelectField field={fields.poolId} label={t('new.pool')} options={choices.pools} placeholder={t('new.poolOwn')} description={t('new.poolHint')} optional />}
          {choices.productLines.length > 1 && <SelectField field={fields.productLineId} label={t('new.productLine')} options={choices.productLines} placeholder={t('new.default')} optional />}
          <RadioField field={fields.leadRule} label={t('new.rule')} options={leadRules.map((id) => ({ id, label: t(`rule.${id}`) }))} />
          <InputField field={fields.defaultCountry} label={t('new.country')} description={t('new.countryHint')} autoComplete="off" />
        </div>
      </PageSection>
      <div className="mt-2"><SubmitButton>{t('new.create')}</SubmitButton></div>
    </ActionForm>
  )
}
