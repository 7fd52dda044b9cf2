import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { channelKinds, type ChannelKind } from '~/domain/channels/vocabulary'
import { InputField, SelectField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'

type Props = { action: string; channel?: { id: string; name: string; kind: ChannelKind }; onDone: () => void }

/** Name and kind of a channel, new or known. */
export function ChannelForm({ action, channel, onDone }: Props) {
  const { t, i18n } = useTranslation('channels')
  const fetcher = useFetcher<CodedAnswer & { done?: unknown }>()
  const isDone = fetcher.state === 'idle' && fetcher.data !== undefined && 'done' in fetcher.data
  useEffect(() => {
    if (isDone) onDone()
  }, [isDone, onDone])
  const say = (code: string) => (i18n.exists(`channels:problem.${code}`) ? t(`problem.${code}` as 'problem.invalid') : t('problem.invalid'))
  const [form, fields] = useActionForm<{ name: string; kind: string }>({
    id: `channel-${channel?.id ?? 'new'}`, result: useSaid(fetcher.data, say), defaultValue: { name: channel?.name ?? '', kind: channel?.kind ?? 'paid' },
  })
  return (
    <ActionForm form={form} fetcher={fetcher} action={action}>
      <InputField field={fields.name} label={t('name')} autoComplete="off" autoFocus />
      <SelectField field={fields.kind} label={t('kind')} options={channelKinds.map((id) => ({ id, label: t(`kinds.${id}`) }))} />
      <div><SubmitButton fetcher={fetcher}>{channel === undefined ? t('create') : t('save')}</SubmitButton></div>
    </ActionForm>
  )
}
