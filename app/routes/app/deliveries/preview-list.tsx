import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { PreviewedDelivery } from '~/domain/capture'
import { Chip } from '~/ui/primitives/chip'

/** What would change, delivery by delivery: before, then after. */
export function PreviewList({ shown }: { shown: readonly PreviewedDelivery[] }) {
  const { t } = useTranslation('sources')
  return (
    <ol className="border-t border-line">
      {shown.map(({ deliveryId, receipt, kind, verdict, changes, leadId }) => (
        <li key={deliveryId} className="border-b border-line py-3 text-13">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Chip tone={kind === 'failed' ? 'breach' : kind === 'verdict' ? 'warn' : 'neutral'}>{t(`replay.one.${kind}`)}</Chip>
            <Link to={`/deliveries/${deliveryId}`} className="lnk min-w-0 truncate text-12 text-muted"><code>{`${receipt.slice(0, 12)}…${receipt.slice(-4)}`}</code></Link>
            {leadId !== null && <Link to={`/leads/${leadId}`} className="lnk text-12">{t('delivery.lead')}</Link>}
            {verdict.before !== verdict.after && <span className="text-muted">{t(`verdict.${verdict.before}`)} → {t(`verdict.${verdict.after}`)}</span>}
          </p>
          {changes.length > 0 && (
            <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
              {changes.map(({ field, before, after }) => (
                <div key={field} className="contents">
                  <dt className="text-muted">{t(`replay.field.${field}`)}</dt>
                  <dd className="min-w-0 break-words"><span className="text-muted">{before ?? '—'}</span> → {after ?? '—'}</dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ol>
  )
}
