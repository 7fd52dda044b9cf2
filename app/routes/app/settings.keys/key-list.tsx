import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/primitives/button'
import { Chip, type Tone } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'

type ShownKey = { id: string; name: string; prefix: string; scopes: string[]; createdAt: Date; expiresAt: Date | null; lastUsedAt: Date | null; state: 'active' | 'expired' | 'revoked' }

const TONES: Record<ShownKey['state'], Tone> = { active: 'won', expired: 'warn', revoked: 'lost' }

/** Keys by name and the part that may be shown; an active one can be ended. */
export function KeyList({ keys }: { keys: readonly ShownKey[] }) {
  const { t } = useTranslation('orgs')
  const format = useFormat()
  return (
    <ul className="border-t border-line">
      {keys.map((key) => (
        <li key={key.id} className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
          <span className="min-w-0 flex-1 basis-64">
            <span className="flex flex-wrap items-center gap-2 text-13 font-medium">
              {key.name}
              <Chip tone={TONES[key.state]}>{t(`keys.${key.state}`)}</Chip>
            </span>
            <span className="block text-12 text-muted tn">
              <code>{key.prefix}…</code> · {t('keys.created')} {format.date(key.createdAt)} · {t('keys.expires')} {key.expiresAt === null ? t('keys.never') : format.date(key.expiresAt)} · {key.lastUsedAt === null ? t('keys.unused') : `${t('keys.lastUsed')} ${format.date(key.lastUsedAt, 'moment')}`}
            </span>
            <span className="block text-12 break-words text-faint">{key.scopes.join(', ')}</span>
          </span>
          {key.state === 'active' && (
            <Form method="post" action={`/settings/keys/${key.id}/revocation`}>
              <Button type="submit" size="s" variant="danger">{t('keys.revoke')}</Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
}
