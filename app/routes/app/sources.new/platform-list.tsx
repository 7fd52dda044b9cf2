import { Link, useSearchParams } from '@remix-run/react'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectableName } from '~/domain/capture/vocabulary'
import { platformGroups, type PlatformGroup } from './platforms'

const groups = Object.keys(platformGroups) as PlatformGroup[]

/** Every platform by its group, narrowed by what is typed. */
export function PlatformList({ about }: { about: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('sources')
  const [params] = useSearchParams()
  const [sought, setSought] = useState(params.get('q') ?? '')
  const words = sought.trim().toLowerCase()
  const fits = (name: ConnectableName) => [name, t(`connector.${name}`), about[name] ?? ''].some((text) => text.toLowerCase().includes(words))
  const shown = groups.map((group) => ({ group, names: platformGroups[group].filter(fits) })).filter(({ names }) => names.length > 0)
  return (
    <>
      <form method="get" role="search" className="mb-5">
        <input type="search" name="q" value={sought} onChange={(event) => setSought(event.target.value)} placeholder={t('new.search')} aria-label={t('new.search')} className="input" autoComplete="off" />
      </form>
      <p role="status" className={shown.length === 0 ? 'text-13 text-muted' : 'sr-only'}>{shown.length === 0 ? t('new.nothing') : ''}</p>
      {shown.map(({ group, names }) => (
        <section key={group} className="mb-6">
          <h2 className="mb-1 text-12 text-muted">{t(`new.group.${group}`)}</h2>
          <ul className="border-t border-line">
            {names.map((name) => (
              <li key={name} className="border-b border-line">
                <Link to={`?connector=${name}`} prefetch="intent" aria-label={`${t('new.pick')} ${t(`connector.${name}`)}`} className="flex min-h-14 items-center gap-3 py-2 hover:bg-hover">
                  <span className="min-w-0 flex-1">
                    <span className="block text-14 font-medium">{t(`connector.${name}`)}</span>
                    <span className="block text-13 text-muted">{about[name]}</span>
                  </span>
                  <ChevronRight className="i text-faint" aria-hidden="true" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
