import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormDetail } from '~/domain/capture'
import { builtInFields, customFieldKinds } from '~/domain/capture/vocabulary'
import { Button } from '~/ui/primitives/button'
import { FieldCard } from './field-card'
import { SaidField } from './said-field'

const QUIET_MS = 600

/** What the form asks, edited beside the form as it will look. Every change is saved as a draft; nothing is live before it is published. */
export function FieldsTab({ form, mayWrite }: { form: FormDetail; mayWrite: boolean }) {
  const { t } = useTranslation('forms')
  const { draft } = form
  const fetcher = useFetcher()
  const editor = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [shown, setShown] = useState(0)
  const isSaving = fetcher.state !== 'idle'
  useEffect(() => {
    if (!isSaving && fetcher.data !== undefined) setShown((n) => n + 1)
  }, [isSaving, fetcher.data])
  useEffect(() => () => clearTimeout(timer.current), [])
  const saveSoon = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => { if (editor.current !== null) fetcher.submit(editor.current) }, QUIET_MS)
  }
  const taken = new Set(draft.fields.map(({ kind }) => kind))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,420px)] gap-8 max-lg:grid-cols-1">
      <fetcher.Form ref={editor} method="post" action={`/forms/${form.id}/fields`} onInput={saveSoon} onSubmit={() => clearTimeout(timer.current)} className="flex min-w-0 flex-col gap-6">
        {/* The first button of a form is what Enter presses: it saves, and changes nothing else. */}
        <button type="submit" className="sr" tabIndex={-1} aria-hidden="true" />
        <fieldset disabled={!mayWrite} className="contents">
          <div className="flex flex-col gap-4">
            <SaidField name="title" label={t('fields.title')} said={draft.title} locales={draft.locales} />
            <SaidField name="intro" label={t('fields.intro')} said={draft.intro} locales={draft.locales} long />
            <SaidField name="button" label={t('fields.button')} said={draft.button} locales={draft.locales} placeholder={{ en: 'Send', 'zh-CN': '提交' }} />
          </div>
          <section aria-label={t('tab.fields')}>
            <ol className="border-t border-line">{draft.fields.map((field, at) => <FieldCard key={field.key} field={field} at={at} draft={draft} />)}</ol>
            {draft.fields.length === 0 && <p className="border-b border-line py-4 text-13 text-muted">{t('fields.none')}</p>}
          </section>
          {mayWrite && (
            <div className="flex flex-col gap-3">
              <h2 className="text-14 font-semibold">{t('fields.add')}</h2>
              <div className="flex flex-wrap gap-2">{builtInFields.filter((kind) => !taken.has(kind)).map((kind) => <Button key={kind} size="s" type="submit" name="change" value={`add:${kind}`}>{t(`kind.${kind}`)}</Button>)}</div>
              <p className="text-12 text-muted">{t('fields.own')}</p>
              <div className="flex flex-wrap gap-2">{customFieldKinds.map((kind) => <Button key={kind} size="s" type="submit" name="change" value={`add:${kind}`}>{t(`kind.${kind}`)}</Button>)}</div>
            </div>
          )}
        </fieldset>
        {mayWrite && (
          <div className="flex items-center gap-3 border-t border-line pt-4">
            <Button type="submit">{t('fields.save')}</Button>
            <span role="status" className="text-12 text-muted">{isSaving ? t('fields.saving') : fetcher.data === undefined ? t('fields.saveHint') : t('fields.saved')}</span>
          </div>
        )}
      </fetcher.Form>
      <Preview form={form} shown={shown} />
    </div>
  )
}

function Preview({ form, shown }: { form: FormDetail; shown: number }) {
  const { t } = useTranslation('forms')
  const [locale, setLocale] = useState(form.draft.locales[0] ?? 'en')
  const language = form.draft.locales.includes(locale) ? locale : (form.draft.locales[0] ?? 'en')
  return (
    <section aria-label={t('fields.preview')} className="lg:sticky lg:top-4 lg:self-start">
      <h2 className="mb-2 flex items-center gap-2 text-14 font-semibold">
        {t('fields.preview')}
        <span className="ml-auto flex gap-1">
          {form.draft.locales.length > 1 && form.draft.locales.map((each) => <Button key={each} size="s" variant="quiet" aria-pressed={each === language} className={each === language ? 'font-semibold' : ''} onPress={() => setLocale(each)}>{t(`language.${each}`)}</Button>)}
        </span>
      </h2>
      <iframe key={`${shown} ${language}`} title={t('fields.preview')} src={`/forms/${form.id}/preview?lang=${language}`} className="h-[70vh] w-full rounded-md border border-line" />
    </section>
  )
}
