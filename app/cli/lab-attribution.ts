import type { Command } from 'commander'
import { attributionReport, pathModels, type AttributionPath, type AttributionReport } from '~/domain/analytics'
import { UsageError } from './command'
import { printLab, readTable } from './lab-file'

/** `clew lab attribution`: every model on a file of paths. */
export function registerAttribution(lab: Command): void {
  lab.command('attribution').description('who gets the credit: every model on a file of paths, side by side')
    .requiredOption('--paths <file>', 'CSV with path (channels joined by " > "), conversions, and where known value and nulls')
    .action(({ paths }: { paths: string }, command: Command) => printLab(command, () => attributionReport(readPaths(paths)), words))
}

function readPaths(file: string): AttributionPath[] {
  const { headers, rows } = readTable(file)
  const names = headers.map((header) => header.trim().toLowerCase())
  const [path, conversions, value, nulls] = ['path', 'conversions', 'value', 'nulls'].map((name) => names.indexOf(name)) as [number, number, number, number]
  for (const [name, at] of [['path', path], ['conversions', conversions]] as const) if (at < 0) throw new UsageError(`${file}: there is no column ${name}; there are ${headers.join(', ')}.`)
  return rows.map((row, at) => {
    const number = (name: string, column: number) => {
      const text = column < 0 ? '' : (row[column] ?? '').trim()
      const amount = text === '' ? 0 : Number(text)
      if (!Number.isFinite(amount) || (amount < 0 && name !== 'value')) throw new UsageError(`${file}, line ${at + 2}: ${name} must be a number that is not negative; it is ${text}.`)
      return amount
    }
    const channels = (row[path] ?? '').split('>').map((channel) => channel.trim()).filter((channel) => channel !== '')
    // Nobody knows how they came: a channel of its own, so that credit is neither lost nor given to others.
    return { channels: channels.length === 0 ? ['(unknown)'] : channels, conversions: number('conversions', conversions), value: number('value', value), nulls: number('nulls', nulls) }
  })
}

const titles: Record<(typeof pathModels)[number], string> = {
  first: 'first', last: 'last', last_non_direct: 'last nd', linear: 'linear', position: 'position', markov_1: 'Markov 1', markov_2: 'Markov 2', markov_3: 'Markov 3', shapley: 'Shapley',
}

function words({ models, conversions, value, nulls }: AttributionReport): string {
  const channels = Object.keys(models.first).sort((a, b) => (models.linear[b]?.conversions ?? 0) - (models.linear[a]?.conversions ?? 0))
  const wide = Math.max(8, ...channels.map((channel) => channel.length))
  const table = (of: 'conversions' | 'value') => [
    `${of.padEnd(wide)}${pathModels.map((model) => titles[model].padStart(13)).join('')}`,
    ...channels.map((channel) => `${channel.padEnd(wide)}${pathModels.map((model) => (models[model][channel]?.[of] ?? 0).toFixed(2).padStart(13)).join('')}`),
  ]
  return [
    `${conversions} conversions worth ${value.toFixed(2)}, ${nulls} journeys without`, '', ...table('conversions'), ...(value === 0 ? [] : ['', ...table('value')]),
    '', 'Attribution is bookkeeping: what would have happened without a channel, only a holdout can say.',
  ].join('\n')
}
