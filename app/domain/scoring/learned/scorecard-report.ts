import { columnsOf, type LeftOut } from './columns'
import { findLeaks, type Leak } from './find-leaks'
import { cardOf, learn, predict, type Card } from './learn-card'
import { decilesOf, qualityOf, type Decile, type Quality } from './quality'
import { forwardFolds, stratifiedFolds, type Fold } from './split-rows'

export type FoldQuality = Quality & { rows: number; positives: number }
export type ScorecardReport = Quality & {
  rows: number; positives: number; unknown: number; leaks: Leak[]; left_out: LeftOut[]; folds: FoldQuality[]; deciles: Decile[]; card: Card
}
/** Too little to learn from: how many of each outcome there are, and how many there must be. */
export type Abstains = { rows: number; positives: number; negatives: number; needed: number }
export type ScorecardTask = { headers: readonly string[]; rows: readonly (readonly string[])[]; target: string; time?: string; folds?: number; allow?: readonly string[] }

const FOLDS = 10
/** Of each outcome: three in every fold of ten. */
const NEEDED = 30
const BETTER_IN_RANGES = 0.01

/**
 * Learns a card from a table and says how good it is on rows it has not seen: dealt evenly into folds, or, where `time` names a column,
 * each window by what came before it. Columns named as leaks are left out unless allowed. Abstains below thirty rows of either outcome.
 * The headline figures are means of the folds, but for Brier, log-loss and ECE, which are of all folds' rows together.
 */
export function scorecardReport({ headers, rows: all, target, time, folds = FOLDS, allow = [] }: ScorecardTask): ScorecardReport | Abstains {
  const { rows: known, outcomes, unknown } = outcomesOf(headers, all, target)
  const positives = outcomes.reduce((sum, each) => sum + each, 0)
  if (Math.min(positives, outcomes.length - positives) < NEEDED) return { rows: known.length, positives, negatives: outcomes.length - positives, needed: NEEDED }
  const { columns, leftOut } = columnsOf(headers, known, new Set([target]))
  const order = orderOf(headers, known, time)
  const inRanges = new Set<string>()
  const task = { columns, outcomes, rows: order, isByTime: time !== undefined, inRanges }
  const { leaks, alone } = findLeaks({ ...task, allowed: new Set(allow) })
  const named = new Set(leaks.map(({ column }) => column))
  for (const [name, { auc, evenly }] of alone) if (evenly !== null && auc > evenly + BETTER_IN_RANGES) inRanges.add(name)
  const kept = columns.filter(({ name }) => !named.has(name))
  const lesson = { ...task, columns: kept }
  const parts = time === undefined ? stratifiedFolds(outcomes, folds) : forwardFolds(order, folds)
  const judged = parts.filter((fold) => isJudgeable(fold, outcomes)).map((fold) => ({ fold, predicted: predict(learn({ ...lesson, rows: fold.train }), kept, fold.test) }))
  const measured = judged.map(({ fold, predicted }) => ({ rows: fold.test.length, positives: sumOf(fold.test, outcomes), ...qualityOf(predicted, Uint8Array.from(fold.test, (row) => outcomes[row] ?? 0)) }))
  const [predicted, came] = [Float64Array.from(judged.flatMap((each) => [...each.predicted])), Uint8Array.from(judged.flatMap(({ fold }) => Array.from(fold.test, (row) => outcomes[row] ?? 0)))]
  const { brier, log_loss, ece } = qualityOf(predicted, came)
  const mean = (of: (fold: FoldQuality) => number) => measured.reduce((sum, fold) => sum + of(fold), 0) / measured.length
  return {
    rows: known.length, positives, unknown, auc: mean(({ auc }) => auc), average_precision: mean(({ average_precision }) => average_precision), brier, log_loss, ece,
    lift_10: mean(({ lift_10 }) => lift_10), capture_20: mean(({ capture_20 }) => capture_20), capture_50: mean(({ capture_50 }) => capture_50),
    leaks, left_out: leftOut, folds: measured, deciles: decilesOf(predicted, came), card: cardOf(learn(lesson)),
  }
}

const sumOf = (rows: Int32Array, outcomes: Uint8Array) => rows.reduce((sum, row) => sum + (outcomes[row] ?? 0), 0)

// A window in which nothing was won, or nothing before it, says nothing about order.
function isJudgeable({ train, test }: Fold, outcomes: Uint8Array): boolean {
  return [train, test].every((rows) => { const won = sumOf(rows, outcomes); return won > 0 && won < rows.length })
}

const POSITIVE = ['1', 'yes', 'true', 'y', 't', 'won', 'converted', 'success', '是', '成交']

/** Two outcomes: the positive one says so, or is the seldom one. Rows without an outcome are open and teach nothing. */
function outcomesOf(headers: readonly string[], all: readonly (readonly string[])[], target: string): { rows: (readonly string[])[]; outcomes: Uint8Array; unknown: number } {
  const at = headers.indexOf(target)
  if (at < 0) throw new RangeError(`There is no column ${target}; there are ${headers.join(', ')}.`)
  const rows = all.filter((row) => (row[at] ?? '').trim() !== '')
  const counts = new Map<string, number>()
  for (const row of rows) counts.set((row[at] ?? '').trim(), (counts.get((row[at] ?? '').trim()) ?? 0) + 1)
  if (counts.size !== 2) throw new RangeError(`${target} must have two values; it has ${counts.size}.`)
  const values = [...counts].sort(([, a], [, b]) => a - b).map(([value]) => value)
  const positive = values.find((value) => POSITIVE.includes(value.toLowerCase())) ?? values[0]
  return { rows, outcomes: Uint8Array.from(rows, (row) => ((row[at] ?? '').trim() === positive ? 1 : 0)), unknown: all.length - rows.length }
}

function orderOf(headers: readonly string[], rows: readonly (readonly string[])[], time: string | undefined): Int32Array {
  const order = Int32Array.from(rows.keys())
  if (time === undefined) return order
  const at = headers.indexOf(time)
  if (at < 0) throw new RangeError(`There is no column ${time}; there are ${headers.join(', ')}.`)
  const moments = rows.map((row) => momentOf(row[at] ?? ''))
  const wrong = moments.findIndex((moment) => Number.isNaN(moment))
  if (wrong >= 0) throw new RangeError(`${time} is not a time in row ${wrong + 1}: ${rows[wrong]?.[at] ?? ''}.`)
  return order.sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0) || a - b)
}

// A count (a row number, a Unix time) orders rows as well as a date does.
const momentOf = (text: string): number => (/^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Date.parse(text))
