import type { Command } from 'commander'
import { forecast, forecastFigures, type ForecastFigures } from '~/domain/analytics'
import { ForecastQuery } from '~/domain/analytics/contract'
import { forecastDimensions } from '~/domain/analytics/vocabulary'
import { systemContext } from '~/domain/kernel'
import { isId } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { runCommand, UsageError } from './command'

type Options = { org: string; by: string; owner?: string; channel?: string; line?: string }

/** `clew report forecast`: what is expected to be won, month by month, as tables or as the document the API answers. */
export function registerForecast(reports: Command): void {
  reports.command('forecast')
    .description('what is expected to be won, month by month, with an 80 % band and the error of past forecasts')
    .requiredOption('--org <id>', 'organisation')
    .option('--by <dimension>', forecastDimensions.join(', '), 'owner')
    .option('--owner <id>', 'of one member, or none')
    .option('--channel <id>', 'of one channel, or none')
    .option('--line <id>', 'of one product line')
    .action((options: Options, command: Command) => runCommand(command, () => report(options), told))
}

async function report({ org, ...asked }: Options): Promise<ForecastFigures> {
  if (!isId('org', org)) throw new UsageError(`--org is not an organisation's id: ${org}`)
  const question = ForecastQuery.safeParse(asked)
  if (!question.success) throw new UsageError(question.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'))
  return forecastFigures(await forecast(systemContext(org, 'clew report', systemClock.now()), question.data))
}

const share = (ratio: number | null) => (ratio === null ? '—' : `${(ratio * 100).toFixed(1)} %`)

function told({ as_of: asOf, time_zone: zone, currencies, without_amount: without, rates, back_test: test, by }: ForecastFigures): string {
  const blocks = currencies.map(({ currency, months, totals, rows }) => [
    `Forecast in ${currency}, as of ${asOf} (${zone})`,
    ...table(['month', 'won', 'open, weighted', 'forecast', '80 % from', 'to', 'leads', 'overdue'],
      [...months, { ...totals, month: 'all' }].map((row) => [row.month, row.won, row.weighted, row.total, row.low, row.high, String(row.leads), String(row.overdue)])),
    '', ...table([by, 'won', 'open, weighted', 'forecast', '80 % from', 'to', 'leads'], rows.map(({ label, all }) => [label ?? '(none)', all.won, all.weighted, all.total, all.low, all.high, String(all.leads)])),
  ].join('\n'))
  return [
    ...blocks,
    `Open leads without an expected amount, in no month: ${without.inquiry} at inquiry, ${without.qualified} qualified, ${without.graded} graded`,
    ['Chances', ...table(['step', 'chance', 'won', 'of', '95 %'], rates.map(({ step, chance, won, of, interval }) => [step, share(chance), String(won), String(of), interval === null ? '—' : `${share(interval.lo)}–${share(interval.hi)}`]))].join('\n'),
    test.of === 0 ? 'No month with a forecast is over yet.' : [
      `Past forecasts missed by ${share(test.mape)} on average; ${test.inside} of ${test.of} months fell inside the band${test.enough ? '' : ' (too few months to judge by)'}`,
      ...table(['month', 'forecast', '80 % from', 'to', 'won', 'not foreseen', 'error'], test.months.map((row) => [row.month, row.forecast, row.low, row.high, row.won, row.unseen, share(row.error)])),
    ].join('\n'),
  ].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [head, ...rows]
  const widths = head.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  return lines.map((line) => line.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join('  '))
}
