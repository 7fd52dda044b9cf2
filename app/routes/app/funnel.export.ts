import { funnelByStage, type FunnelRow } from '~/domain/analytics'
import { FunnelSearch } from '~/domain/analytics/contract'
import { page } from '~/http'
import { csvHead, csvLines } from '~/lib/csv'
import { parsePeriod } from '~/lib/period'

const percent = (ratio: number | null) => (ratio === null ? '' : Math.round(ratio * 1e6) / 1e4)
const bare = (text: string) => text.replaceAll(/[^\w-]+/g, '-')

const columns: readonly (readonly [string, (row: FunnelRow) => string | number | null])[] = [
  ['key', (row) => row.key], ['label', (row) => row.label], ['exposures', (row) => row.exposures], ['inquiries', (row) => row.inquiries],
  ['leads', (row) => row.leads], ['valid_leads', (row) => row.valid_leads], ['qualified', (row) => row.qualified], ['graded', (row) => row.graded],
  ['won', (row) => row.won], ['won_percent', (row) => percent(row.rates.won)], ['won_percent_low', (row) => percent(row.win_rate_interval?.lo ?? null)],
  ['won_percent_high', (row) => percent(row.win_rate_interval?.hi ?? null)], ['lost', (row) => row.lost], ['junk', (row) => row.junk],
  ['days_to_won_average', (row) => row.days_to_won.avg], ['days_to_won_median', (row) => row.days_to_won.median], ['days_to_won_p90', (row) => row.days_to_won.p90],
]

/** The funnel as it is seen, as a file; the last line is the totals. */
export const loader = page({ permission: 'reports:read', search: FunnelSearch }, async ({ ctx, search, viewer, request }) => {
  const { timeZone } = viewer.org
  const { period } = parsePeriod(new URL(request.url).searchParams, { now: ctx.now, timeZone, fallback: 'last-90-days' })
  const report = await funnelByStage(ctx, { from: period.from, to: period.to, by: search.by, view: search.view, as_of: search.as_of })
  const lines = [...report.rows, { ...report.totals, key: 'all', label: 'all' }].map((row) => columns.map(([, cell]) => cell(row)))
  const name = `funnel_${search.view}_${period.from}_${period.to}_${bare(timeZone)}.csv`
  const headers = { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'private, no-store' }
  return new Response(csvHead(columns.map(([head]) => head)) + csvLines(lines), { headers })
})
