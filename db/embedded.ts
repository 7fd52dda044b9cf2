import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { generatedSecret } from '~/platform/secrets'
import { embeddedBinaries } from './embedded/binaries'
import { initialiseCluster, serverEnvironment } from './embedded/initialise'
import { isAlive, readPostmaster, removeRecycledPidFile, sameFolder } from './embedded/pid-file'
import { databaseAccount, launchAs } from './embedded/run-as'

const START_MS = 60_000
const STOP_MS = 20_000
const LOG_LIMIT = 5_000_000

/** `dataDir` is Clew's data folder; the cluster lies in its `postgres`. `durable: false` is for tests only. */
export type EmbeddedOptions = { dataDir: string; durable?: boolean; port?: number }

/** A running embedded server. `attached` is true when it ran before. */
export type Embedded = { port: number; superuserUrl: string; pid: number; attached: boolean; stop(): Promise<void> }

/**
 * Starts the embedded PostgreSQL of a data folder, or attaches to the one that runs there already. It listens on
 * the loopback only, is detached from the terminal, and recovers by itself after a kill.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const running = await findRunningEmbedded(dataDir)
  if (running) return running

  const cluster = join(dataDir, 'postgres')
  const binaries = embeddedBinaries()
  const account = databaseAccount(cluster)
  initialiseCluster(dataDir, binaries.initdb, superuserPassword(dataDir), account)

  const deadline = Date.now() + START_MS
  while (Date.now() < deadline) {
    removeRecycledPidFile(cluster)
    const port = await usablePort(options.port ?? lastPort(dataDir))
    const launch = launchAs(account, binaries.postgres, serverArguments(cluster, port, options.durable ?? true), [cluster])
    const child = spawnServer(dataDir, launch.command, launch.args, launch.options)
    if (await becomesReady(child, cluster, deadline)) rememberPort(dataDir, port)
    // Another process may have been faster, or a killed server's children still hold the data: look again, try again.
    const server = await findRunningEmbedded(dataDir)
    if (server) return { ...server, attached: server.pid !== child.pid }
    await sleep(150)
  }
  throw new Error(`The embedded PostgreSQL does not start. It says: ${logTail(dataDir)}`)
}

/** The embedded server that runs on this data folder and answers, if there is one. */
export async function findRunningEmbedded(dataDir: string): Promise<Embedded | undefined> {
  const root = resolve(dataDir)
  const cluster = join(root, 'postgres')
  const postmaster = readPostmaster(cluster)
  if (!postmaster?.ready || !isAlive(postmaster.pid)) return undefined
  const { pid, port } = postmaster
  const superuserUrl = superuserUrlOf(root, port)
  if (!(await serves(superuserUrl, cluster))) return undefined
  return { port, superuserUrl, pid, attached: true, stop: () => stopServer(pid) }
}

/** The administrator's way into the embedded server of a data folder. */
export function superuserUrlOf(dataDir: string, port: number): string {
  return `postgres://postgres:${encodeURIComponent(superuserPassword(dataDir))}@127.0.0.1:${port}/postgres`
}

/** Whether the server with this process id is still there. */
export function isEmbeddedAlive(pid: number): boolean {
  return isAlive(pid)
}

function serverArguments(cluster: string, port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '200',
    max_locks_per_transaction: '256',
    // A page of an index costs nearly the same wherever it lies: no disk of today turns.
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and details carry personal data, which no log of ours may hold.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

function spawnServer(dataDir: string, command: string, args: string[], options: object): ChildProcess {
  const log = openLog(dataDir)
  // Detached: Ctrl-C in the terminal must not reach the database before the application has drained.
  const child = spawn(command, args, { ...options, cwd: '/', env: serverEnvironment(), detached: true, stdio: ['ignore', log, log] })
  child.on('error', () => undefined)
  child.unref()
  closeSync(log)
  return child
}

// Reads the pid file anew every turn: a dying server may still be named in it.
async function becomesReady(child: ChildProcess, cluster: string, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false
    const postmaster = readPostmaster(cluster)
    if (postmaster?.ready && postmaster.pid === child.pid) return true
    await sleep(20)
  }
  return false
}

async function serves(url: string, cluster: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, fetch_types: false, onnotice: () => undefined })
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
    return row !== undefined && sameFolder(row.folder, cluster)
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function stopServer(pid: number): Promise<void> {
  signal(pid, 'SIGINT')
  if (await isGone(pid, STOP_MS)) return
  signal(pid, 'SIGQUIT')
  await isGone(pid, STOP_MS)
}

async function isGone(pid: number, limit: number): Promise<boolean> {
  const deadline = Date.now() + limit
  while (Date.now() < deadline) {
    if (!isAlive(pid)) return true
    await sleep(20)
  }
  return false
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function superuserPassword(dataDir: string): string {
  return generatedSecret(dataDir, 'postgres-superuser')
}

function lastPort(dataDir: string): number {
  const path = join(dataDir, 'postgres.port')
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) || 0 : 0
}

function rememberPort(dataDir: string, port: number): void {
  writeFileSync(join(dataDir, 'postgres.port'), `${port}\n`)
}

async function usablePort(preferred: number): Promise<number> {
  return (await listenOnce(preferred)) ?? (await listenOnce(0)) ?? 0
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}

function openLog(dataDir: string): number {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'postgres.log')
  if (existsSync(path) && statSync(path).size > LOG_LIMIT) truncateSync(path)
  return openSync(path, 'a', 0o600)
}

function logTail(dataDir: string): string {
  return readFileSync(join(dataDir, 'logs', 'postgres.log'), 'utf8').trim().split('\n').slice(-3).join(' ')
}
