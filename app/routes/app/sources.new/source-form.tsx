import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { CreateSource } from '~/domain/capture/contract'
import { leadRules, type ConnectableName } from '~/domain/capture/vocabulary'
import { InputField, RadioField, SelectField, type FieldOption } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'

type Choices = { channels: readonly FieldOption[]; members: readonly FieldOption[]; productLines: readonly FieldOption[] }
type Fields = Record<keyof z.input<typeof CreateSource>, string>

/** What the platform is called here, and where its leads go. */
export function SourceForm({ connector, choices, answer }: { connector: ConnectableName; choices: Choices; answer: CodedAnswer }) {
  const { t, i18n } = useTranslation('sources')
  const say = (code: string) => (i18n.exists(`sources:problem.${code}`) ? t(`problem.${code}` as 'problem.invalid') : t('problem.required'))
  const [form, fields] = useActionForm<Fields>({ id: 'source', result: useSaid(answer, say), defaultValue: { leadRule: 'always', defaultCountry: 'CN' } })
  return (
    <ActionForm form={form} className="flex max-w-[32rem] flex-col gap-4">
      <input type="hidden" name="connector" value={connector} />
      <InputField field={fields.name} label={t('new.name')} description={t('new.nameHint')} autoComplete="off" />
      {choices.channels.length > 0 && <SelectField field={fields.channelId} label={t('new.channel')} options={choices.channels} placeholder={t('new.noChannel')} optional />}
      <InputField field={fields.channel} label={choices.channels.length > 0 ? t('new.channelNew') : t('new.channel')} description={choices.channels.length > 0 ? t('new.channelNewHint') : undefined} optional autoComplete="off" />
      <SelectField field={fields.ownerId} label={t('new.owner')} options={choices.members} placeholder={t('new.nobody')} description={t('new.ownerHint')} optional />
      {choices.productLines.length > 1 && <SelectField field={fields.productLineId} label={t('new.productLine')} options={choices.productLines} placeholder={t('new.default')} optional />}
      <RadioField field={fields.leadRule} label={t('new.rule')} options={leadRules.map((id) => ({ id, label: t(`rule.${id}`) }))} />
      <InputField field={fields.defaultCountry} label={t('new.country')} description={t('new.countryHint')} autoComplete="off" />
      <InputField field={fields.secret} label={t('new.secret')} description={t('new.secretHint')} optional autoComplete="off" />
      <div><SubmitButton>{t('new.create')}</SubmitButton></div>
    </ActionForm>
  )
}
