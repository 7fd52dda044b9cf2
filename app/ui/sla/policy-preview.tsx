import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format'
import type { Counting } from '~/domain/sla/vocabulary'

type Preview = { leads: number; matched: number; answered: number; p50: number | null; p90: number | null; breached: number; isCapped: boolean }

/** What a policy would have meant for the leads of late. */
export function PolicyPreview({ preview, counting, days }: { preview: Preview; counting: Counting; days: number }) {
  const { t } = useTranslation('sla')
  const format = useFormat()
  const span = (minutes: number | null) => format.duration(minutes === null ? null : minutes * 60)
  return (
    <section role="status" className="mb-5 rounded-md border border-line bg-sunken px-4 py-3 text-13">
      <p className="font-medium">{t('policies.previewTitle', { leads: format.number(preview.leads), days, matched: format.number(preview.matched), breached: format.number(preview.breached) })}</p>
      {preview.answered > 0 && <p className="text-text-2">{t('policies.previewWaits', { answered: format.number(preview.answered), p50: span(preview.p50), p90: span(preview.p90), counting: t(counting === 'working' ? 'policies.working' : 'policies.calendarMinutes') })}</p>}
      {preview.isCapped && <p className="text-muted">{t('policies.capped')}</p>}
    </section>
  )
}
