import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { StepRate } from '~/domain/analytics'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { openHref } from './links'
import type { ForecastData } from './route'

/** The chances the forecast multiplies by: how many of those that entered each step were won. */
export function RatesPart({ data: { asked, report } }: { data: ForecastData }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const percent = (share: number) => format.percent(share, 1)
  const open = (step: StepRate['step']) => <Link className="lnk" to={openHref(asked, { currency: report.currency, step })}>{t('rates.open')}</Link>
  const columns: Column<StepRate>[] = [
    { id: 'step', header: t('rates.step'), cell: ({ step }) => t(`step.${step}`) },
    { id: 'chance', header: t('rates.chance'), numeric: true, cell: ({ chance }) => <b>{percent(chance)}</b> },
    { id: 'own', header: t('rates.own'), numeric: true, cell: ({ won, of }) => t('rates.ofN', { won: format.number(won), of: format.number(of) }) },
    { id: 'interval', header: t('rates.interval'), numeric: true, cell: ({ interval }) => (interval === null ? '—' : `${percent(interval.lo)} – ${percent(interval.hi)}`) },
    { id: 'drawn', header: t('rates.prior'), cell: ({ prior, few }) => t(few ? 'rates.few' : 'rates.enough', { prior: percent(prior) }) },
    { id: 'days', header: t('rates.days'), numeric: true, cell: ({ medianDays, medianIsOwn }) => t(medianIsOwn ? 'rates.median' : 'rates.assumed', { days: format.number(medianDays, 0) }) },
    { id: 'ripe', header: t('rates.ripe'), numeric: true, cell: ({ horizonDays }) => t('rates.ripeDays', { days: format.number(horizonDays) }) },
    { id: 'leads', header: t('rates.leads'), cell: ({ step }) => open(step) },
  ]
  return (
    <>
      <DataTable label={t('rates.title')} rows={report.rates} columns={columns} rowId={({ step }: StepRate) => step} rowTone={({ few }: StepRate) => (few ? 'thin' : undefined)} card={{ primary: 'step', secondary: 'own', end: 'chance' }} empty={null} />
      <p className="mt-2 max-w-[90ch] text-12 text-muted">{t('rates.how')}</p>
    </>
  )
}
