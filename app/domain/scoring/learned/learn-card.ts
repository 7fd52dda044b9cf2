import { calibrate, type Calibration } from './calibrate'
import type { Column } from './columns'
import { encode, encodingOf, type Attribute, type Encoding } from './encode-columns'
import { areaUnder } from './quality'
import { fitRidge, logOdds, sigmoid, type Fitted } from './ridge-logistic'
import { heldBack } from './split-rows'

/** Rows to learn from: columns, what came of each row, and which rows; in the order of time where `isByTime`. */
export type Lesson = { columns: readonly Column[]; outcomes: Uint8Array; rows: Int32Array; isByTime: boolean; inRanges: ReadonlySet<string> }
export type Model = { encoding: Encoding; fitted: Fitted; calibration: Calibration; penalty: number }
/** One line of a card. `points` are those of the attribute, or for each standard deviation of a `per-unit`. */
export type CardLine = Attribute & { points: number }
export type Card = { base: number; points_per_doubling: number; lines: CardLine[]; calibration: Calibration; penalty: number }

/** Twenty points double the odds, as credit scoring counts. */
const DOUBLING = 20
const POINT = DOUBLING / Math.LN2
const PENALTIES = [100, 30, 10, 3, 1] as const

/**
 * Learns from rows. How strong the ridge is and how log-odds become probabilities is decided on a fifth that is held back (the newest where
 * rows have an order), after which the weights are learned from all of them.
 */
export function learn(lesson: Lesson): Model {
  const { rows, outcomes, columns, isByTime } = lesson
  const apart = heldBack(rows, outcomes, isByTime)
  const encoding = encodingOf(columns, apart.train, lesson.inRanges)
  const [train, test] = [encode(encoding, columns, apart.train), encode(encoding, columns, apart.test)]
  const [learned, judged] = [of(outcomes, apart.train), of(outcomes, apart.test)]
  let best: { auc: number; penalty: number; odds: Float64Array } | undefined
  let start: Fitted | undefined
  for (const penalty of PENALTIES) {
    start = fitRidge(train, learned, encoding.attributes.length, penalty, start)
    const odds = logOdds(test, start)
    const auc = areaUnder(odds, judged)
    // The stronger ridge stays unless a weaker one is better by more than a hair.
    if (best === undefined || auc > best.auc + 1e-4) best = { auc, penalty, odds }
  }
  const penalty = best?.penalty ?? 10
  const whole = encodingOf(columns, rows, lesson.inRanges)
  const fitted = fitRidge(encode(whole, columns, rows), of(outcomes, rows), whole.attributes.length, penalty)
  return { encoding: whole, fitted, calibration: best === undefined ? { slope: 1, offset: 0 } : calibrate(best.odds, judged), penalty }
}

/** How likely each of these rows comes good. */
export function predict({ encoding, fitted, calibration: { slope, offset } }: Model, columns: readonly Column[], rows: Int32Array): Float64Array {
  return logOdds(encode(encoding, columns, rows), fitted).map((odds) => sigmoid(slope * odds + offset))
}

/** The model as points per attribute, strongest first; the sum of the lines that hold and `base` orders rows as the model does. */
export function cardOf({ encoding, fitted, calibration, penalty }: Model): Card {
  const lines = encoding.attributes.map((attribute, at) => ({ ...attribute, points: round((fitted.weights[at] ?? 0) * POINT) }))
  return { base: round(fitted.intercept * POINT), points_per_doubling: DOUBLING, lines: lines.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)), calibration, penalty }
}

const of = (outcomes: Uint8Array, rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => outcomes[row] ?? 0)
const round = (points: number): number => Math.round(points * 100) / 100
