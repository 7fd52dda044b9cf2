import { forecast, type ForecastSums } from '~/domain/analytics'
import { ForecastSearch } from '~/domain/analytics/contract'
import { page } from '~/http'
import { csvHead, csvLines } from '~/lib/csv'
import { formatMinor } from '~/lib/money'

const bare = (text: string) => text.replaceAll(/[^\w-]+/g, '-')
const head = ['kind', 'currency', 'key', 'label', 'month', 'won', 'wins', 'weighted', 'total', 'low', 'high', 'full', 'leads', 'overdue', 'placed_by_median'] as const

const cellsOf = (currency: string, { won, wins, weighted, total, low, high, full, leads, overdue, placed }: ForecastSums) => {
  const money = (minor: bigint) => formatMinor(minor, currency)
  return [money(won), wins, money(weighted), money(total), money(low), money(high), money(full), leads, overdue, placed]
}

/** The forecast as it is seen, as a file: a line a month and currency, then a line an owner, channel or product line. */
export const loader = page({ permission: 'reports:read', search: ForecastSearch }, async ({ ctx, search, viewer }) => {
  const report = await forecast(ctx, search)
  const lines = report.currencies.flatMap(({ currency, months, totals, rows }) => [
    ...months.map((month) => ['month', currency, null, null, month.month, ...cellsOf(currency, month)]),
    ['all', currency, null, null, null, ...cellsOf(currency, totals)],
    ...rows.map((row) => [report.by, currency, row.key, row.label, null, ...cellsOf(currency, row.all)]),
  ])
  const name = `forecast_${report.by}_${report.as_of}_${bare(viewer.org.timeZone)}.csv`
  const headers = { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'private, no-store' }
  return new Response(csvHead([...head]) + csvLines(lines), { headers })
})
