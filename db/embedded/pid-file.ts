import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'

/** What postmaster.pid says. */
export type Postmaster = { pid: number; port: number; ready: boolean }

/** Reads postmaster.pid of a cluster; undefined when there is none or it is half written. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const path = join(cluster, 'postmaster.pid')
  try {
    const lines = readFileSync(path, 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return pid > 0 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined
  } catch {
    return undefined
  }
}

/** Whether a process with this id exists, be it another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Removes a pid file whose process id now belongs to some other program; PostgreSQL would refuse to start.
 * A dead process id is left to PostgreSQL, which also waits for the orphans of a killed server.
 */
export function removeRecycledPidFile(cluster: string): void {
  const postmaster = readPostmaster(cluster)
  if (!postmaster || !isAlive(postmaster.pid)) return
  if (isPostgres(postmaster.pid, cluster) || orphansHold(cluster)) return
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

function isPostgres(pid: number, cluster: string): boolean {
  const command = commandLine(pid)
  return command.includes('postgres') && command.includes(cluster)
}

function commandLine(pid: number): string {
  if (existsSync(`/proc/${pid}/cmdline`)) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
}

// Line 7 names the shared memory of the server that wrote the file; while a process is attached, data may still change.
function orphansHold(cluster: string): boolean {
  if (!existsSync('/proc/sysvipc/shm')) return false
  const id = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[6]?.trim().split(/\s+/)[1]
  const rows = readFileSync('/proc/sysvipc/shm', 'utf8').split('\n').map((row) => row.trim().split(/\s+/))
  return rows.some((row) => row[1] === id && Number(row[6]) > 0)
}

/** The same folder, however it is written. */
export function sameFolder(left: string, right: string): boolean {
  return resolved(left) === resolved(right)
}

function resolved(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
