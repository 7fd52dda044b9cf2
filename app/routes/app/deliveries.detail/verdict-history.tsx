import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { DeliveryDetail } from '~/domain/capture'
import { useFormat } from '~/ui/use-format'

/** From the moment it was kept to the present verdict. */
export function VerdictHistory({ delivery }: { delivery: DeliveryDetail }) {
  const { t, i18n } = useTranslation('sources')
  const format = useFormat()
  const why = ({ path, code }: { path: string; code: string }) => {
    const words = i18n.exists(`sources:issue.${code}`) ? t(`issue.${code}` as 'issue.required') : code
    return path === '' ? words : t('delivery.issuePath', { code: words, path })
  }
  return (
    <ol className="flex flex-col gap-3 text-13">
      <li className="flex gap-4">
        <time className="w-32 shrink-0 text-muted tn">{format.date(delivery.receivedAt, 'moment')}</time>
        <span>{t('delivery.stored', { bytes: format.number(delivery.bytes), status: delivery.replyStatus })}</span>
      </li>
      {delivery.history.map((step, index) => (
        <li key={index} className="flex gap-4">
          <time className="w-32 shrink-0 text-muted tn">{format.date(step.at, 'moment')}</time>
          <span className="min-w-0">
            <span className="font-medium">{t(`verdict.${step.verdict}`)}</span>
            {step.issues.map((issue) => <span key={`${issue.path} ${issue.code}`} className="block text-muted">{why(issue)}</span>)}
            {step.issues.length === 0 && step.verdict !== 'processed' && <span className="block text-muted">{t(`because.${step.verdict}`)}</span>}
            {step.firstDeliveryId !== null && <Link to={`/deliveries/${step.firstDeliveryId}`} className="lnk block">{t('delivery.first')}</Link>}
          </span>
        </li>
      ))}
    </ol>
  )
}
