import { createI18n } from '~/i18n/create.server'
import { env } from '~/platform/env'
import { letter } from '~/platform/letter'
import { sendMailAside } from '~/platform/mail'
import type { Organisation } from './organisation'

type Invited = { invitationId: string; email: string; token: string; by: string | null; organisation: Organisation }

/** Sends the link into an organisation, in the organisation's language. */
export function sendInvitation({ invitationId, email, token, by, organisation }: Invited): void {
  const t = createI18n(organisation.locale).getFixedT(null, 'orgs')
  const org = organisation.name
  const opening = by === null ? t('mail.invitation.text', { org }) : t('mail.invitation.textBy', { name: by, org })
  const content = letter({ greeting: t('mail.greeting'), lines: [opening], button: { label: t('mail.invitation.button', { org }), href: `${env().APP_BASE_URL}/invitations/${token}` }, after: [t('mail.invitation.after')] })
  sendMailAside({ to: { name: '', address: email }, subject: t('mail.invitation.subject', { org }), ...content, intent: `invitation ${invitationId}` })
}
