import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { TestedMonth } from '~/domain/analytics'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { wonHref } from './links'
import { useMonthName } from './months-part'
import type { ForecastData } from './route'

/** How far past forecasts were off, and what each would have said on the first day of its month. */
export function BackTestPart({ data: { asked, report: { back_test: test, currency } } }: { data: ForecastData }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const name = useMonthName()
  const money = (minor: bigint) => format.money(minor, currency, { currencyAs: 'none' })
  const plain = (minor: bigint) => format.money(minor, currency, { whole: true, currencyAs: 'none' })
  const columns: Column<TestedMonth>[] = [
    { id: 'month', header: t('column.month'), cell: ({ month }) => name(month) },
    { id: 'forecast', header: t('back.forecast'), unit: currency, numeric: true, cell: (row) => money(row.forecast) },
    { id: 'band', header: t('column.band'), unit: currency, numeric: true, cell: ({ low, high }) => `${plain(low)} – ${plain(high)}` },
    { id: 'won', header: t('back.won'), unit: currency, numeric: true, cell: ({ month, won }) => (won === 0n ? money(won) : <Link className="lnk" to={wonHref(asked, month, currency)}>{money(won)}</Link>) },
    { id: 'unseen', header: t('back.unseen'), unit: currency, numeric: true, cell: ({ unseen }) => (unseen === 0n ? '—' : money(unseen)) },
    { id: 'error', header: t('back.error'), numeric: true, cell: ({ error }) => (error === null ? '—' : `${error > 0 ? '+' : ''}${format.percent(error, 0)}`) },
    { id: 'inside', header: t('back.inside'), cell: ({ inside }) => t(inside ? 'back.yes' : 'back.no') },
  ]
  const sentence = test.of === 0 || test.mape === null ? t('back.none') : t(test.enough ? 'back.sentence' : 'back.few', { error: format.percent(test.mape, 0), inside: format.number(test.inside), of: format.number(test.of), count: test.of })
  return (
    <>
      <p className="mb-2 text-14">{sentence}</p>
      {test.withoutWins > 0 && <p className="mb-2 text-13 text-muted">{t('back.withoutWins', { count: test.withoutWins, n: format.number(test.withoutWins) })}</p>}
      {test.months.length > 0 && <DataTable label={t('back.title')} rows={test.months} columns={columns} rowId={({ month }: TestedMonth) => month} card={{ primary: 'month', secondary: 'won', end: 'error' }} empty={null} />}
      <p className="mt-2 max-w-[90ch] text-12 text-muted">{t('back.how')}</p>
    </>
  )
}
