import { Link, Outlet, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { keptMailList, publicPage } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'mailbox' }

/** Mails of an installation without SMTP; absent in production. */
export const loader = publicPage({}, async ({ request }) => ({ mails: await keptMailList(request) }))

export default function MailboxPage() {
  const { t } = useTranslation('auth')
  const { mails } = useLoaderData<typeof loader>()
  const format = useFormat()
  return (
    <main id="main" className="min-h-dvh bg-surface">
      <PageHeader title={mails.length === 0 ? t('mailbox.none') : t('mailbox.title', { count: mails.length })} />
      <PageBody>
        <p className="mb-4 max-w-[70ch] text-13 text-muted">{t('mailbox.hint')}</p>
        <div className="grid gap-6 lg:grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)]">
          {mails.length === 0 ? (
            <EmptyState kind="empty" title={t('mailbox.none')} />
          ) : (
            <ul className="min-w-0 border-t border-line">
              {mails.map((mail) => (
                <li key={mail.id} className="border-b border-line">
                  <Link to={`/dev/mailbox/${mail.id}`} className="block py-2 hover:bg-hover">
                    <span className="block truncate text-13 font-medium">{mail.subject}</span>
                    <span className="block truncate text-12 text-muted">{mail.to.address}</span>
                    <span className="block text-12 text-faint tn">{format.date(mail.sentAt, 'full')}</span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <div className="min-w-0"><Outlet /></div>
        </div>
      </PageBody>
    </main>
  )
}
