import { env, EnvError, type Env } from '~/platform/env'
import { allowDrain, isShuttingDown, onShutdown, shutdown } from '~/platform/lifecycle'
import { migrate } from '~db/migrate'
import { embeddedAccess, ProvisionError } from '~db/provision'
import { watchLauncher } from './ancestors'
import { build, isBuilt } from './build'
import { accessVariables, openDatabase, type OpenDatabase } from './database'
import { isDemoLoaded, loadDemo, demoAccounts, type DemoAccount } from './demo'
import { keepDatabase } from './keep-database'
import { supervisorOf, takeDataFolder } from './lock'
import { isPortFree } from './port'
import { restartOnChange } from './restart-on-change'
import { problemsOf, refuse } from './settings'
import { supervise, type Supervised } from './supervise'
import { workerFlags } from './worker-flags'

const DRAIN_MS = 75_000
// An orphan of a supervisor that was killed a moment ago still holds the port for as long as it drains.
const PORT_PATIENCE_MS = 4_000

const dev = process.argv.includes('--dev')

/** Starts database, web and worker and keeps them running until this process is told to end; never half. */
export async function main(): Promise<void> {
  try {
    await start()
  } catch (error) {
    // What fails because everything is being stopped is no news.
    if (isShuttingDown()) return
    const problems = problemsOf(error)
    process.stderr.write(`Clew does not start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`)
    await shutdown('the start failed', error instanceof ProvisionError ? 2 : 1)
  }
}

async function start(): Promise<void> {
  const settings = await checkedSettings()
  const startedAt = Date.now()
  process.stdout.on('error', () => undefined)
  allowDrain(DRAIN_MS)
  watchLauncher(() => void shutdown('npm is gone'))

  const database = await openAndKeep(settings, (moved) => {
    variables = moved
    for (const child of children) child.restart()
  })
  let variables = accessVariables(database.access)
  const children: Supervised[] = []

  const [accounts] = await Promise.all([prepareDatabase(settings, database, variables), prepareBuild()])
  const mode = { NODE_ENV: dev ? 'development' : 'production' }
  const web = supervise({ name: 'web', program: 'app/cli/web.ts', args: dev ? ['--dev'] : [], variables: () => ({ ...variables, ...mode }) })
  const worker = supervise({ name: 'worker', program: 'jobs/worker.ts', flags: workerFlags, variables: () => ({ ...variables, ...mode }) })
  children.push(web, worker)
  onShutdown(async () => void (await Promise.all(children.map((child) => child.stop()))))
  if (dev) restartOnChange(worker)

  await Promise.all([web.ready, worker.ready])
  announce(settings, accounts, Date.now() - startedAt)
}

/** Everything that stands against a start, in one list and before anything is started. */
async function checkedSettings(): Promise<Env> {
  const settings = readSettings()
  if (Array.isArray(settings)) refuse(await withPortProblem(settings, process.env.PORT ?? '3000', process.env.HOST ?? '0.0.0.0'))
  const holder = supervisorOf(settings.CLEW_DATA_DIR)
  if (holder !== undefined) refuse([`Clew already runs on ${settings.CLEW_DATA_DIR} (process ${holder}). Stop it first, or set CLEW_DATA_DIR and PORT to start another one beside it.`])
  const problems = await withPortProblem([], String(settings.PORT), settings.HOST)
  if (problems.length > 0) refuse(problems)
  const taken = takeDataFolder(settings.CLEW_DATA_DIR)
  if ('heldBy' in taken) refuse([`Clew is just being started on ${settings.CLEW_DATA_DIR} by process ${taken.heldBy}.`])
  onShutdown(() => taken.release())
  return settings
}

function readSettings(): Env | string[] {
  try {
    return env()
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}

async function withPortProblem(problems: string[], port: string, host: string): Promise<string[]> {
  const number = Number(port)
  if (!Number.isInteger(number) || number < 1 || number > 65_535) return problems
  if (await isPortFree(number, host, PORT_PATIENCE_MS)) return problems
  return [...problems, `Port ${number} is taken by another program. Stop it, or set PORT to another one.`]
}

/** Opens the database; the embedded one is watched from now on, and stopped at the end, even of a start cut short. */
async function openAndKeep(settings: Env, moved: (variables: Record<string, string>) => void): Promise<OpenDatabase> {
  const opening = openDatabase(settings)
  const keeping = opening.then(({ embedded }) => embedded && keepDatabase(settings.CLEW_DATA_DIR, embedded, (server) => {
    moved(accessVariables(embeddedAccess(server.superuserUrl, settings.CLEW_DATA_DIR)))
  }))
  onShutdown(async () => (await keeping.catch(() => undefined))?.stop())
  return step('Database', () => opening)
}

async function prepareDatabase(settings: Env, { access }: OpenDatabase, variables: Record<string, string>): Promise<DemoAccount[]> {
  await step('Migrations', () => migrate(access, { queue: !settings.REDIS_URL }))
  if (!settings.CLEW_DEMO) return []
  if (isDemoLoaded(settings.CLEW_DATA_DIR)) return demoAccounts(settings.CLEW_DATA_DIR)
  try {
    return await step('Demo world', () => loadDemo(settings.CLEW_DATA_DIR, variables))
  } catch (error) {
    // The demo is a courtesy: an installation that has work to do starts without it.
    say(`${(error as Error).message} Clew starts without it; to try again: npm run clew -- demo load`)
    return []
  }
}

async function prepareBuild(): Promise<void> {
  if (dev || isBuilt()) return
  say('Building the application; on the first start this takes about half a minute.')
  await step('Build', build)
}

async function step<T>(name: string, act: () => Promise<T>): Promise<T> {
  const startedAt = Date.now()
  const result = await act()
  // Ctrl-C during the start: what comes next must not be started any more.
  if (isShuttingDown()) return new Promise<never>(() => undefined)
  say(`${name} ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  return result
}

function announce(settings: Env, accounts: DemoAccount[], milliseconds: number): void {
  say(`Started in ${(milliseconds / 1000).toFixed(1)} s; data in ${settings.CLEW_DATA_DIR}; Ctrl-C stops everything.`)
  say(`Clew is ready at http://localhost:${settings.PORT}`)
  for (const { organisation, name, role, email, password } of accounts) say(`  ${email}  ${password}  ${name}, ${role} at ${organisation}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
