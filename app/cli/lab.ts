import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { columnKinds, dedupeRows, type ColumnKind, type DedupeReport, type DoubtfulPair } from '~/domain/people'
import { UsageError } from './command'
import { printLab, readTable } from './lab-file'
import { registerAttribution } from './lab-attribution'
import { registerScorecard } from './lab-scorecard'

type Options = { data: string; map?: string; truth?: string; country: string }
type Answer = DedupeReport & { seconds: number }
type Shown = Answer & { headers: string[]; rows: string[][]; doubtful: DoubtfulPair[] }

/** `clew lab …`: the product's models on a file, without a database. */
export function register(program: Command): void {
  const lab = program.commands.find((command) => command.name() === 'lab') ?? program.command('lab').description("the product's models on a file")
  lab.command('dedupe').description('who is there twice: pairs, clusters, and how right they are where truth is given')
    .requiredOption('--data <file>', 'CSV with a header line').option('--map <file>', `{"columns": {"<column>": "${columnKinds.join(' | ')}"}}`)
    .option('--truth <column>', 'tells the entity; is not compared').option('--country <code>', 'where numbers without a country code belong', 'CN')
    .action((options: Options, command: Command) => printLab(command, () => dedupe(options), words, hidden))
  registerScorecard(lab)
  registerAttribution(lab)
}

// People's own data stay out of what a program reads.
const hidden = new Set(['headers', 'rows', 'doubtful'])

function dedupe({ data, map, truth, country }: Options): Shown {
  const startedAt = performance.now()
  const { headers, rows } = readTable(data)
  if (truth !== undefined && !headers.includes(truth)) throw new UsageError(`--truth: there is no column ${truth}; there are ${headers.join(', ')}.`)
  const { report, doubtful } = dedupeRows({ headers, rows, columns: map === undefined ? {} : readMap(map, headers), ...(truth === undefined ? {} : { truth }), country })
  return { ...report, seconds: Math.round((performance.now() - startedAt) / 10) / 100, headers, rows, doubtful }
}

function readMap(file: string, headers: readonly string[]): Record<string, ColumnKind> {
  let said: unknown
  try {
    said = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new UsageError(`${file} is not a JSON file.`)
  }
  const columns = typeof said === 'object' && said !== null && 'columns' in said ? said.columns : said
  if (typeof columns !== 'object' || columns === null) throw new UsageError(`${file} must say {"columns": {…}}.`)
  return Object.fromEntries(Object.entries(columns).map(([column, value]: [string, unknown]) => {
    const name = typeof value === 'object' && value !== null && 'field' in value ? value.field : value
    const kind = columnKinds.find((each) => each === name)
    if (!headers.includes(column)) throw new UsageError(`${file}: there is no column ${column}.`)
    if (kind === undefined) throw new UsageError(`${file}: ${column} must be one of ${columnKinds.join(', ')}.`)
    return [column, kind]
  }))
}

const percent = (share: number | null) => (share === null ? '—' : `${(share * 100).toFixed(2)} %`)

function words({ headers, rows, doubtful, ...answer }: Shown): string {
  const figures = [
    `records ${answer.records}, pairs ${answer.pairs}, clusters ${answer.clusters}, compared ${answer.compared} pairs by ${answer.blocking_keys} keys in ${answer.seconds} s`,
    `precision ${percent(answer.precision)}, recall ${percent(answer.recall)}, F1 ${percent(answer.f1)}, blocking recall ${percent(answer.blocking_recall)}`,
    `columns: ${Object.entries(answer.columns).map(([name, kind]) => `${name} ${kind}`).join(', ')}`,
    '', 'The most doubtful pairs (weights in bits; they sum to the total):',
  ]
  const pairs = doubtful.flatMap(({ a, b, probability, weight, parts, isTrue }) => [
    `${(probability * 100).toFixed(0).padStart(3)} %  ${weight.toFixed(1).padStart(6)}  = ${parts.filter((part) => part.weight !== 0).map((part) => `${part.field} ${part.weight.toFixed(1)}`).join(', ')}${isTrue === null ? '' : isTrue ? '  (one)' : '  (two)'}`,
    `      ${line(headers, rows[a])}`, `      ${line(headers, rows[b])}`,
  ])
  return [...figures, ...pairs].join('\n')
}

const line = (headers: readonly string[], row: readonly string[] = []): string => headers.map((_header, at) => row[at] ?? '').join(' | ')
