import { Form } from '@remix-run/react'
import Monitor from 'lucide-react/icons/monitor'
import Smartphone from 'lucide-react/icons/smartphone'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'

type ShownSession = { id: string; current: boolean; ipAddress: string | null; userAgent: string | null; createdAt: Date; lastUsedAt: Date }

/** Where one is signed in; every other place can be ended from here. */
export function SessionList({ sessions, now }: { sessions: readonly ShownSession[]; now: Date }) {
  const { t } = useTranslation('orgs')
  const format = useFormat()
  return (
    <>
      <ul className="border-t border-line">
        {sessions.map((session) => {
          const { browser, phone } = browserIn(session.userAgent)
          const Icon = phone ? Smartphone : Monitor
          return (
            <li key={session.id} className="flex min-h-14 items-center gap-3 border-b border-line py-2">
              <Icon className="i text-muted" aria-hidden="true" />
              <span className="min-w-0 flex-1">
                <span className="flex flex-wrap items-center gap-2 text-13 font-medium">
                  {browser ?? t('security.unknownBrowser')}
                  {session.current && <Chip>{t('security.this')}</Chip>}
                </span>
                <span className="block text-12 text-muted tn">
                  {[session.ipAddress, t('security.since', { when: format.date(session.createdAt, 'moment') }), t('security.lastUsed', { when: format.relative(session.lastUsedAt, now) })].filter((part) => part !== null && part !== '').join(' · ')}
                </span>
              </span>
              {!session.current && (
                <Form method="post" action={`/settings/security/sessions/${session.id}/ending`}>
                  <Button type="submit" size="s">{t('security.end')}</Button>
                </Form>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 && (
        <Form method="post" action="/settings/security/other-sessions/ending" className="pt-3">
          <Button type="submit" variant="danger">{t('security.endOthers')}</Button>
        </Form>
      )}
    </>
  )
}

/** "Chrome · Windows": enough to know one's own browsers by. */
function browserIn(userAgent: string | null): { browser: string | null; phone: boolean } {
  const text = userAgent ?? ''
  const name = /MicroMessenger/.test(text) ? 'WeChat' : /Edg\//.test(text) ? 'Edge' : /Firefox\//.test(text) ? 'Firefox' : /Chrom(e|ium)\//.test(text) ? 'Chrome' : /Safari\//.test(text) ? 'Safari' : null
  const system = /iPhone|iPad/.test(text) ? 'iOS' : /Android/.test(text) ? 'Android' : /Windows/.test(text) ? 'Windows' : /Mac OS X/.test(text) ? 'macOS' : /Linux/.test(text) ? 'Linux' : null
  const parts = [name, system].filter((part) => part !== null)
  return { browser: parts.length === 0 ? null : parts.join(' · '), phone: /Mobile|iPhone|Android/.test(text) }
}
