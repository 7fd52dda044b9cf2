import { aloneOf, chanceOfOneOutcome, type Alone } from './alone'
import type { Column } from './columns'
import { learn, predict } from './learn-card'
import { areaUnder } from './quality'
import { heldBack } from './split-rows'

/** `knows-outcome`: filled in for one outcome only. `too-good`: alone an AUC of 0.9. `better-than-rest`: alone better than all others together. */
export type LeakReason = 'knows-outcome' | 'too-good' | 'better-than-rest'
export type Leak = { column: string; reason: LeakReason; auc: number; rest: number | null }

const BY_CHANCE = 6
const TOO_GOOD = 0.9
const SUSPICIOUS = 0.75
const MARGIN = 0.01

type Task = { columns: readonly Column[]; outcomes: Uint8Array; rows: Int32Array; isByTime: boolean; inRanges: ReadonlySet<string>; allowed: ReadonlySet<string> }

/**
 * Columns that can hardly have been known when there was still something to predict: those filled in for one outcome only (one in a million
 * by chance), those that alone are nearly right, and, strongest first, those that alone beat all others together.
 */
export function findLeaks({ allowed, ...task }: Task): { leaks: Leak[]; alone: Map<string, Alone> } {
  const { columns, rows, outcomes } = task
  const alone = new Map(columns.map((column) => [column.name, aloneOf(column, rows, outcomes)]))
  const leaks: Leak[] = []
  const suspects = columns.filter(({ name }) => !allowed.has(name))
  for (const column of suspects) {
    const auc = alone.get(column.name)?.auc ?? 0.5
    if (chanceOfOneOutcome(column, rows, outcomes) >= BY_CHANCE) leaks.push({ column: column.name, reason: 'knows-outcome', auc, rest: null })
    else if (auc >= TOO_GOOD) leaks.push({ column: column.name, reason: 'too-good', auc, rest: null })
  }
  for (;;) {
    const left = columns.filter(({ name }) => !leaks.some((leak) => leak.column === name))
    const strongest = left.filter(({ name }) => !allowed.has(name) && (alone.get(name)?.auc ?? 0) >= SUSPICIOUS).sort((a, b) => (alone.get(b.name)?.auc ?? 0) - (alone.get(a.name)?.auc ?? 0))[0]
    const others = left.filter((column) => column !== strongest)
    if (strongest === undefined || others.length === 0) return { leaks, alone }
    const rest = together({ ...task, columns: others })
    const auc = alone.get(strongest.name)?.auc ?? 0
    if (auc <= rest + MARGIN) return { leaks, alone }
    leaks.push({ column: strongest.name, reason: 'better-than-rest', auc, rest })
  }
}

/** How well these columns predict together, on a fifth they were not learned from. */
function together({ columns, outcomes, rows, isByTime, inRanges }: Omit<Task, 'allowed'>): number {
  const { train, test } = heldBack(rows, outcomes, isByTime, 3)
  const model = learn({ columns, outcomes, rows: train, isByTime, inRanges })
  return areaUnder(predict(model, columns, test), Uint8Array.from(test, (row) => outcomes[row] ?? 0))
}
