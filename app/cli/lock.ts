import { execFileSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Holder = { pid: number; identity: string }

/** Takes the data folder for this process; returns what gives it back, or the id of the process that has it. */
export function takeDataFolder(dataDir: string): { release(): void } | { heldBy: number } {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const path = lockPath(dataDir)
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }))
  try {
    const holder = liveHolder(path)
    if (holder) return { heldBy: holder.pid }
    rmSync(path, { force: true })
    linkSync(draft, path)
    return { release: () => rmSync(path, { force: true }) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return { heldBy: readHolder(path)?.pid ?? 0 }
  } finally {
    rmSync(draft, { force: true })
  }
}

/** The process id of the supervisor that runs on this data folder now, if one does. */
export function supervisorOf(dataDir: string): number | undefined {
  return liveHolder(lockPath(dataDir))?.pid
}

/** Notes that this process uses the data folder's database; `leave` tells whether it was the last to do so. */
export function useDataFolder(dataDir: string): { leave(): 'last' | 'others remain' } {
  const folder = join(dataDir, 'users')
  const path = join(folder, String(process.pid))
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  writeFileSync(path, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }))
  return {
    leave() {
      rmSync(path, { force: true })
      const others = readdirSync(folder).some((name) => liveHolder(join(folder, name)) !== undefined)
      return others || supervisorOf(dataDir) !== undefined ? 'others remain' : 'last'
    },
  }
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'supervisor.lock')
}

function liveHolder(path: string): Holder | undefined {
  const holder = readHolder(path)
  if (!holder || holder.identity === '') return undefined
  return identityOf(holder.pid) === holder.identity ? holder : undefined
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

// A process id comes back, in a container at once; with the moment of its start it does not.
function identityOf(pid: number): string {
  if (existsSync('/proc/self/stat')) return linuxIdentity(pid)
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

function linuxIdentity(pid: number): string {
  try {
    const started = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${started}`
  } catch {
    return ''
  }
}
