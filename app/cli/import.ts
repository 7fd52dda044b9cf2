import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Command } from 'commander'
import { importFromFile, type ImportReport } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { isId } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { env } from '~/platform/env'
import { runCommand, tell, UsageError } from './command'

const kinds = ['leads', 'outcomes'] as const
type Options = { org: string; file: string; map?: string; dryRun?: boolean }
type MappingFile = NonNullable<Parameters<typeof importFromFile>[1]['mapping']>

/** `clew import leads|outcomes`: a CSV of history, with a result file that says what became of each row. */
export function register(program: Command): void {
  const parent = program.command('import').description('import a CSV file of history')
  for (const kind of kinds) {
    parent.command(kind)
      .description(kind === 'leads' ? 'leads, by external id' : 'what became of leads, by external id')
      .requiredOption('--org <id>', 'organisation')
      .requiredOption('--file <path>', 'CSV file')
      .option('--map <path>', 'mapping file; without one the importer proposes its own and prints it')
      .option('--dry-run', 'check and count, and take everything back')
      .action((options: Options, command: Command) => runCommand(command, () => importOne(kind, options), (answer) => words(answer)))
  }
}

async function importOne(kind: (typeof kinds)[number], options: Options) {
  if (!isId('org', options.org)) throw new UsageError(`--org is not an organisation's id: ${options.org}`)
  if (!existsSync(options.file) || !statSync(options.file).isFile()) throw new UsageError(`There is no file ${options.file}`)
  const isDryRun = options.dryRun === true
  const resultFile = isDryRun ? null : resultPath(options.file)
  const sink = resultFile === null ? null : createWriteStream(resultFile, { mode: 0o600 })
  const startedAt = Date.now()
  const report = await importFromFile(systemContext(options.org, 'clew import', systemClock.now()), {
    kind, fileName: basename(options.file), sha256: await digest(options.file), open: () => createReadStream(options.file),
    mapping: options.map === undefined ? null : readMapping(options.map), dryRun: isDryRun,
    onProgress: ({ rows }) => { if (Date.now() - startedAt > 1000) tell(`${rows} rows`) },
    onResult: (text) => void sink?.write(text),
  })
  if (sink !== null) await finished(sink.end())
  return answerOf(report, { kind, isDryRun, resultFile, isProposed: options.map === undefined, seconds: (Date.now() - startedAt) / 1000 })
}

type Said = { kind: string; isDryRun: boolean; isProposed: boolean; resultFile: string | null; seconds: number }

const answerOf = ({ counts, plan, tally }: ImportReport, { kind, isDryRun, isProposed, resultFile, seconds }: Said) => ({
  kind, dryRun: isDryRun, ...counts, resultFile, mapping: plan.file, proposed: isProposed, unknownColumns: plan.mapping.unused,
  consentColumns: plan.mapping.consent, notes: tally, seconds: Math.round(seconds * 10) / 10,
})

function words(answer: ReturnType<typeof answerOf>): string {
  const lines = [
    ...(answer.proposed ? ['No mapping was given; this one was proposed (save it and pass it with --map to change it):', JSON.stringify(answer.mapping, null, 2)] : []),
    ...(answer.unknownColumns.length > 0 ? [`Columns left out: ${answer.unknownColumns.join(', ')}`] : []),
    ...(answer.consentColumns.length > 0 ? [`Columns about consent, never imported: ${answer.consentColumns.join(', ')}`] : []),
    `${answer.dryRun ? 'Dry run, nothing was kept. ' : ''}${answer.rows} rows: ${answer.created} created, ${answer.updated} updated, ${answer.unchanged} unchanged, ${answer.skipped} skipped, ${answer.failed} failed.`,
    ...Object.entries(answer.notes).map(([code, n]) => `  ${code}: ${n}`),
    ...(answer.resultFile === null ? [] : [`Result: ${answer.resultFile}`]),
  ]
  return lines.join('\n')
}

function resultPath(file: string): string {
  const folder = join(env().CLEW_DATA_DIR, 'imports')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stamp = systemClock.now().toISOString().replaceAll(/[-:]/gu, '').replace(/\..*/u, '')
  return join(folder, `${basename(file).replace(/\.[^.]{1,5}$/u, '')}-${stamp}.result.csv`)
}

function readMapping(path: string): MappingFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as MappingFile
  } catch {
    throw new UsageError(`--map is not a readable JSON file: ${path}`)
  }
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
