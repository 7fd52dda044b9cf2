import { wilson } from '~/lib/intervals'
import type { BacktestReport, CardQuality, CardTerms } from '../contract'
import { areaUnder, qualityOf } from '../learned/quality'
import { fitRidge } from '../learned/ridge-logistic'
import { cells, type Cell } from '../vocabulary'
import { chanceOfPoints } from './score-facts'

/** Leads a card has not seen: their points, whether they came good, where from. Rows of one place belong together. */
export type Judged = { totals: Float64Array; outcomes: Uint8Array; calibration: CardTerms['calibration'] }

const TENTHS = 10
/** Of each outcome; below it an order by chance looks like one of merit. */
const LEAST_EACH = 10

const chances = ({ totals, calibration }: Judged): Float64Array | null => (calibration === null ? null : totals.map((total) => chanceOfPoints(calibration, total) ?? 0))

/** The order that points put leads in, and, where they were calibrated, how true their chances are. */
export function qualityOfPoints(judged: Judged): CardQuality {
  const { auc, average_precision, lift_10, capture_20, capture_50 } = qualityOf(judged.totals, judged.outcomes)
  const promised = chances(judged)
  const { brier, log_loss, ece } = promised === null ? { brier: null, log_loss: null, ece: null } : qualityOf(promised, judged.outcomes)
  return { auc, average_precision, lift_10, capture_20, capture_50, brier, log_loss, ece }
}

/**
 * Points to chances, by what came of leads before those that are judged: a logistic line. Null where they are too few, or where more points do not
 * mean more. Fitted to points in units of their spread, with a ridge of one lead's weight, so that thin data is not made much of.
 */
export function calibrationOf(totals: Float64Array, outcomes: Uint8Array): CardTerms['calibration'] {
  const positives = outcomes.reduce((sum, each) => sum + each, 0)
  if (Math.min(positives, outcomes.length - positives) < LEAST_EACH || !(areaUnder(totals, outcomes) > 0.5)) return null
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length
  const spread = Math.sqrt(totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / totals.length)
  const rows = { at: new Int32Array(totals.length), value: totals.map((total) => (total - mean) / spread), starts: Int32Array.from({ length: totals.length + 1 }, (_, row) => row) }
  const { weights, intercept } = fitRidge(rows, outcomes, 1, 1)
  const slope = (weights[0] ?? 0) / spread
  return slope > 0 ? { slope, offset: intercept - slope * mean } : null
}

/** Tenths of the leads, best first. Leads with the same points share their outcomes, so that no order of the rows makes a card better. */
export function tenthsOf(judged: Judged): BacktestReport['deciles'] {
  const { totals, outcomes } = judged
  const order = Int32Array.from(totals.keys()).sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0))
  const ties = new Map<number, { rows: number; positives: number }>()
  totals.forEach((total, row) => {
    const tie = ties.get(total) ?? { rows: 0, positives: 0 }
    ties.set(total, { rows: tie.rows + 1, positives: tie.positives + (outcomes[row] ?? 0) })
  })
  const share = (row: number) => { const tie = ties.get(totals[row] ?? 0); return tie === undefined ? 0 : tie.positives / tie.rows }
  const promised = chances(judged)
  const average = outcomes.reduce((sum, each) => sum + each, 0) / Math.max(outcomes.length, 1)
  return Array.from({ length: TENTHS }, (_, at) => {
    const part = order.subarray(Math.round((at * order.length) / TENTHS), Math.round(((at + 1) * order.length) / TENTHS))
    const positives = part.reduce((sum, row) => sum + share(row), 0)
    const actual = positives / Math.max(part.length, 1)
    return {
      rows: part.length, positives: Math.round(positives * 100) / 100, actual, lift: average === 0 ? 0 : actual / average,
      predicted: promised === null ? null : part.reduce((sum, row) => sum + (promised[row] ?? 0), 0) / Math.max(part.length, 1),
    }
  })
}

/** What was promised and what came, in ten bins of chance; empty ones are left out. */
export function curveOf(judged: Judged): BacktestReport['curve'] {
  const promised = chances(judged)
  if (promised === null) return []
  const bins = Array.from({ length: TENTHS }, () => ({ rows: 0, predicted: 0, positives: 0 }))
  promised.forEach((chance, row) => {
    const bin = bins[Math.min(TENTHS - 1, Math.floor(chance * TENTHS))]
    if (bin === undefined) return
    bin.rows += 1
    bin.predicted += chance
    bin.positives += judged.outcomes[row] ?? 0
  })
  return bins.flatMap(({ rows, predicted, positives }, at) => {
    const range = wilson(positives, rows)
    return range === null ? [] : [{ from: at / TENTHS, to: (at + 1) / TENTHS, rows, predicted: predicted / rows, actual: positives / rows, low: range.lo, high: range.hi }]
  })
}

/** Groups of the leads with their outcomes, and how well points order them where there are enough of both. */
export function groupsOf<K>({ totals, outcomes }: Judged, keys: readonly K[]): { key: K; leads: number; positives: number; auc: number | null }[] {
  const rowsOf = new Map<K, number[]>()
  keys.forEach((key, row) => rowsOf.set(key, [...(rowsOf.get(key) ?? []), row]))
  return [...rowsOf].map(([key, rows]) => {
    const positives = rows.reduce((sum, row) => sum + (outcomes[row] ?? 0), 0)
    const isJudgeable = Math.min(positives, rows.length - positives) >= LEAST_EACH
    const auc = isJudgeable ? areaUnder(Float64Array.from(rows, (row) => totals[row] ?? 0), Uint8Array.from(rows, (row) => outcomes[row] ?? 0)) : null
    return { key, leads: rows.length, positives, auc }
  }).sort((a, b) => b.leads - a.leads)
}

/** Sizes and outcomes of the cells, best first, empty ones with them. */
export function cellsOf(of: readonly Cell[], outcomes: Uint8Array): BacktestReport['cells'] {
  return cells.map((cell) => {
    const rows = of.flatMap((each, row) => (each === cell ? [row] : []))
    return { cell, leads: rows.length, positives: rows.reduce((sum, row) => sum + (outcomes[row] ?? 0), 0) }
  })
}
