import type { Command } from 'commander'
import { funnelByStage, type FunnelReport, type FunnelRow } from '~/domain/analytics'
import { dimensionNames } from '~/domain/analytics/vocabulary'
import { systemContext } from '~/domain/kernel'
import { funnelViews } from '~/domain/leads/vocabulary'
import { isId } from '~/lib/ids'
import { presetPeriod } from '~/lib/period'
import { systemClock } from '~/platform/clock'
import { runCommand, UsageError } from './command'
import { registerForecast } from './report-forecast'

type Options = { org: string; from?: string; to?: string; by: string; view: string; asOf?: string }

/** `clew report funnel`: the funnel of a period as a table, or as the document the API answers. */
export function register(program: Command): void {
  const reports = program.command('report').description('reports')
  registerForecast(reports)
  reports.command('funnel')
    .description('leads by stage, of those that came in (cohort) or of what happened (activity)')
    .requiredOption('--org <id>', 'organisation')
    .option('--from <day>', 'first day; all there is when left out')
    .option('--to <day>', 'last day, included; today when left out')
    .option('--by <dimension>', dimensionNames.join(', '), 'channel')
    .option('--view <view>', funnelViews.join(', '), 'cohort')
    .option('--as-of <day>', 'uses nothing later than this day')
    .action((options: Options, command: Command) => runCommand(command, () => report(options), table))
}

function report(options: Options): Promise<FunnelReport> {
  if (!isId('org', options.org)) throw new UsageError(`--org is not an organisation's id: ${options.org}`)
  const by = dimensionNames.find((name) => name === options.by)
  const view = funnelViews.find((name) => name === options.view)
  if (by === undefined) throw new UsageError(`--by is one of ${dimensionNames.join(', ')}`)
  if (view === undefined) throw new UsageError(`--view is one of ${funnelViews.join(', ')}`)
  const now = systemClock.now()
  const all = presetPeriod('all', now, 'UTC')
  const question = { from: options.from ?? all.from, to: options.to ?? all.to, by, view, as_of: options.asOf }
  return funnelByStage(systemContext(options.org, 'clew report', now), question)
}

const share = (ratio: number | null) => (ratio === null ? '—' : (ratio * 100).toFixed(2))
const days = (value: number | null) => (value === null ? '—' : String(Math.round(value * 10) / 10))

const columns: readonly (readonly [string, (row: FunnelRow, name: string) => string])[] = [
  ['', (_row, name) => name],
  ['exposures', ({ exposures }) => (exposures === null ? '—' : String(exposures))],
  ['inquiries', ({ inquiries }) => String(inquiries)],
  ['leads', ({ leads }) => String(leads)],
  ['valid', (row) => String(row.valid_leads)],
  ['qualified', ({ qualified }) => String(qualified)],
  ['graded', ({ graded }) => String(graded)],
  ['won', ({ won }) => String(won)],
  ['won %', ({ rates }) => share(rates.won)],
  ['95 %', (row) => (row.win_rate_interval === null ? '—' : `${share(row.win_rate_interval.lo)}–${share(row.win_rate_interval.hi)}`)],
  ['lost', ({ lost }) => String(lost)],
  ['junk', ({ junk }) => String(junk)],
  ['days avg', (row) => days(row.days_to_won.avg)],
  ['median', (row) => days(row.days_to_won.median)],
  ['P90', (row) => days(row.days_to_won.p90)],
]

function table({ rows, totals, by, view, from, to, as_of: asOf, time_zone: zone }: FunnelReport): string {
  const lines = [
    columns.map(([head]) => (head === '' ? by : head)),
    ...rows.map((row) => columns.map(([, cell]) => cell(row, row.label ?? '(empty)'))),
    columns.map(([, cell]) => cell(totals, 'all')),
  ]
  const widths = columns.map((_column, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  const body = lines.map((line) => line.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join('  '))
  const when = view === 'cohort' ? `leads that came in from ${from} to ${to}, as of ${asOf}` : `what happened from ${from} to ${to}`
  return [`Funnel by ${by}: ${when} (${zone})`, ...body].join('\n')
}
