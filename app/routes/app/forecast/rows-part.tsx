import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { CurrencyForecast, ForecastRow } from '~/domain/analytics'
import { ChannelDot } from '~/ui/primitives/channel-dot'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { ofRow, openHref, wonHref } from './links'
import type { ForecastData } from './route'

/** Who, which channel or what is to bring it: a table a currency. */
export function RowsPart({ data }: { data: ForecastData }) {
  return <>{data.report.currencies.filter(({ rows }) => rows.length > 0).map((each) => <Rows key={each.currency} data={data} forecast={each} />)}</>
}

function Rows({ data: { asked, report }, forecast: { currency, rows, totals, months } }: { data: ForecastData; forecast: CurrencyForecast }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const by = t(`by.${asked.by}`)
  const money = (minor: bigint) => format.money(minor, currency, { currencyAs: 'none' })
  const month = format.day(`${report.month}-01`, 'month')
  const nameOf = (row: ForecastRow) => {
    const label = row.label ?? <em className="not-italic text-muted">{t(`none.${asked.by}`)}</em>
    return asked.by === 'channel' ? <ChannelDot kind={row.kind}>{label}</ChannelDot> : label
  }
  const plain = (minor: bigint) => format.money(minor, currency, { whole: true, currencyAs: 'none' })
  const linked = (text: string, to: string, is: boolean) => (is ? <Link className="lnk" to={to}>{text}</Link> : '—')
  const now = months[0]
  const columns: Column<ForecastRow>[] = [
    { id: 'name', header: by, cell: nameOf, footer: t('all') },
    { id: 'won', header: t('rows.won', { month }), unit: currency, numeric: true, cell: (row) => linked(money(row.month.won), wonHref(ofRow(asked, row.key), report.month, currency), row.month.wins > 0), footer: now === undefined ? '—' : money(now.won) },
    { id: 'weighted', header: t('rows.weighted', { month }), unit: currency, numeric: true, cell: (row) => linked(money(row.month.weighted), openHref(ofRow(asked, row.key), { currency, month: report.month }), row.month.leads > 0), footer: now === undefined ? '—' : money(now.weighted) },
    { id: 'total', header: t('rows.all'), unit: currency, numeric: true, cell: (row) => <b>{money(row.all.total)}</b>, footer: <b>{money(totals.total)}</b> },
    { id: 'band', header: t('column.band'), unit: currency, numeric: true, cell: (row) => `${plain(row.all.low)} – ${plain(row.all.high)}`, footer: `${plain(totals.low)} – ${plain(totals.high)}` },
    { id: 'leads', header: t('column.leads'), numeric: true, cell: (row) => linked(format.number(row.all.leads), openHref(ofRow(asked, row.key), { currency }), row.all.leads > 0), footer: format.number(totals.leads) },
  ]
  return (
    <div className="pt-4">
      <h2 className="px-6 pb-2 text-14 font-semibold max-lg:px-4">{t('rows.label', { by, currency })}</h2>
      <DataTable label={t('rows.label', { by, currency })} rows={rows} columns={columns} rowId={({ key }: ForecastRow) => key ?? 'none'} card={{ primary: 'name', secondary: 'total', end: 'leads' }} empty={null} />
    </div>
  )
}
