import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'

type Props = { action: string; campaign?: { id: string; name: string }; onDone: () => void }

/** The name of a campaign, new or known. */
export function CampaignForm({ action, campaign, onDone }: Props) {
  const { t, i18n } = useTranslation('channels')
  const fetcher = useFetcher<CodedAnswer & { done?: unknown }>()
  const isDone = fetcher.state === 'idle' && fetcher.data !== undefined && 'done' in fetcher.data
  useEffect(() => {
    if (isDone) onDone()
  }, [isDone, onDone])
  const say = (code: string) => (code === 'taken' || code === 'name-taken' ? t('campaign.taken') : i18n.exists(`channels:problem.${code}`) ? t(`problem.${code}` as 'problem.invalid') : t('problem.invalid'))
  const [form, fields] = useActionForm<{ name: string }>({ id: `campaign-${campaign?.id ?? 'new'}`, result: useSaid(fetcher.data, say), defaultValue: { name: campaign?.name ?? '' } })
  return (
    <ActionForm form={form} fetcher={fetcher} action={action}>
      <InputField field={fields.name} label={t('campaign.name')} autoComplete="off" autoFocus />
      <div><SubmitButton fetcher={fetcher}>{campaign === undefined ? t('create') : t('save')}</SubmitButton></div>
    </ActionForm>
  )
}
