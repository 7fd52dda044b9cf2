import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Role } from '~/domain/orgs/vocabulary'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'

type Shown = { id: string; email: string; role: Role; teamId: string | null; expiresAt: Date; expired: boolean }

/** Invitations nobody has accepted: send again, or withdraw. */
export function InvitationList({ invitations }: { invitations: readonly Shown[] }) {
  const { t } = useTranslation('orgs')
  const format = useFormat()
  return (
    <ul className="border-t border-line">
      {invitations.map(({ id, email, role, teamId, expiresAt, expired }) => (
        <li key={id} className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
          <span className="min-w-0 flex-1 basis-56">
            <span className="block truncate text-13 font-medium">{email}</span>
            <span className="block text-12 text-muted tn">{t(`role.${role}`)} · {t('members.expires', { when: format.date(expiresAt, 'moment') })}</span>
          </span>
          {expired && <Chip tone="warn">{t('members.expired')}</Chip>}
          <Form method="post" action="/settings/members">
            <input type="hidden" name="email" value={email} />
            <input type="hidden" name="role" value={role} />
            <input type="hidden" name="teamId" value={teamId ?? ''} />
            <Button type="submit" size="s">{t('members.again')}</Button>
          </Form>
          <Form method="post" action={`/settings/invitations/${id}/revocation`}>
            <Button type="submit" size="s" variant="danger">{t('members.revoke')}</Button>
          </Form>
        </li>
      ))}
    </ul>
  )
}
