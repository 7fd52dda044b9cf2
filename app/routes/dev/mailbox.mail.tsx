import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { keptMailNamed, publicPage } from '~/http'

export const loader = publicPage({}, async ({ params, request }) => {
  const mail = await keptMailNamed(params['mailId'] ?? '', request)
  return { mail, links: mail.text.match(/https?:\/\/\S+/g) ?? [] }
})

/** One mail: its links, the text, and the HTML in a frame that may neither run scripts nor load anything. */
export default function MailPage() {
  const { t } = useTranslation('auth')
  const { mail, links } = useLoaderData<typeof loader>()
  return (
    <article className="flex min-w-0 flex-col gap-4">
      <header>
        <h2 className="text-16 font-semibold">{mail.subject}</h2>
        <p className="text-13 text-muted">{t('mailbox.to')} {mail.to.name} {mail.to.address}</p>
      </header>
      {links.length > 0 && (
        <section>
          <h3 className="mb-1 text-12 text-muted">{t('mailbox.links')}</h3>
          {links.map((link) => <p key={link}><a href={link} className="lnk text-13 break-all">{link}</a></p>)}
        </section>
      )}
      <section>
        <h3 className="mb-1 text-12 text-muted">{t('mailbox.text')}</h3>
        <pre className="rounded-md bg-sunken p-4 text-13 whitespace-pre-wrap">{mail.text}</pre>
      </section>
      <section>
        <h3 className="mb-1 text-12 text-muted">{t('mailbox.html')}</h3>
        <iframe title={t('mailbox.html')} srcDoc={mail.html} sandbox="" className="h-[26rem] w-full rounded-md border border-line bg-surface" />
      </section>
    </article>
  )
}
