import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { UsageError } from './command'

const SEPARATORS = [',', ';', '\t', '|']

/** A table from a CSV file, by whatever separates most of its first line. No database is opened: a file is all there is. */
export function readTable(file: string): { headers: string[]; rows: string[][] } {
  const [headers, ...rows] = readRows(file)
  if (headers === undefined) throw new UsageError(`${file} holds no line.`)
  return { headers, rows }
}

function readRows(file: string): string[][] {
  try {
    const bytes = readFileSync(file)
    const first = bytes.subarray(0, 65_536).toString('utf8').split(/\r?\n/, 1)[0] ?? ''
    const counts = SEPARATORS.map((separator) => first.split(separator).length)
    return parse(bytes, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true, delimiter: SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',' })
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
}

/** Prints what a lab command found: in words, or with `--json` without what `hidden` names; a refusal is one sentence. */
export function printLab<T extends object>(command: Command, act: () => T, say: (answer: T) => string, hidden: ReadonlySet<string> = new Set()): void {
  const json = command.optsWithGlobals<{ json?: boolean }>().json === true
  try {
    const answer = act()
    process.stdout.write(json ? `${JSON.stringify(answer, (key, value: unknown) => (hidden.has(key) ? undefined : value))}\n` : `${say(answer)}\n`)
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'Failed.'
    if (json) process.stdout.write(`${JSON.stringify({ error: problem })}\n`)
    process.stderr.write(`${problem}\n`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}
