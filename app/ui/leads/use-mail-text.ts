import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type { MailDraftView } from './mail-types'

type Text = { subject: string; body: string }
/** What somebody is writing: to whom, from which template, and the text. */
export type Written = Text & { to: string; templateId: string }

const keyOf = (leadId: string) => `clew.mail.${leadId}`
const isSame = (a: Text, b: Text) => a.subject === b.subject && a.body === b.body

/** Keeps a text for when the composer opens again in this tab. */
export function keepMailText(leadId: string, written: Written | null): void {
  try {
    if (written === null) sessionStorage.removeItem(keyOf(leadId))
    else sessionStorage.setItem(keyOf(leadId), JSON.stringify(written))
  } catch {
    // Storage that is full or switched off loses a draft, and nothing else.
  }
}

function keptMailText(leadId: string): Written | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(leadId)) ?? 'null') as Partial<Written> | null
    return kept !== null && typeof kept.subject === 'string' && typeof kept.body === 'string' ? { to: kept.to ?? '', templateId: kept.templateId ?? '', subject: kept.subject, body: kept.body } : null
  } catch {
    return null
  }
}

/** The first address that may be written to, of the person the draft is for before others. */
export function firstTo({ people, personId }: MailDraftView): string {
  const open = people.flatMap(({ id, addresses }) => addresses.filter(({ suppression }) => suppression === null).map(({ key }) => ({ id, to: `${id}:${key}` })))
  return (open.find(({ id }) => id === personId) ?? open[0])?.to ?? ''
}

/** The text of a composer: what a template fills in, what somebody makes of it, and a way back to what a template replaced. */
export function useMailText(leadId: string, draft: MailDraftView, draftHref: string) {
  const [written, setWritten] = useState<Written>({ to: firstTo(draft), templateId: draft.templateId ?? '', ...textOf(draft) })
  const [replaced, setReplaced] = useState<Text | null>(null)
  const [isRestored, setRestored] = useState(false)
  const filled = useRef<Text>(textOf(draft))
  const fetcher = useFetcher<MailDraftView>()
  const seen = useRef<MailDraftView | undefined>(undefined)
  useEffect(() => {
    const kept = draft.templateId === null ? keptMailText(leadId) : null
    if (kept === null) return
    setWritten((now) => ({ ...kept, to: isOffered(draft, kept.to) ? kept.to : now.to }))
    setRestored(true)
    // Only what lay there when it opened.
  }, [])
  useEffect(() => {
    if (fetcher.state !== 'idle' || fetcher.data === undefined || seen.current === fetcher.data) return
    seen.current = fetcher.data
    const text = textOf(fetcher.data)
    if (!isSame(written, filled.current)) setReplaced({ subject: written.subject, body: written.body })
    filled.current = text
    keepMailText(leadId, null)
    setWritten((now) => ({ ...now, ...text }))
  }, [fetcher.state, fetcher.data, leadId, written])
  const keep = (next: Written) => {
    setWritten(next)
    keepMailText(leadId, isSame(next, filled.current) ? null : next)
  }
  const ask = (templateId: string, to: string) => fetcher.load(`${draftHref}${draftHref.includes('?') ? '&' : '?'}${String(new URLSearchParams({ template: templateId, person: to.split(':')[0] ?? '' }))}`)
  return {
    written, replaced, isRestored, isFilling: fetcher.state !== 'idle',
    missing: [...(fetcher.data ?? draft).text.missing].filter((name) => `${written.subject}\n${written.body}`.includes(`[[${name}]]`)),
    type: (part: Partial<Text>) => keep({ ...written, ...part }),
    chooseTemplate(templateId: string) {
      keep({ ...written, templateId })
      if (templateId !== '') ask(templateId, written.to)
    },
    chooseTo(to: string) {
      keep({ ...written, to })
      // Whoever has changed the text keeps it, also for somebody else.
      if (written.templateId !== '' && isSame(written, filled.current)) ask(written.templateId, to)
    },
    putBack() {
      if (replaced !== null) keep({ ...written, ...replaced })
      setReplaced(null)
    },
    startAnew() {
      filled.current = { subject: '', body: '' }
      setRestored(false)
      keep({ ...written, templateId: '', subject: '', body: '' })
    },
  }
}

const textOf = ({ text: { subject, body } }: MailDraftView): Text => ({ subject, body })
const isOffered = ({ people }: MailDraftView, to: string): boolean => people.some(({ id, addresses }) => addresses.some(({ key, suppression }) => suppression === null && `${id}:${key}` === to))
