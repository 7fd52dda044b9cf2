import type { Column } from './columns'
import { cutsOf, rangeOf } from './encode-columns'
import { areaUnder } from './quality'
import { stratifiedFolds } from './split-rows'

export type Alone = { auc: number; /** of the plain number, whichever way it points; null for levels */ evenly: number | null }

const FOLDS = 5
const RANGES = 10
/** Counted as so many rows of the average, so that a level seen once says little. */
const PRIOR = 5

/**
 * How well one column predicts by itself: the share of positive rows of its level or tenth, learned on other rows. Missing is a level.
 */
export function aloneOf(column: Column, rows: Int32Array, outcomes: Uint8Array): Alone {
  const own = Uint8Array.from(rows, (row) => outcomes[row] ?? 0)
  const keys = keysOf(column, rows)
  const predicted = new Float64Array(rows.length)
  for (const { train, test } of stratifiedFolds(own, FOLDS, 2)) {
    const average = train.reduce((sum, at) => sum + (own[at] ?? 0), 0) / train.length
    const seen = new Map<string, { rows: number; positives: number }>()
    for (const at of train) {
      const known = seen.get(keys[at] ?? '') ?? { rows: 0, positives: 0 }
      seen.set(keys[at] ?? '', { rows: known.rows + 1, positives: known.positives + (own[at] ?? 0) })
    }
    for (const at of test) {
      const known = seen.get(keys[at] ?? '') ?? { rows: 0, positives: 0 }
      predicted[at] = (known.positives + PRIOR * average) / (known.rows + PRIOR)
    }
  }
  return { auc: areaUnder(predicted, own), evenly: column.numbers === null ? null : evenlyOf(column.numbers, rows, own) }
}

function keysOf({ texts, numbers }: Column, rows: Int32Array): string[] {
  if (numbers === null) return Array.from(rows, (row) => texts[row] ?? '')
  const cuts = cutsOf(Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN).filter((value) => !Number.isNaN(value)).sort(), RANGES)
  return Array.from(rows, (row) => (texts[row] === null ? '' : String(rangeOf(cuts, numbers[row] ?? 0))))
}

function evenlyOf(numbers: Float64Array, rows: Int32Array, own: Uint8Array): number {
  const known = Int32Array.from(rows.keys()).filter((at) => !Number.isNaN(numbers[rows[at] ?? 0] ?? Number.NaN))
  const auc = areaUnder(Float64Array.from(known, (at) => numbers[rows[at] ?? 0] ?? 0), Uint8Array.from(known, (at) => own[at] ?? 0))
  return Number.isNaN(auc) ? 0.5 : Math.max(auc, 1 - auc)
}

/** How unlikely it is, as a power of ten, that rows which are filled in have only one outcome by chance. 0 where they have both. */
export function chanceOfOneOutcome({ texts }: Column, rows: Int32Array, outcomes: Uint8Array): number {
  let [filled, positives, all] = [0, 0, 0]
  for (const row of rows) {
    all += outcomes[row] ?? 0
    if (texts[row] === null) continue
    filled += 1
    positives += outcomes[row] ?? 0
  }
  if (filled === rows.length || (positives !== 0 && positives !== filled)) return 0
  const average = all / rows.length
  return -filled * Math.log10(positives === filled ? average : 1 - average)
}
