import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../primitives/numbers'
import type { MailView } from './mail-types'

/** What a mail says, to whom, and where it stands; one that waits can be taken back by whoever wrote it. Inside the timeline what stands there already is left out. */
export function MailText({ mail, isInside = false }: { mail: MailView; isInside?: boolean }) {
  const { t } = useTranslation('mail')
  return (
    <div className="mail-text">
      <dl className="ld-facts">
        {!isInside && <div><dt>{t('from')}</dt><dd>{mail.sender}</dd></div>}
        {mail.said !== null && <div><dt>{t('to')}</dt><dd className="[overflow-wrap:anywhere]">{mail.person === '' ? mail.said.address : `${mail.person} · ${mail.said.address}`}</dd></div>}
        {!isInside && <div><dt>{t('stands')}</dt><dd>{t(`state.${mail.state}`)} <Moment at={mail.settledAt ?? mail.orderedAt} style="moment" /></dd></div>}
        {!isInside && mail.problem !== null && <div><dt>{t('why')}</dt><dd>{t(`problem.${mail.problem}`)}</dd></div>}
        {mail.template !== null && <div><dt>{t('template')}</dt><dd>{mail.template}</dd></div>}
      </dl>
      {mail.state === 'unknown' && <p className="text-13 text-warn">{t('unknownHint')}</p>}
      {mail.said === null ? <p className="text-13 text-muted">{t('erased')}</p> : (
        <>
          {!isInside && <p className="mt-3 text-14 font-semibold [overflow-wrap:anywhere]">{mail.said.subject}</p>}
          <p className="mt-2 text-13 whitespace-pre-line [overflow-wrap:anywhere]">{mail.said.body}</p>
        </>
      )}
      {mail.mayCancel && <Form method="post" action={`/mails/${mail.id}/cancellation`} reloadDocument className="mt-3"><button type="submit" className="btn btn-s">{t('takeBack')}</button></Form>}
    </div>
  )
}
