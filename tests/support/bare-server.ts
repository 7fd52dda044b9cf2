import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { startEmbedded } from '~db/embedded'
import { databaseAccount, launchAs } from '~db/embedded/run-as'

/** A PostgreSQL nobody prepared: what a hoster gives before Clew has seen it. */
export type BareServer = { superuserUrl: string; stop: () => Promise<void> }

/** The folder of a server's programs on this machine (Debian's, or on the path), the newest first; null where there is none. */
export function installedPostgres(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin')) : []
  const folders = [...versions, ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders.find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb'))) ?? null
}

/** An embedded server of its own, so that the roles of this run's server are not there. */
export async function bareEmbedded(): Promise<BareServer> {
  const dataDir = ownFolder()
  const server = await startEmbedded({ dataDir, durable: false })
  return { superuserUrl: server.superuserUrl, stop: async () => { await server.stop(); rmSync(dataDir, { recursive: true, force: true }) } }
}

/** A server from installed programs, on the loopback, with a cluster of its own. */
export async function bareInstalled(bin: string): Promise<BareServer> {
  const dataDir = ownFolder()
  const cluster = join(dataDir, 'cluster')
  mkdirSync(cluster, { mode: 0o700 })
  const account = databaseAccount(join(dataDir, 'nothing-yet'))
  if (account) chownSync(cluster, account.uid, account.gid)
  const init = launchAs(account, join(bin, 'initdb'), ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], [cluster])
  const made = spawnSync(init.command, init.args, { ...init.options, cwd: '/', encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb of ${bin} failed: ${String(made.stderr)}`)
  const port = await freePort()
  const settings = [`port=${String(port)}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'timezone=UTC', 'max_locks_per_transaction=256']
  const launch = launchAs(account, join(bin, 'postgres'), ['-D', cluster, ...settings.flatMap((each) => ['-c', each])], [cluster])
  const child = spawn(launch.command, launch.args, { ...launch.options, cwd: '/', stdio: 'ignore' })
  const ended = new Promise<void>((done) => child.once('exit', () => { done() }))
  const superuserUrl = `postgres://postgres@127.0.0.1:${String(port)}/postgres`
  await answers(superuserUrl)
  return { superuserUrl, stop: async () => { child.kill('SIGINT'); await ended; rmSync(dataDir, { recursive: true, force: true }) } }
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clew-bare-'))
  chmodSync(folder, 0o711)
  return folder
}

async function answers(url: string): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined })
    const isUp = await sql`select 1`.then(() => true, () => false)
    await sql.end({ timeout: 1 })
    if (isUp) return
    await sleep(50)
  }
  throw new Error('The server did not answer in time.')
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0) })
    })
  })
}
