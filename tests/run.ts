import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// `npm test` runs everything; `npm test -- --only unit` (or unit,integration) runs parts of it.
type Counts = { passed: number; failed: number; skipped: number }
type Stage = { name: string; command: string[]; counts: (report: string, ok: boolean) => Counts; environment?: Record<string, string> }

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'clew-reports-'))
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const one = (_report: string, ok: boolean): Counts => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })
const nothing = (_report: string, ok: boolean): Counts => ({ passed: 0, failed: ok ? 0 : 1, skipped: 0 })

const projects = ['unit', 'integration', 'scenarios', 'architecture']
const names = ['lint', 'types', 'build', ...projects, 'e2e']
const only = chosen()
const wanted = (name: string) => only === null || only.includes(name)
const asked = projects.filter((name) => wanted(name) && hasTests(join(root, 'tests', name)))

const lint: Stage = { name: 'lint', command: ['npm', 'run', '--silent', 'lint'], counts: one }
const types: Stage = { name: 'types', command: ['npm', 'run', '--silent', 'typecheck'], counts: one }
const build: Stage = { name: 'build', command: ['npm', 'run', '--silent', 'build'], counts: nothing, environment: { NODE_ENV: 'production' } }
// One process for all projects: they share one database server, and one warm-up.
const tests: Stage = {
  name: asked.join(', '), counts: vitestCounts,
  command: [bin('vitest'), 'run', ...asked.flatMap((name) => ['--project', name]), '--reporter', 'default', '--reporter', 'json', '--outputFile.json', reportOf(asked.join(', '))],
}
const e2e: Stage = { name: 'e2e', counts: playwrightCounts, command: [bin('playwright'), 'test'], environment: { CLEW_E2E_REPORT: reportOf('e2e') } }

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
// Lint and types use one core each for most of their time: the build runs beside them.
const [, isBuilt] = await Promise.all([
  inOrder([lint, types].filter(({ name }) => wanted(name))),
  wanted('build') ? take(build, true) : true,
])
if (asked.length > 0) await take(tests)
if (wanted('e2e') && hasTests(join(root, 'tests/e2e'))) {
  if (isBuilt) await take(e2e)
  else process.stdout.write('── e2e not run: there is no build\n')
}
rmSync(reports, { recursive: true, force: true })
const nothingRan = total.passed + total.failed === 0
if (nothingRan) process.stdout.write('No test ran.\n')
process.stdout.write(`\n${summary(total)}\n`)
process.exitCode = total.failed > 0 || nothingRan ? 1 : 0

function summary({ passed, failed, skipped }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`
}

async function inOrder(stages: readonly Stage[]): Promise<void> {
  for (const stage of stages) await take(stage, true)
}

/** Runs a stage and counts it; `isHeld` keeps what it says until its end, because another runs beside it. */
async function take(stage: Stage, isHeld = false): Promise<boolean> {
  const started = Date.now()
  if (!isHeld) process.stdout.write(`\n── ${stage.name}\n`)
  const { ok, said } = await run(stage, isHeld)
  if (isHeld) process.stdout.write(`\n── ${stage.name}\n${said}`)
  const counts = stage.counts(reportOf(stage.name), ok)
  // A runner that fails without a failed test (a crash, an error outside tests) has failed all the same.
  if (!ok && counts.failed === 0) counts.failed = 1
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key]
  process.stdout.write(`── ${stage.name}: ${summary(counts)}, ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
  return ok
}

function run(stage: Stage, isHeld: boolean): Promise<{ ok: boolean; said: string }> {
  const [command = '', ...args] = stage.command
  const environment = { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...stage.environment }
  const child = spawn(command, args, { cwd: root, stdio: isHeld ? ['ignore', 'pipe', 'pipe'] : 'inherit', env: environment })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => { said += part.toString('utf8') })
  return new Promise((resolve) => {
    child.once('error', (error) => { resolve({ ok: false, said: `${said}${String(error)}\n` }) })
    child.once('close', (code) => { resolve({ ok: code === 0, said }) })
  })
}

function vitestCounts(report: string, ok: boolean): Counts {
  const read = readReport<{ numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number; numFailedTestSuites: number }>(report)
  if (read === null) return nothing(report, ok)
  const brokenFiles = read.numFailedTests === 0 ? read.numFailedTestSuites : 0
  return { passed: read.numPassedTests, failed: read.numFailedTests + brokenFiles, skipped: read.numPendingTests + read.numTodoTests }
}

function playwrightCounts(report: string, ok: boolean): Counts {
  const read = readReport<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(report)
  if (read === null) return nothing(report, ok)
  if (read.stats.flaky > 0) process.stdout.write(`${read.stats.flaky} passed on a second try\n`)
  return { passed: read.stats.expected + read.stats.flaky, failed: read.stats.unexpected, skipped: read.stats.skipped }
}

function readReport<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null
}

function reportOf(name: string): string {
  return join(reports, `${name.replaceAll(', ', '-')}.json`)
}

function hasTests(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.test\.tsx?$/.test(String(name)))
}

function chosen(): string[] | null {
  const at = process.argv.indexOf('--only')
  if (at < 0) return null
  const given = (process.argv[at + 1] ?? '').split(',')
  const unknown = given.find((name) => !names.includes(name))
  if (unknown === undefined) return given
  process.stderr.write(`There is no stage "${unknown}": ${names.join(', ')}\n`)
  process.exit(2)
}
