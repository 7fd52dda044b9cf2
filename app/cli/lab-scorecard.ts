import type { Command } from 'commander'
import { scorecardReport, type Abstains, type CardLine, type Leak, type ScorecardReport } from '~/domain/scoring'
import { printLab, readTable } from './lab-file'
import { UsageError } from './command'

type Options = { data: string; target: string; time?: string; folds: string; allow: string[] }
const collect = (value: string, all: string[]) => [...all, value]

/** `clew lab scorecard`: learns a card from a file and says how good it is on rows it has not seen. */
export function registerScorecard(lab: Command): void {
  lab.command('scorecard').description('learns points per attribute, judges them on rows held back, and names columns that know the outcome')
    .requiredOption('--data <file>', 'CSV with a header line, separated by comma, semicolon or tab').requiredOption('--target <column>', 'what came of each row: two values; empty ones are still open')
    .option('--time <column>', 'judges each window of time by what came before it').option('--folds <number>', 'parts the rows are dealt into', '10')
    .option('--allow <column>', 'keeps a column that is named as a leak; may be repeated', collect, [])
    .action((options: Options, command: Command) => printLab(command, () => scorecard(options), words))
}

function scorecard({ data, target, time, folds, allow }: Options): ScorecardReport {
  const parts = Number(folds)
  if (!Number.isInteger(parts) || parts < 2 || parts > 50) throw new UsageError('--folds must be a whole number from 2 to 50.')
  const { headers, rows } = readTable(data)
  for (const [option, column] of [['--target', target], ['--time', time], ...allow.map((each) => ['--allow', each] as const)] as const) {
    if (column !== undefined && !headers.includes(column)) throw new UsageError(`${option}: there is no column ${column}; there are ${headers.join(', ')}.`)
  }
  const report = reportOf({ headers, rows, target, folds: parts, allow, ...(time === undefined ? {} : { time }) })
  if ('needed' in report) throw new Error(`The card abstains: ${report.positives} rows came good and ${report.negatives} did not; it needs ${report.needed} of each.`)
  return report
}

function reportOf(task: Parameters<typeof scorecardReport>[0]): ScorecardReport | Abstains {
  try {
    return scorecardReport(task)
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message)
    throw error
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const reasons: Record<Leak['reason'], (leak: Leak) => string> = {
  'knows-outcome': () => 'is filled in for one outcome only',
  'too-good': ({ auc }) => `alone is nearly right (AUC ${auc.toFixed(3)})`,
  'better-than-rest': ({ auc, rest }) => `alone (AUC ${auc.toFixed(3)}) beats all others together (${(rest ?? 0).toFixed(3)})`,
}

function words({ card, folds, ...report }: ScorecardReport): string {
  return [
    `${report.rows} rows, ${report.positives} came good (${percent(report.positives / report.rows)})${report.unknown > 0 ? `, ${report.unknown} still open` : ''}`,
    ...report.leaks.map((leak) => `left out as a leak: ${leak.column} ${reasons[leak.reason](leak)}`),
    ...report.left_out.map(({ column, reason }) => `left out: ${column} ${reason === 'one-value' ? 'has one value' : 'has a value of its own in most rows'}`),
    `AUC ${report.auc.toFixed(4)}, average precision ${report.average_precision.toFixed(4)}, Brier ${report.brier.toFixed(4)}, log-loss ${report.log_loss.toFixed(4)}, ECE ${report.ece.toFixed(4)}`,
    `the best tenth comes good ${report.lift_10.toFixed(2)} × as often as all; the best 20 % hold ${percent(report.capture_20)}, the best half ${percent(report.capture_50)}`,
    `AUC by fold: ${folds.map(({ auc }) => auc.toFixed(3)).join(', ')}`,
    '', 'tenth   rows  predicted   actual   lift',
    ...report.deciles.map(({ rows, predicted, actual, lift }, at) => `${String(at + 1).padStart(5)}${String(rows).padStart(7)}${percent(predicted).padStart(11)}${percent(actual).padStart(9)}${lift.toFixed(2).padStart(7)}`),
    '', `The card: ${card.base} points to begin with, ${card.points_per_doubling} double the odds.`,
    ...card.lines.slice(0, 40).map((line) => `${String(line.points).padStart(8)}  ${lineWords(line)}`),
    ...(card.lines.length > 40 ? [`          and ${card.lines.length - 40} weaker lines (--json shows all)`] : []),
  ].join('\n')
}

function lineWords(line: CardLine): string {
  switch (line.kind) {
    case 'level': return `${line.column} is ${line.levels.join(', ')}`
    case 'other': return `${line.column} is one of the rare ones`
    case 'missing': return `${line.column} is missing`
    case 'range': return `${line.column} ${line.from === null ? `below ${line.to}` : line.to === null ? `from ${line.from}` : `from ${line.from} to ${line.to}`}`
    case 'per-unit': return `${line.column}, for every ${line.deviation.toPrecision(3)} above ${line.mean.toPrecision(4)}`
  }
}
