import { spawnSync, type SpawnOptions } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The system user PostgreSQL runs as when Clew runs as root, which PostgreSQL itself refuses. */
export type Account = { uid: number; gid: number }

/** How to spawn a program as an account. */
export type Launch = { command: string; args: string[]; options: SpawnOptions }

/** Undefined when this process is not root; else the owner of the cluster, the user postgres, or nobody. */
export function databaseAccount(cluster: string): Account | undefined {
  const own = process.getuid?.()
  if (own !== 0) return refuseForeignCluster(cluster, own)
  const owner = existsSync(cluster) ? statSync(cluster) : undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const account = systemUser('postgres') ?? systemUser('nobody')
  if (!account) throw new Error('PostgreSQL does not run as root, and this system has neither a user postgres nor nobody. Start Clew as an ordinary user.')
  if (owner) spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, cluster])
  return account
}

/** The command line that runs `program` as `account`, also where the account may not pass a folder above `paths`. */
export function launchAs(account: Account | undefined, program: string, args: string[], paths: string[]): Launch {
  if (!account) return { command: program, args, options: {} }
  if ([program, ...paths].every((path) => canReach(account, path))) return { command: program, args, options: account }
  if (spawnSync('setpriv', ['--version']).status !== 0) {
    throw new Error(`The database's user (${account.uid}) may not pass the folders above ${paths[0]}. Make them passable (chmod o+x), or start Clew as an ordinary user.`)
  }
  // Without no_setuid_fixup the capability is lost on the change of user and access(2) fails.
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', '--securebits=+no_setuid_fixup']
  const capabilities = ['--inh-caps=+dac_override,+dac_read_search', '--ambient-caps=+dac_override,+dac_read_search']
  return { command: 'setpriv', args: [...identity, ...capabilities, '--', program, ...args], options: {} }
}

function refuseForeignCluster(cluster: string, own: number | undefined): undefined {
  if (own === undefined || !existsSync(cluster) || statSync(cluster).uid === own) return undefined
  throw new Error(`${cluster} belongs to another user. Start Clew as that user or as root, or set CLEW_DATA_DIR to a folder of your own.`)
}

function systemUser(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':').map(Number) ?? []
  return uid === undefined || gid === undefined || uid <= 0 ? undefined : { uid, gid }
}

function canReach(account: Account, path: string): boolean {
  const folder = dirname(path)
  if (!isPassable(account, folder)) return false
  return folder === path || canReach(account, folder)
}

function isPassable(account: Account, folder: string): boolean {
  const { uid, gid, mode } = statSync(folder)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}
