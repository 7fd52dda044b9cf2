import { useNavigate, useRevalidator } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '~/ui/keyboard/shortcuts'
import { MailComposer } from '~/ui/leads/mail-composer'
import { useMailUndo } from '~/ui/leads/use-mail-undo'
import { useLive } from '~/ui/live/use-live'
import type { LeadPageData } from './route'

/** The composer of the lead page at `?mail=1`, key E, and what becomes of a mail after it was sent. */
export function MailPart({ data: { lead, mail, mayWrite } }: { data: LeadPageData }) {
  const { t } = useTranslation('mail')
  const navigate = useNavigate()
  const revalidator = useRevalidator()
  const here = `/leads/${lead.id}`
  const open = () => navigate(`${here}?mail=1`, { preventScrollReset: true })
  const close = () => navigate(here, { preventScrollReset: true })
  const say = useMailUndo(lead.id, open)
  useShortcuts(mayWrite && lead.duplicateOf === null ? [{ keys: 'e', label: t('write'), run: open }] : [])
  useLive(({ kind, id }) => { if (kind.startsWith('mail.') && id === lead.id) revalidator.revalidate() })
  if (mail === null) return null
  return <MailComposer key={mail.templateId} draft={mail} leadId={lead.id} doors={{ send: `${here}/mails`, draft: `${here}/mail-draft` }} close={close} onSent={(sent, written) => { close(); say(sent, written) }} />
}
