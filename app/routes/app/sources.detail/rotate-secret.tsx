import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { PasswordField } from '~/ui/forms/password-field'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'
import { Button } from '~/ui/primitives/button'
import { Dialog } from '~/ui/primitives/dialog'
import { CopyLine } from '~/ui/sources/copy-line'

type Answer = CodedAnswer & { done?: { secret: string | null; formerUntil: Date } }

/** A new secret beside the former one: made by us and shown once, or the one that the platform issued. */
export function RotateSecret({ sourceId, isTheirs, words }: { sourceId: string; isTheirs: boolean; words: { label: string; hint: string } | null }) {
  const { t, i18n } = useTranslation('sources')
  const fetcher = useFetcher<Answer>()
  const say = (code: string) => (i18n.exists(`sources:problem.${code}`) ? t(`problem.${code}` as 'problem.invalid') : t('problem.required'))
  const [form, fields] = useActionForm<{ secret: string }>({ id: `rotate-${sourceId}`, result: useSaid(fetcher.data, say) })
  const done = fetcher.state === 'idle' ? fetcher.data?.done : undefined
  return (
    <Dialog title={t('one.rotate')} trigger={<Button>{t('one.rotate')}</Button>}>
      {done === undefined ? (
        <ActionForm form={form} fetcher={fetcher} action={`/sources/${sourceId}/secret`}>
          <p className="text-13 text-text-2">{t(isTheirs ? 'one.rotateTheirs' : 'one.rotateAsk')}</p>
          {isTheirs && <PasswordField field={fields.secret} label={words?.label ?? t('new.secret')} description={words?.hint} autoComplete="new-password" />}
          <div><SubmitButton fetcher={fetcher} variant="plain">{t('one.rotate')}</SubmitButton></div>
        </ActionForm>
      ) : (
        <div role="status">
          {done.secret === null ? <p className="text-13">{t('one.rotatedTheirs')}</p> : (
            <>
              <p className="mb-1 text-13 font-medium">{t('one.rotated')}</p>
              <CopyLine value={done.secret} />
              <p className="text-12 text-muted">{t('made.once')}</p>
            </>
          )}
        </div>
      )}
    </Dialog>
  )
}
