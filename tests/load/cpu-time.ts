import { readdirSync, readFileSync } from 'node:fs'

/** Seconds of CPU time of a process, its threads and the children it has seen end; NaN where there is no /proc. */
export const cpuSeconds = (pid: number): number => statOf(pid)?.cpu ?? Number.NaN

/** The same of a process with its living children: of a PostgreSQL server, all its backends. */
export function treeCpuSeconds(pid: number): number {
  const own = cpuSeconds(pid)
  if (Number.isNaN(own)) return own
  const others = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []))
  return others.filter(({ parent }) => parent === pid).reduce((sum, { cpu }) => sum + cpu, own)
}

// The kernel counts in hundredths of a second on every Linux there is.
const TICKS = 100

function statOf(pid: number): { parent: number; cpu: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number)
    return { parent: fields[1] ?? 0, cpu: fields.slice(11, 15).reduce((sum, each) => sum + each, 0) / TICKS }
  } catch {
    return null
  }
}
