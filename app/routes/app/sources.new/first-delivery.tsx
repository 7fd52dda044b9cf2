import { useFetcher } from '@remix-run/react'
import Check from 'lucide-react/icons/check'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryRow } from '~/domain/capture'
import { useLive } from '~/ui/live/use-live'
import { LinkButton } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'

const EVERY_MS = 1_000

/** Waits with you: says what became of the first message within a second. */
export function FirstDelivery({ sourceId }: { sourceId: string }) {
  const { t, i18n } = useTranslation('sources')
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
  useLive(({ kind }) => {
    if (!settled && (kind === 'delivery.received' || kind === 'lead.captured')) load(`/sources/${sourceId}/arrivals`)
  })
  const why = first === undefined ? [] : first.issues.map(({ code }) => (i18n.exists(`sources:issue.${code}`) ? t(`issue.${code}` as 'issue.required') : code))
  return (
    <section className="mt-2 flex flex-wrap items-center gap-3 border-t border-line py-5" aria-live="polite">
      {settled ? <Check className="i text-won" aria-hidden="true" /> : <LoaderCircle className="i spin text-muted" aria-hidden="true" />}
      <span className="min-w-0 flex-1 basis-56">
        <span className="block text-14 font-medium">{first === undefined ? t('made.waiting') : t('made.arrived', { verdict: t(`verdict.${first.state}`) })}</span>
        {first !== undefined && data !== undefined && <span className="block text-12 text-muted">{[t('made.arrivedHint', { when: format.relative(first.receivedAt, data.now) }), ...why].join(' · ')}</span>}
      </span>
      {first !== undefined && <LinkButton to={`/deliveries/${first.id}`}>{t('made.see')}</LinkButton>}
      <LinkButton to={`/sources/${sourceId}`} variant="next">{t('made.open')}</LinkButton>
    </section>
  )
}
