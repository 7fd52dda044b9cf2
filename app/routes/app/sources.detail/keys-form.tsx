import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { SetField } from '~/domain/capture'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'
import { KeyFields, type KeyWords } from '~/ui/sources/key-fields'

/** Changes keys and settings: an empty secret keeps what is stored. */
export function KeysForm({ sourceId, fields, words, onDone }: { sourceId: string; fields: readonly SetField[]; words: KeyWords; onDone: () => void }) {
  const { t, i18n } = useTranslation('sources')
  const fetcher = useFetcher<CodedAnswer & { done?: unknown }>()
  const isDone = fetcher.state === 'idle' && fetcher.data !== undefined && 'done' in fetcher.data
  useEffect(() => {
    if (isDone) onDone()
  }, [isDone, onDone])
  const say = (code: string) => (i18n.exists(`sources:problem.${code}`) ? t(`problem.${code}` as 'problem.invalid') : t('problem.required'))
  const present = Object.fromEntries(fields.flatMap(({ name, kind, value }): [string, string][] => (value === null ? [] : [[name, kind === 'switch' ? (value === 'true' ? 'on' : '') : value]])))
  const [form, form_] = useActionForm<{ keys: Record<string, string> }>({ id: `keys-${sourceId}`, result: useSaid(fetcher.data, say), defaultValue: { keys: present } })
  return (
    <ActionForm form={form} fetcher={fetcher} action={`/sources/${sourceId}/keys`}>
      <KeyFields fields={fields} fieldset={form_.keys.getFieldset()} words={words} />
      <div><SubmitButton fetcher={fetcher}>{t('one.save')}</SubmitButton></div>
    </ActionForm>
  )
}
