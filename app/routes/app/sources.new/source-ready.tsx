import { useFetcher } from '@remix-run/react'
import Check from 'lucide-react/icons/check'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryRow } from '~/domain/capture'
import type { ConnectableName } from '~/domain/capture/vocabulary'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import { LinkButton } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'
import { useFormat } from '~/ui/use-format'

type Made = { sourceId: string; name: string; connector: ConnectableName; hookUrl: string | null; secret: string | null; keys: Record<string, string>; steps: readonly string[] }
const EVERY_MS = 2_000

/** Address, secret and what to do at the platform; then it waits with you for the first delivery. */
export function SourceReady({ made }: { made: Made }) {
  const { t } = useTranslation('sources')
  return (
    <>
      <PageHeader title={t('made.title', { name: made.name, connector: t(`connector.${made.connector}`) })} crumb={{ href: '/sources', label: t('new.crumb') }} />
      <PageBody narrow>
        {made.hookUrl !== null && <PageSection title={t('made.address')}><Secret value={made.hookUrl} /></PageSection>}
        <PageSection title={t('made.secret')}>
          {[made.secret, ...Object.values(made.keys)].flatMap((value) => (value === null ? [] : [<Secret key={value} value={value} />]))}
          <p className="mt-2 text-13 text-muted">{t('made.once')}</p>
        </PageSection>
        <PageSection title={t('made.steps')}>
          <ol className="flex list-decimal flex-col gap-2 pl-5 text-13">{made.steps.map((step) => <li key={step}>{step}</li>)}</ol>
        </PageSection>
        <FirstDelivery sourceId={made.sourceId} />
      </PageBody>
    </>
  )
}

function Secret({ value }: { value: string }) {
  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 break-all rounded-md border border-line px-3 py-2 text-13">{value}</code>
      <CopyButton value={value} />
    </div>
  )
}

function FirstDelivery({ sourceId }: { sourceId: string }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { load, data } = useFetcher<{ deliveries: DeliveryRow[]; now: Date }>()
  const first = data?.deliveries.at(-1)
  const settled = first !== undefined && first.state !== 'stored'
  useEffect(() => {
    if (settled) return undefined
    const look = () => load(`/sources/${sourceId}/arrivals`)
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [load, settled, sourceId])
  return (
    <section className="mt-2 flex flex-wrap items-center gap-3 border-t border-line py-5" aria-live="polite">
      {first === undefined ? <LoaderCircle className="i spin text-muted" aria-hidden="true" /> : <Check className="i text-won" aria-hidden="true" />}
      <span className="min-w-0 flex-1">
        <span className="block text-14 font-medium">{first === undefined ? t('made.waiting') : t('made.arrived', { verdict: t(`verdict.${first.state}`) })}</span>
        {first !== undefined && data !== undefined && <span className="block text-12 text-muted">{t('made.arrivedHint', { when: format.relative(first.receivedAt, data.now) })}</span>}
      </span>
      {first !== undefined && <LinkButton to={`/deliveries/${first.id}`}>{t('made.see')}</LinkButton>}
      <LinkButton to={`/sources/${sourceId}`} variant="next">{t('made.open')}</LinkButton>
    </section>
  )
}
