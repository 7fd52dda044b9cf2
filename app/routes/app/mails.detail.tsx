import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mailDetail } from '~/domain/outreach'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { MailText } from '~/ui/leads/mail-text'

export const handle: PageHandle = { title: 'sentMail' }

export const loader = page({ permission: 'leads:read' }, async ({ ctx, params }) => ({ mail: await mailDetail(ctx, { mailId: params['sentMailId'] as never }) }))

/** One mail as it was written; the timeline opens the same inside itself. */
export default function MailPage() {
  const { mail } = useLoaderData<typeof loader>()
  const { t } = useTranslation('mail')
  return (
    <>
      <PageHeader title={t(`title.${mail.state}`, { person: mail.person })} crumb={{ href: `/leads/${mail.leadId}`, label: t('toLead') }} />
      <PageBody narrow><MailText mail={mail} /></PageBody>
    </>
  )
}
