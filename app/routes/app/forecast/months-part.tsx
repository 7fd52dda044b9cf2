import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyForecast, ForecastMonth, ForecastSums } from '~/domain/analytics'
import { LATER } from '~/domain/analytics/vocabulary'
import { minorDigits } from '~/lib/money'
import { BandChart } from '~/ui/charts/chart'
import { PageBody } from '~/ui/layout/page-header'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { openHref, wonHref } from './links'
import type { ForecastData } from './route'

type Props = { data: ForecastData; forecast: CurrencyForecast }

/** One currency: a chart, and a line a month. Every number opens the leads it adds up. */
export function MonthsPart({ data, forecast }: Props) {
  const { t } = useTranslation('forecast')
  const own = forecast.currency === data.report.currency
  return (
    <>
      {own && <PageBody><MonthsChart forecast={forecast} /></PageBody>}
      <h2 className="px-6 pb-2 pt-4 text-14 font-semibold max-lg:px-4">{t('table', { currency: forecast.currency })}</h2>
      {!own && <p className="px-6 pb-2 text-13 text-muted max-lg:px-4">{t('apart', { currency: forecast.currency })}</p>}
      <DataTable label={t('table', { currency: forecast.currency })} rows={forecast.months} columns={useColumns({ data, forecast })} rowId={({ month }: ForecastMonth) => month} card={{ primary: 'month', secondary: 'said', end: 'leads' }} empty={null} />
    </>
  )
}

function MonthsChart({ forecast: { currency, months, totals } }: Pick<Props, 'forecast'>) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const name = useMonthName()
  const units = (minor: bigint) => Number(minor) / 10 ** minorDigits(currency)
  const money = (minor: bigint) => format.money(minor, currency, { whole: true })
  return (
    <BandChart
      title={t('chart.title', { currency })} aside={t('chart.aside')} summary={t('chart.summary', { total: money(totals.total), low: money(totals.low), high: money(totals.high), count: totals.leads, leads: format.number(totals.leads) })}
      series={[{ id: 'won', label: t('column.won'), color: 'var(--ink)' }, { id: 'weighted', label: t('column.weighted'), color: 'var(--ch-content)' }]}
      band={{ low: 'low', high: 'high', total: 'total', lowLabel: t('chart.low'), highLabel: t('chart.high') }} format={(value) => format.compact(value)}
      points={months.map((month) => ({ key: month.month, label: name(month.month), values: { won: units(month.won), weighted: units(month.weighted), total: units(month.total), low: units(month.low), high: units(month.high) } }))}
    />
  )
}

export function useMonthName(): (month: string) => string {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  return (month) => (month === LATER ? t('later') : format.day(`${month}-01`, 'month'))
}

const below = (first: ReactNode, second: ReactNode) => <>{first}<span className="tbl-second">{second}</span></>

function useColumns({ data: { asked, report }, forecast: { currency, totals } }: Props): Column<ForecastMonth>[] {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const name = useMonthName()
  const money = (minor: bigint) => format.money(minor, currency, { currencyAs: 'none' })
  const won = ({ wins, won: amount }: ForecastSums) => (wins === 0 ? '—' : below(<Link className="lnk" to={wonHref(asked, report.month, currency)}>{money(amount)}</Link>, t('wins', { count: wins, n: format.number(wins) })))
  const open = (sums: ForecastSums, month?: string) => (sums.leads === 0 ? '—' : below(<Link className="lnk" to={openHref(asked, { currency, month })}>{money(sums.weighted)}</Link>, t('ofFull', { full: money(sums.full) })))
  const leads = (sums: ForecastSums, month?: string) => {
    if (sums.leads === 0) return format.number(0)
    const link = <Link className="lnk inline-flex min-h-6 items-center" to={openHref(asked, { currency, month })}>{format.number(sums.leads)}</Link>
    return sums.overdue === 0 ? link : below(link, <Link className="lnk inline-flex min-h-6 items-center" to={openHref(asked, { currency, month, overdue: true })}>{t('overdue', { n: format.number(sums.overdue) })}</Link>)
  }
  const plain = (minor: bigint) => format.money(minor, currency, { whole: true, currencyAs: 'none' })
  const band = ({ low, high, total }: ForecastSums) => (total === 0n && high === 0n ? '—' : `${plain(low)} – ${plain(high)}`)
  return [
    { id: 'month', header: t('column.month'), cell: ({ month }) => name(month), footer: t('all') },
    { id: 'won', header: t('column.won'), unit: currency, numeric: true, cell: won, footer: won(totals) },
    { id: 'weighted', header: t('column.weighted'), unit: currency, numeric: true, cell: (row) => open(row, row.month), footer: open(totals) },
    { id: 'total', header: t('column.total'), unit: currency, numeric: true, cell: ({ total }) => <b>{money(total)}</b>, footer: <b>{money(totals.total)}</b> },
    { id: 'band', header: t('column.band'), unit: currency, numeric: true, cell: band, footer: band(totals) },
    { id: 'said', header: '', hidden: true, cell: (row) => (row.total === 0n && row.high === 0n ? money(0n) : t('said', { total: money(row.total), band: band(row) })) },
    { id: 'leads', header: t('column.leads'), numeric: true, cell: (row) => leads(row, row.month), footer: leads(totals) },
  ]
}
