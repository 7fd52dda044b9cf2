import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres, { type Sql } from 'postgres'
import { repoRoot } from '~/platform/secrets'
import { accessVariables } from '~/cli/database'
import { superuserUrlOf } from '~db/embedded'
import { provisionEmbedded } from '~db/provision'

const run = promisify(execFile)

/** What the nemesis may kill. */
export type Victim = 'web' | 'worker' | 'postgres'

/** A real `npm start` of its own: own data folder, own port, no demo. */
export type Installation = {
  address: string
  clew<T>(...args: string[]): Promise<T>
  /** The same with something on its standard input. */
  clewGiven<T>(input: string, ...args: string[]): Promise<T>
  kill(victim: Victim): number | null
  database(): Sql
  /** Another web process on the same database; answers its address. */
  secondWeb(): Promise<string>
  output(): string
  stop(): Promise<void>
}

const PROGRAMS: Record<Exclude<Victim, 'postgres'>, string> = { web: 'app/cli/web.ts', worker: 'jobs/worker.ts' }

export async function startInstallation(patienceMs: number, redisUrl?: string): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-chaos-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const env = { ...process.env, CLEW_ENV: 'trial', CLEW_DEMO: '0', CLEW_DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', APP_BASE_URL: address, LOG_LEVEL: 'warn' }
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_WORKER_URL', 'DATABASE_AUTH_URL', 'DATABASE_DIRECT_URL', 'REDIS_URL']) delete (env as NodeJS.ProcessEnv)[name]
  if (redisUrl !== undefined) (env as NodeJS.ProcessEnv)['REDIS_URL'] = redisUrl
  let said = ''
  const child = spawn(process.execPath, ['--import', 'tsx', 'app/cli/start.ts'], { cwd: repoRoot, env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => { said += part.toString() })
  await until(() => said.includes('Clew is ready at') || child.exitCode !== null, patienceMs)
  if (!said.includes('Clew is ready at')) {
    child.kill('SIGTERM')
    throw new Error(`npm start did not get ready:\n${said.slice(-2_000)}`)
  }
  return {
    address,
    output: () => said,
    async secondWeb() {
      const superuserUrl = superuserUrlOf(dataDir, Number(readFileSync(join(dataDir, 'postgres.port'), 'utf8')))
      const access = accessVariables(await provisionEmbedded(superuserUrl, dataDir))
      const second = await freePort()
      const web = spawn(process.execPath, ['--import', 'tsx', 'app/cli/web.ts'], { cwd: repoRoot, env: { ...env, ...access, PORT: String(second) }, stdio: 'ignore' })
      child.once('exit', () => web.kill('SIGTERM'))
      const own = `http://127.0.0.1:${second}`
      if (!(await until(() => fetch(`${own}/livez`).then(({ ok }) => ok, () => false), patienceMs))) throw new Error('the second web process did not get ready')
      return own
    },
    kill: (victim) => kill(victim, child, dataDir),
    database: () => postgres(onClew(superuserUrlOf(dataDir, Number(readFileSync(join(dataDir, 'postgres.port'), 'utf8')))), { max: 1, onnotice: () => undefined }),
    clew: async <T>(...args: string[]) => answerOf<T>(command(args, env)),
    async clewGiven<T>(input: string, ...args: string[]) {
      const running = command(args, env)
      running.child.stdin?.end(input)
      return answerOf<T>(running)
    },
    async stop() {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await Promise.race([gone, sleep(40_000)])
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const command = (args: readonly string[], env: NodeJS.ProcessEnv) => run(process.execPath, ['--import', 'tsx', 'app/cli/main.ts', ...args, '--json'], { cwd: repoRoot, env, timeout: 180_000 })

const answerOf = async <T>(running: Promise<{ stdout: string }>): Promise<T> => JSON.parse((await running).stdout.trim().split('\n').at(-1) ?? '') as T

/** Kills -9 a process this installation started, never another's: by parent, or by the data folder's own pid file. */
function kill(victim: Victim, supervisor: ChildProcess, dataDir: string): number | null {
  const pid = victim === 'postgres' ? postmaster(dataDir) : childOf(supervisor.pid ?? -1, PROGRAMS[victim])
  if (pid === null) return null
  try {
    process.kill(pid, 'SIGKILL')
    return pid
  } catch {
    return null
  }
}

function postmaster(dataDir: string): number | null {
  try {
    return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]) || null
  } catch {
    return null
  }
}

function childOf(parent: number, program: string): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const ppid = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ')[1])
      if (ppid === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program)) return Number(pid)
    } catch {
      // It ended while we looked.
    }
  }
  return null
}

export async function until(holds: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (Date.now() < deadline) {
    if (await holds()) return true
    await sleep(100)
  }
  return false
}

function onClew(url: string): string {
  const parsed = new URL(url)
  parsed.pathname = '/clew'
  return parsed.href
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
