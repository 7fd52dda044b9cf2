import { Link, useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryRow } from '~/domain/capture'
import { useLive } from '~/ui/live/use-live'
import { Chip, type Tone } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'

type Arrivals = { deliveries: readonly DeliveryRow[]; now: Date }
const tones: Record<DeliveryRow['state'], Tone> = { stored: 'neutral', processed: 'won', duplicate: 'neutral', test: 'neutral', unreadable: 'breach', rejected: 'lost' }
const EVERY_MS = 1_000
const PATIENCE_MS = 60_000

/** The last messages of a source as they come, each opening to its verdict. */
export function RecentDeliveries({ sourceId, first, since }: { sourceId: string; first: Arrivals; since: unknown }) {
  const { t, i18n } = useTranslation('sources')
  const format = useFormat()
  const { load, data } = useFetcher<Arrivals>()
  const { deliveries, now } = data ?? first
  const isUndecided = deliveries.some(({ state, receivedAt }) => state === 'stored' && now.getTime() - receivedAt.getTime() < PATIENCE_MS)
  const look = () => load(`/sources/${sourceId}/arrivals`)
  useLive(({ kind }) => {
    if (kind === 'reset' || kind.startsWith('delivery.') || kind === 'lead.captured') look()
  })
  useEffect(() => {
    if (since !== undefined) load(`/sources/${sourceId}/arrivals`)
  }, [since, load, sourceId])
  useEffect(() => {
    if (!isUndecided) return undefined
    const timer = setInterval(() => load(`/sources/${sourceId}/arrivals`), EVERY_MS)
    return () => clearInterval(timer)
  }, [isUndecided, load, sourceId])
  const why = (code: string) => (i18n.exists(`sources:issue.${code}`) ? t(`issue.${code}` as 'issue.required') : code)
  if (deliveries.length === 0) return <p className="text-13 text-muted">{t('one.nothing')}</p>
  return (
    <ul aria-live="polite">
      {deliveries.map(({ id, state, receivedAt, issues, receipt }) => (
        <li key={id} className="border-b border-line last:border-b-0">
          <Link to={`/deliveries/${id}`} prefetch="intent" className="flex min-h-10 items-center gap-3 text-13 hover:underline">
            <span className="min-w-28"><Chip tone={tones[state]}>{t(`verdict.${state}`)}</Chip></span>
            {issues.length === 0 ? <code className="min-w-0 flex-1 truncate text-12 text-muted">{receipt}</code> : <span className="min-w-0 flex-1 truncate text-muted">{issues.map(({ code }) => why(code)).join(t('log.listComma'))}</span>}
            <span className="shrink-0 text-muted tn">{format.relative(receivedAt, now)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
