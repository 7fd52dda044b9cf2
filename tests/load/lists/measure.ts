import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Figures = { p50: number; p95: number; p99: number; times: number }
export type Measured = { name: string; verb: Figures; sql: Figures; slowest: string }

const DURATION = /duration: ([\d.]+) ms(?: {2}(?:statement|parse|bind|execute)[^:]*: ([\s\S]*?))?$/
const NOT_OURS = /^(?:begin|commit|rollback|start transaction|select set_config|set |savepoint|release)/i

/** Reads what the server itself says each statement took, between two positions of its log. */
export class ServerLog {
  private readonly path: string
  constructor(dataDir: string) {


    this.path = join(dataDir, 'logs', 'postgres.log')
  }

  position(): number {
    return statSync(this.path).size
  }

  /** Milliseconds of all statements from a position on, and the slowest of them. */
  since(from: number): { ms: number; slowest: { ms: number; text: string } } {
    const size = this.position() - from
    const held = Buffer.alloc(size)
    const file = openSync(this.path, 'r')
    readSync(file, held, 0, size, from)
    closeSync(file)
    let ms = 0
    let slowest = { ms: 0, text: '' }
    for (const entry of held.toString('utf8').split(/\n(?=\d{4}-\d\d-\d\d )/)) {
      const found = DURATION.exec(entry.trim())
      if (found === null || NOT_OURS.test(found[2] ?? '')) continue
      const took = Number(found[1])
      ms += took
      if (took > slowest.ms) slowest = { ms: took, text: (found[2] ?? '').replaceAll(/\s+/g, ' ').slice(0, 160) }
    }
    return { ms, slowest }
  }
}

/** Runs every work of a list once in turn and says how long the verb took and how long its SQL did. */
export async function measure(log: ServerLog, name: string, works: readonly (() => Promise<unknown>)[], warm = 3): Promise<Measured> {
  for (const work of works.slice(0, warm)) await work()
  const verb: number[] = []
  const sql: number[] = []
  let slowest = { ms: 0, text: '' }
  for (const [index, work] of works.entries()) {
    const from = log.position()
    const startedAt = performance.now()
    await work()
    verb.push(performance.now() - startedAt)
    const said = log.since(from)
    sql.push(said.ms)
    if (said.slowest.ms > slowest.ms) slowest = { ms: said.slowest.ms, text: `#${index} ${said.slowest.text}` }
  }
  return { name, verb: figures(verb), sql: figures(sql), slowest: `${slowest.ms.toFixed(1)} ms ${slowest.text}` }
}

export function figures(values: readonly number[]): Figures {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), times: sorted.length }
}
