import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { DeliveryRow } from '~/domain/capture'
import { useFormat } from '~/ui/use-format'

/** The last messages of a source, each opening to its verdict. */
export function RecentDeliveries({ deliveries, now }: { deliveries: readonly DeliveryRow[]; now: Date }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  if (deliveries.length === 0) return <p className="text-13 text-muted">{t('one.nothing')}</p>
  return (
    <ul>
      {deliveries.map(({ id, state, receivedAt, receipt }) => (
        <li key={id} className="border-b border-line last:border-b-0">
          <Link to={`/deliveries/${id}`} prefetch="intent" className="flex min-h-10 items-center gap-3 text-13 hover:underline">
            <span className="min-w-24">{t(`verdict.${state}`)}</span>
            <code className="min-w-0 flex-1 truncate text-12 text-muted">{receipt}</code>
            <span className="text-muted tn">{format.relative(receivedAt, now)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
