import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailTemplate, TemplatePreview } from '~/domain/outreach'
import { mostBody, mostSubject, type TemplateFault } from '~/domain/outreach/vocabulary'
import { LOCALE_NAMES, LOCALES } from '~/lib/locales'
import { PlainField, SelectRow } from '~/ui/leads/form-fields'

type Fault = { why: TemplateFault; line: number; name: string; field: 'subject' | 'body' }
type Answered = { done?: unknown; refusal?: { code: string; params: Record<string, string | number> }; reply?: unknown }
const PAUSE_MS = 400

/** A template and, beside it, how it reads for a lead; what is wrong with it is said with its line. */
export function TemplateForm({ template, isFirst = false }: { template: MailTemplate | null; isFirst?: boolean }) {
  const { t, i18n } = useTranslation('templates')
  const fetcher = useFetcher<Answered>()
  const [text, setText] = useState({ subject: template?.subject ?? '', body: template?.body ?? '' })
  const [isTouched, setTouched] = useState(false)
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  const refused = answer?.refusal?.code === 'template-wrong' ? (answer.refusal.params as Fault) : null
  const part = (name: 'subject' | 'body') => (value: string) => setText((now) => ({ ...now, [name]: value }))
  return (
    <div className="grid gap-4" onFocus={() => setTouched(true)}>
      <fetcher.Form method="post" action="/settings/mail" className="grid gap-3 sm:grid-cols-2">
        {answer !== undefined && answer.done === undefined && <p role="alert" className="form-alert sm:col-span-2"><span>{refused === null ? t('failed') : <FaultWords fault={refused} />}</span></p>}
        {template !== null && answer?.done !== undefined && <p role="status" className="text-13 text-won sm:col-span-2">{t('saved')}</p>}
        {template !== null && <input type="hidden" name="templateId" value={template.id} />}
        <PlainField label={t('name')}>{(id) => <input id={id} name="name" required maxLength={80} className="input" defaultValue={template?.name ?? ''} />}</PlainField>
        <SelectRow label={t('language')} name="locale" choices={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))} defaultValue={template?.locale ?? (i18n.language === 'zh-CN' ? 'zh-CN' : 'en')} />
        <div className="sm:col-span-2"><PlainField label={t('subject')}>{(id) => <input id={id} name="subject" required maxLength={mostSubject} className="input" value={text.subject} onChange={(event) => part('subject')(event.target.value)} />}</PlainField></div>
        <div className="sm:col-span-2"><PlainField label={t('body')}>{(id) => <textarea id={id} name="body" required rows={9} maxLength={mostBody} className="input" value={text.body} onChange={(event) => part('body')(event.target.value)} />}</PlainField></div>
        <div><button type="submit" className={isFirst ? 'btn' : 'btn btn-next'} disabled={fetcher.state !== 'idle'}>{t(template === null ? 'add' : 'save')}</button></div>
      </fetcher.Form>
      {isTouched && <Preview subject={text.subject} body={text.body} />}
    </div>
  )
}

function FaultWords({ fault }: { fault: Fault }) {
  const { t } = useTranslation('templates')
  return <>{t(`fault.${fault.why}`, { line: String(fault.line), name: fault.name, place: t(`place.${fault.field}`) })}</>
}

function Preview({ subject, body }: { subject: string; body: string }) {
  const { t } = useTranslation('templates')
  const fetcher = useFetcher<{ done?: TemplatePreview }>()
  // The router gives another function with each answer: asked again is when the text changes, and only then.
  const submit = useRef(fetcher.submit)
  submit.current = fetcher.submit
  useEffect(() => {
    if (body.trim() === '') return undefined
    const timer = setTimeout(() => { submit.current({ subject, body }, { method: 'post', action: '/settings/mail/preview' }) }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [subject, body])
  const shown = fetcher.data?.done
  if (shown === undefined || body.trim() === '') return null
  return (
    <section aria-live="polite" className="border-l-2 border-line pl-3 text-13">
      {shown.fault !== null ? <p className="text-breach"><FaultWords fault={shown.fault} /></p> : (
        <>
          <h3 className="mb-1 text-12 text-muted">{shown.about === null ? t('previewNobody') : t('preview', { person: shown.about })}</h3>
          <p className="font-semibold [overflow-wrap:anywhere]">{shown.subject}</p>
          <p className="mt-1 whitespace-pre-line [overflow-wrap:anywhere]">{shown.body}</p>
          {shown.missing.length > 0 && <p className="mt-2 text-12 text-muted">{t('missing', { names: shown.missing.join(', ') })}</p>}
        </>
      )}
    </section>
  )
}
