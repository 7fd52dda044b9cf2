import { useFetcher } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { mostBody, mostSubject } from '~/domain/outreach/vocabulary'
import { Button } from '../primitives/button'
import { Kbd } from '../primitives/kbd'
import { useFormat } from '../use-format'
import { PlainField } from './form-fields'
import type { MailDraftView } from './mail-types'
import type { Answer } from './types'
import { keepMailText, useMailText, type Written } from './use-mail-text'
import { useRefusal } from './use-refusal'

export type SentMail = { mailId: string; sendAfter: Date }
type Props = {
  draft: MailDraftView
  leadId: string
  /** where it is sent to, and where a draft with `?template=` and `?person=` is asked for */
  doors: { send: string; draft: string }
  onSent: (sent: SentMail, written: Written) => void
  close?: () => void
  /** what stands around it has a title of its own */
  untitled?: boolean
}

/** Writes a mail to somebody on a lead. Says why where nobody can be written to; keeps what was typed in this tab. */
export function MailComposer(props: Props) {
  const { t } = useTranslation('mail')
  const { draft, close, untitled = false } = props
  const addresses = draft.people.flatMap(({ name, addresses: own }) => own.map((address) => ({ name, ...address })))
  const isOpen = addresses.some(({ suppression }) => suppression === null) && (draft.route.leaves || draft.route.isShown)
  return (
    <section className={untitled ? 'mail-compose' : 'q-part mail-compose'} aria-labelledby={untitled ? undefined : 'mail-compose'}>
      {!untitled && <h2 className="ld-h flex items-center gap-2" id="mail-compose">{t('write')}{close !== undefined && <Button size="s" variant="quiet" className="ml-auto" onPress={close}>{t('close')}</Button>}</h2>}
      {!draft.route.leaves && <p className="mb-3 text-13 text-muted">{t(draft.route.isShown ? 'kept' : 'notSetUp')}</p>}
      {addresses.length === 0 && <p className="text-13 text-muted">{t('nobody')}</p>}
      {addresses.flatMap(({ name, shown, suppression }) => (suppression === null ? [] : [<Stopped key={shown} name={name} shown={shown} {...suppression} />]))}
      {isOpen && <ComposeForm {...props} />}
    </section>
  )
}

function Stopped({ name, shown, reason, at }: { name: string; shown: string; reason: 'unsubscribed' | 'bounced' | 'complained' | 'by-hand'; at: Date }) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  return <p className="mb-2 text-13"><b>{t(`stopped.${reason}`, { since: format.date(at, 'day-year') })}</b> <span className="text-muted">{name} · {shown}</span></p>
}

function ComposeForm({ draft, leadId, doors, onSent }: Props) {
  const { t } = useTranslation('mail')
  const text = useMailText(leadId, draft, doors.draft)
  const fetcher = useFetcher<Answer>()
  const refusal = useRefusal()
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  const done = useRef<unknown>(undefined)
  const { written } = text
  useEffect(() => {
    if (answer?.done === undefined || done.current === answer) return
    done.current = answer
    keepMailText(leadId, null)
    onSent(answer.done as SentMail, written)
  }, [answer, leadId, onSent, written])
  const form = useRef<HTMLFormElement>(null)
  // Where writing begins: at the template, or at the subject where there is none.
  useEffect(() => { form.current?.querySelector<HTMLElement>('[name=templateId], [name=subject]')?.focus({ preventScroll: true }) }, [])
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.requestSubmit()
  }
  const problem = refusal(answer)
  const isWaiting = answer?.refusal?.code === 'invalid' && text.missing.length > 0
  return (
    <>
      <PlainChoice draft={draft} leadId={leadId} />
      <fetcher.Form ref={form} method="post" action={doors.send} className="flex flex-col gap-3" onKeyDown={onKeyDown}>
        {problem !== null && <p role="alert" className="form-alert"><CircleAlert className="i" aria-hidden="true" /><span>{isWaiting ? t('fillFirst') : problem}</span></p>}
        <PlainField label={t('to')}>{(id) => (
          <select id={id} name="to" className="input" value={written.to} onChange={(event) => text.chooseTo(event.target.value)}>
            {draft.people.flatMap((person) => person.addresses.map(({ key, shown, suppression }) => (
              <option key={`${person.id}:${key}`} value={`${person.id}:${key}`} disabled={suppression !== null}>{person.name === '' ? shown : `${person.name} · ${shown}`}</option>
            )))}
          </select>
        )}</PlainField>
        {draft.templates.length > 0 && <TemplateChoice draft={draft} value={written.templateId} choose={text.chooseTemplate} />}
        <PlainField label={t('subject')}>{(id) => <input id={id} name="subject" className="input" required maxLength={mostSubject} value={written.subject} onChange={(event) => text.type({ subject: event.target.value })} />}</PlainField>
        <PlainField label={t('body')}>{(id) => <textarea id={id} name="body" className="input mail-body" rows={12} required maxLength={mostBody} value={written.body} onChange={(event) => text.type({ body: event.target.value })} />}</PlainField>
        <Notes text={text} />
        <p className="text-12 text-muted">{t('leavesAs', { name: draft.from.name, address: draft.from.address, reply: draft.from.replyTo })} {t('footer')}</p>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="next" isPending={fetcher.state !== 'idle'}>{t('send')}</Button>
          <span className="text-12 text-muted" aria-hidden="true"><Kbd keys="Ctrl Enter" /></span>
        </div>
      </fetcher.Form>
    </>
  )
}

function TemplateChoice({ draft, value, choose }: { draft: MailDraftView; value: string; choose: (templateId: string) => void }) {
  const { t } = useTranslation('mail')
  return (
    <PlainField label={t('template')}>{(id) => (
      <select id={id} name="templateId" className="input" value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('noTemplate')}</option>
        {draft.templates.map(({ id: templateId, name, locale }) => <option key={templateId} value={templateId} lang={locale}>{name}</option>)}
      </select>
    )}</PlainField>
  )
}

/** What is to be known of the text: values nobody knows, a draft that was found, a text that was replaced. */
function Notes({ text }: { text: ReturnType<typeof useMailText> }) {
  const { t } = useTranslation('mail')
  return (
    <div aria-live="polite" className="flex flex-col gap-1 text-13">
      {text.isFilling && <p className="text-muted">{t('filling')}</p>}
      {text.missing.length > 0 && <p className="mail-missing"><CircleAlert className="i" aria-hidden="true" />{t('missing', { count: text.missing.length })} {text.missing.map((name) => <code key={name}>[[{name}]]</code>)}</p>}
      {text.replaced !== null && <p>{t('replaced')} <button type="button" className="lnk" onClick={text.putBack}>{t('putBack')}</button></p>}
      {text.isRestored && <p>{t('restored')} <button type="button" className="lnk" onClick={text.startAnew}>{t('startAnew')}</button></p>}
    </div>
  )
}

/** Where no script runs, a template is chosen by asking for the page again. */
function PlainChoice({ draft, leadId }: { draft: MailDraftView; leadId: string }) {
  const { t } = useTranslation('mail')
  if (draft.templates.length === 0) return null
  return (
    <noscript>
      <form method="get" action={`/leads/${leadId}`} className="mb-4 flex flex-wrap items-end gap-3">
        <input type="hidden" name="mail" value="1" />
        <PlainField label={t('template')}>{(id) => <select id={id} name="template" className="input" defaultValue={draft.templateId ?? ''}>{draft.templates.map(({ id: value, name }) => <option key={value} value={value}>{name}</option>)}</select>}</PlainField>
        <button type="submit" className="btn">{t('fillIn')}</button>
      </form>
    </noscript>
  )
}
