import { Link, useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { MailText } from './mail-text'
import type { MailView } from './mail-types'

/** Opens a mail inside the timeline when somebody asks for it; a page of its own where no script runs. */
export function ReadMail({ id, subject }: { id: string; subject: string | null }) {
  const { t } = useTranslation('mail')
  const fetcher = useFetcher<{ mail: MailView }>()
  const href = `/mails/${id}`
  const load = (isOpen: boolean) => { if (isOpen && fetcher.state === 'idle' && fetcher.data === undefined) fetcher.load(href) }
  return (
    <details onToggle={(event) => load(event.currentTarget.open)} className="mail-read">
      <summary className="lnk text-12">{t('read')}{subject !== null && <span className="sr">: {subject}</span>}</summary>
      <noscript><Link to={href} className="lnk">{t('read')}</Link></noscript>
      {fetcher.data === undefined ? <p className="text-12 text-muted" role="status">{t('loading')}</p> : <MailText mail={fetcher.data.mail} isInside />}
    </details>
  )
}
