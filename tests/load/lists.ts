import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase, serveAs } from '~db/client.server'
import { startEmbedded } from '~db/embedded'
import { build, superuserOf } from './lists/build'
import { measure, ServerLog, type Measured } from './lists/measure'
import { questionsOf, type Question } from './lists/questions'
import { sample } from './lists/samples'

/** What the issue asks for; `CLEW_BENCH_SIZES=10000` for a quick look, `CLEW_BENCH_ONLY=search` for some of the questions. */
const SIZES = (process.env['CLEW_BENCH_SIZES'] ?? '10000,1000000,5000000').split(',').map(Number)
const ONLY = process.env['CLEW_BENCH_ONLY'] ?? ''
const HOME = process.env['CLEW_DATA_DIR'] ?? join(tmpdir(), 'clew-bench-lists')
const SAMPLES = 120
const say = (text: string) => void process.stdout.write(`${text}\n`)

type Asked = Measured & { kind: Question['kind'] }

/**
 * One organisation of each size, the same questions of all: what a verb takes and what the server says its SQL took.
 * The data are kept in `CLEW_DATA_DIR` for the next time (`CLEW_BENCH_KEEP=0` takes them away).
 */
export async function run(): Promise<void> {
  const bySize = new Map<number, Asked[]>()
  for (const size of SIZES) {
    const dataDir = join(HOME, `bench-lists-${size}`)
    process.env['CLEW_DATA_DIR'] = dataDir
    bySize.set(size, await ofSize(size, dataDir))
    if (process.env['CLEW_BENCH_KEEP'] === '0') rmSync(dataDir, { recursive: true, force: true })
  }
  compare(bySize)
}

async function ofSize(size: number, dataDir: string): Promise<Asked[]> {
  const first = await startEmbedded({ dataDir, durable: false })
  const { orgId } = await build(first, dataDir, size, say).finally(async () => {
    await closeDatabase()
    await first.stop()
  })
  // Started anew: building gave way to everybody else on this machine.
  const embedded = await startEmbedded({ dataDir, durable: false })
  const db = superuserOf(embedded)
  try {
    await db.unsafe("alter role clew_app set log_min_duration_statement = 0; alter role clew_app set log_error_verbosity = 'terse'")
    const { samples, reps, around } = await sample(db, orgId, SAMPLES)
    await db`select count(*) from leads`
    serveAs('app')
    const log = new ServerLog(dataDir)
    const questions = await questionsOf(orgId, reps, samples, around)
    const done: Asked[] = []
    say(`\n${size} leads${' '.repeat(24)}verb p50    p95    p99 | SQL p50    p95    p99 (ms)`)
    for (const question of questions.filter(({ name }) => name.includes(ONLY))) {
      const measured = await measure(log, question.name, question.works)
      done.push({ ...measured, kind: question.kind })
      say(lineOf(measured))
    }
    say(lineOf(together('search, all of them', done.filter(({ kind }) => kind === 'search'))))
    return done
  } finally {
    await db.unsafe('alter role clew_app reset log_min_duration_statement').catch(() => undefined)
    await db.end()
    await closeDatabase()
    await embedded.stop()
  }
}

const cell = (ms: number) => ms.toFixed(ms < 10 ? 2 : 0).padStart(7)
const lineOf = ({ name, verb, sql, slowest }: Measured) => `${name.padEnd(36)}${[verb.p50, verb.p95, verb.p99].map(cell).join('')} |${[sql.p50, sql.p95, sql.p99].map(cell).join('')}${process.env['CLEW_BENCH_SLOWEST'] === '1' ? `   ${slowest}` : ''}`

/** Medians of medians would flatter: the worst of each kind of search stands for all. */
function together(name: string, all: readonly Measured[]): Measured {
  const worst = (of: 'verb' | 'sql') => {
    const p50 = all.map((each) => each[of].p50).sort((a, b) => a - b)
    return { p50: p50[Math.floor(p50.length / 2)] ?? 0, p95: Math.max(...all.map((each) => each[of].p95)), p99: Math.max(...all.map((each) => each[of].p99)), times: 0 }
  }
  return { name, verb: worst('verb'), sql: worst('sql'), slowest: '' }
}

function compare(bySize: ReadonlyMap<number, readonly Asked[]>): void {
  const [largest = 0, ...smaller] = [...bySize.keys()].sort((a, b) => b - a)
  const at = (size: number, name: string) => bySize.get(size)?.find((each) => each.name === name)
  say(`\nratios of the verb's p95 at ${largest}${smaller.map((size) => ` to ${size}`).join(' and')}`)
  const missed: string[] = []
  for (const { name, kind, verb, sql } of bySize.get(largest) ?? []) {
    const ratios = smaller.map((size) => verb.p95 / (at(size, name)?.verb.p95 ?? Number.NaN))
    say(`${name.padEnd(36)}${ratios.map((ratio) => ratio.toFixed(2).padStart(8)).join('')}`)
    ratios.forEach((ratio, index) => {
      if (ratio > ((smaller[index] ?? 0) >= 1_000_000 ? 1.5 : 2)) missed.push(`${name}: ${ratio.toFixed(2)} × of ${smaller[index]}`)
    })
    if (kind === 'page' && sql.p50 > 1) missed.push(`${name}: SQL p50 ${sql.p50.toFixed(2)} ms > 1`)
    if (kind === 'count' && sql.p50 > 10) missed.push(`${name}: SQL p50 ${sql.p50.toFixed(1)} ms > 10`)
    if (kind === 'search' && (verb.p50 > 20 || verb.p99 > 200)) missed.push(`${name}: p50 ${verb.p50.toFixed(0)} > 20 or p99 ${verb.p99.toFixed(0)} > 200 ms`)
  }
  say(missed.length === 0 ? 'every bound is kept' : `not kept:\n  ${missed.join('\n  ')}`)
}
