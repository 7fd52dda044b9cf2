import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from './pid-file'
import { launchAs, type Account } from './run-as'

const DRAFT = 'postgres-draft-'

/**
 * Makes the cluster in `<dataDir>/postgres` unless it exists. It is built beside and renamed, so that a kill
 * half-way leaves nothing broken.
 */
export function initialiseCluster(dataDir: string, initdb: string, password: string, account: Account | undefined): void {
  const cluster = join(dataDir, 'postgres')
  if (existsSync(join(cluster, 'PG_VERSION'))) return
  removeAbandonedDrafts(dataDir)
  const draft = join(dataDir, `${DRAFT}${process.pid}`)
  try {
    buildCluster(draft, initdb, password, account)
    renameUnlessPresent(join(draft, 'cluster'), cluster)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function buildCluster(draft: string, initdb: string, password: string, account: Account | undefined): void {
  const [folder, passwordFile] = [join(draft, 'cluster'), join(draft, 'password')]
  mkdirSync(draft, { mode: 0o700 })
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const path of [draft, folder, passwordFile]) chownSync(path, account.uid, account.gid)

  const failures: string[] = []
  for (const locale of characterLocales()) {
    const failure = runInitdb(folder, passwordFile, locale, initdb, account)
    if (failure === undefined) return
    failures.push(failure)
  }
  throw new Error(`The embedded PostgreSQL cannot be initialised: ${failures[0]}`)
}

function runInitdb(folder: string, passwordFile: string, locale: string, initdb: string, account: Account | undefined): string | undefined {
  const args = [
    '-D', folder, '-U', 'postgres', '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8',
    '--no-locale', `--lc-ctype=${locale}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
  ]
  const launch = launchAs(account, initdb, args, [folder])
  const run = spawnSync(launch.command, launch.args, { ...launch.options, env: serverEnvironment(), encoding: 'utf8', cwd: '/' })
  if (run.status === 0) return undefined
  return run.error?.message ?? (`${run.stderr}`.trim().split('\n').slice(-3).join(' ') || `initdb ended with ${run.status ?? run.signal}`)
}

/** The environment of the database's processes: nothing of ours but the path. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC', NODE_ENV: 'production' }
}

// pg_trgm asks the C library what a letter is: under plain C it drops Chinese altogether. macOS has no C.UTF-8.
function characterLocales(): string[] {
  return process.platform === 'darwin' ? ['UTF-8', 'en_US.UTF-8', 'C.UTF-8'] : ['C.UTF-8', 'en_US.UTF-8']
}

function renameUnlessPresent(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!existsSync(join(to, 'PG_VERSION'))) throw error
  }
}

function removeAbandonedDrafts(dataDir: string): void {
  const drafts = readdirSync(dataDir).filter((name) => name.startsWith(DRAFT))
  for (const name of drafts) {
    const pid = Number(name.slice(DRAFT.length))
    if (pid === process.pid || !isAlive(pid)) rmSync(join(dataDir, name), { recursive: true, force: true })
  }
}
