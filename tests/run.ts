import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// `npm test` runs everything; `npm test -- --only unit` (or unit,integration) runs parts of it.
type Counts = { passed: number; failed: number; skipped: number }
type Stage = { name: string; command: string[]; counts: (report: string, ok: boolean) => Counts; report?: 'vitest' | 'playwright'; tests?: string; environment?: Record<string, string> }

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'clew-reports-'))
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const one = (_report: string, ok: boolean): Counts => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })
const nothing = (_report: string, ok: boolean): Counts => ({ passed: 0, failed: ok ? 0 : 1, skipped: 0 })

const vitest = (name: string): Stage => ({
  name, tests: `tests/${name}`, report: 'vitest', counts: vitestCounts,
  command: [bin('vitest'), 'run', '--project', name, '--reporter', 'default', '--reporter', 'json', '--outputFile.json', reportOf(name)],
})
const stages: Stage[] = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'], counts: one },
  { name: 'types', command: ['npm', 'run', '--silent', 'typecheck'], counts: one },
  vitest('unit'),
  vitest('integration'),
  vitest('scenarios'),
  vitest('architecture'),
  { name: 'build', command: ['npm', 'run', '--silent', 'build'], counts: nothing, environment: { NODE_ENV: 'production' } },
  { name: 'e2e', tests: 'tests/e2e', report: 'playwright', counts: playwrightCounts, command: [bin('playwright'), 'test'], environment: { CLEW_E2E_REPORT: reportOf('e2e') } },
]

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const only = chosen()
for (const stage of stages.filter(({ name }) => only === null || only.includes(name))) {
  if (stage.tests !== undefined && !hasTests(join(root, stage.tests))) continue
  const started = Date.now()
  process.stdout.write(`\n── ${stage.name}\n`)
  const ok = await run(stage)
  const counts = stage.counts(reportOf(stage.name), ok)
  // A runner that fails without a failed test (a crash, an error outside tests) has failed all the same.
  if (!ok && counts.failed === 0) counts.failed = 1
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key]
  process.stdout.write(`── ${stage.name}: ${summary(counts)}, ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
  if (!ok && stage.name === 'build') process.stdout.write('── e2e not run: there is no build\n')
  if (!ok && stage.name === 'build') break
}
rmSync(reports, { recursive: true, force: true })
const nothingRan = total.passed + total.failed === 0
if (nothingRan) process.stdout.write('No test ran.\n')
process.stdout.write(`\n${summary(total)}\n`)
process.exitCode = total.failed > 0 || nothingRan ? 1 : 0

function summary({ passed, failed, skipped }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`
}

function run(stage: Stage): Promise<boolean> {
  const [command = '', ...args] = stage.command
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...stage.environment } })
  return new Promise((resolve) => {
    child.once('error', (error) => { process.stdout.write(`${String(error)}\n`); resolve(false) })
    child.once('exit', (code) => { resolve(code === 0) })
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
  return { passed: read.stats.expected, failed: read.stats.unexpected + read.stats.flaky, skipped: read.stats.skipped }
}

function readReport<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null
}

function reportOf(name: string): string {
  return join(reports, `${name}.json`)
}

function hasTests(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.test\.tsx?$/.test(String(name)))
}

function chosen(): string[] | null {
  const at = process.argv.indexOf('--only')
  if (at < 0) return null
  const names = (process.argv[at + 1] ?? '').split(',')
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name))
  if (unknown === undefined) return names
  process.stderr.write(`There is no stage "${unknown}": ${stages.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}
