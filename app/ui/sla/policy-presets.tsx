import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { usePresets } from './use-presets'

/** Promises to begin with: each opens the form filled in, with what it would have meant for the last leads. */
export function PolicyPresets({ taken }: { taken: readonly string[] }) {
  const { t } = useTranslation('sla')
  const offered = usePresets().filter(({ name }) => !taken.includes(name))
  if (offered.length === 0) return null
  return (
    <section className="mt-8" aria-labelledby="presets">
      <h2 id="presets" className="mb-1 text-14 font-semibold">{t('presets.title')}</h2>
      <ul className="border-t border-line">
        {offered.map(({ name, about, search }) => (
          <li key={name} className="flex min-h-11 flex-wrap items-center gap-x-3 border-b border-line py-2 text-13">
            <Link className="lnk font-medium" to={`/settings/response-times/new?${search}`}>{name}</Link>
            <span className="text-12 text-muted">{about}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
