import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const LEVELS = 5
const ASK_MS = 250

type Parent = { pid: number; command: string }

/**
 * Calls `gone` once the npm that started this process no longer runs. npm, its shell and tsx stand between the
 * terminal and us; whoever kills npm with -9 would otherwise leave us and the port behind.
 */
export function watchLauncher(gone: () => void): void {
  const launchers = launchersOf(process.ppid, LEVELS)
  if (launchers.length === 0) return
  const timer = setInterval(() => {
    if (launchers.every((launcher) => commandOf(launcher.pid)?.command === launcher.command)) return
    clearInterval(timer)
    gone()
  }, ASK_MS)
  timer.unref()
}

// Only what npm put there: above npm may stand a shell or a service manager, whose end is none of our business.
function launchersOf(pid: number, levels: number): Parent[] {
  const found = commandOf(pid)
  if (!found || levels === 0) return []
  const above = launchersOf(found.parent, levels - 1)
  const isNpm = /^npm |\bnpm-cli\.js\b/.test(found.command)
  const isBetween = /\btsx\b|\bstart\.ts\b/.test(found.command)
  if (isNpm) return [{ pid, command: found.command }]
  return isBetween ? [{ pid, command: found.command }, ...above] : []
}

function commandOf(pid: number): { command: string; parent: number } | undefined {
  if (pid <= 1) return undefined
  try {
    return existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid)
  } catch {
    return undefined
  }
}

function fromProc(pid: number): { command: string; parent: number } | undefined {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ')[1])
  return command === '' ? undefined : { command, parent }
}

function fromPs(pid: number): { command: string; parent: number } | undefined {
  const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  const [, parent, command] = /^(\d+)\s+(.*)$/.exec(line) ?? []
  return command ? { command, parent: Number(parent) } : undefined
}
