import { describe, expect, it } from 'vitest'
import { calibrate } from '~/domain/scoring/learned/calibrate'
import type { Sparse } from '~/domain/scoring/learned/encode-columns'
import { fitRidge, logOdds, sigmoid } from '~/domain/scoring/learned/ridge-logistic'
import { seeded } from '~/lib/seeded'

/** Rows of one yes-or-no attribute: so many with it, so many of them came good; and the same without it. */
function table(withIt: number, good: number, without: number, goodWithout: number): { rows: Sparse; outcomes: Uint8Array } {
  const size = withIt + without
  const starts = Int32Array.from({ length: size + 1 }, (_, row) => Math.min(row, withIt))
  const outcomes = Uint8Array.from({ length: size }, (_, row) => (row < withIt ? (row < good ? 1 : 0) : row - withIt < goodWithout ? 1 : 0))
  return { rows: { at: new Int32Array(withIt), value: new Float64Array(withIt).fill(1), starts }, outcomes }
}

describe('the ridge', () => {
  it('with next to no penalty finds the log-odds of the table: 30 of 40 against 10 of 40', () => {
    const { rows, outcomes } = table(40, 30, 40, 10)
    const { intercept, weights, isSettled } = fitRidge(rows, outcomes, 1, 1e-9)
    expect(isSettled).toBe(true)
    expect(intercept).toBeCloseTo(Math.log(10 / 30), 5)
    expect(weights[0]).toBeCloseTo(Math.log(30 / 10) - Math.log(10 / 30), 5)
  })

  it('stands where its slope is nought, and does not shrink the intercept', () => {
    const { rows, outcomes } = table(40, 30, 60, 10)
    const penalty = 5
    const fitted = fitRidge(rows, outcomes, 1, penalty)
    const p = logOdds(rows, fitted).map(sigmoid)
    const rest = Array.from(outcomes, (came, row) => came - (p[row] ?? 0))
    expect(rest.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 4)
    expect(rest.slice(0, 40).reduce((sum, each) => sum + each, 0)).toBeCloseTo(penalty * (fitted.weights[0] ?? 0), 4)
  })

  it('keeps its head where an attribute tells everything', () => {
    const { rows, outcomes } = table(50, 50, 50, 0)
    const { intercept, weights, isSettled } = fitRidge(rows, outcomes, 1, 1)
    expect(isSettled).toBe(true)
    expect(Number.isFinite(intercept)).toBe(true)
    expect(weights[0]).toBeGreaterThan(2)
  })
})

describe('calibration', () => {
  it('brings odds that were told twice too sure back', () => {
    const random = seeded(11)
    const odds = Float64Array.from({ length: 40_000 }, () => (random() - 0.5) * 8)
    const came = odds.map((each) => (random() < sigmoid(each / 2 - 0.5) ? 1 : 0))
    const { slope, offset } = calibrate(odds, Uint8Array.from(came))
    // Standard errors of some 0.01 at this size.
    expect(slope).toBeCloseTo(0.5, 1)
    expect(offset).toBeCloseTo(-0.5, 1)
  })

  it('leaves alone what it would have to turn round', () => {
    expect(calibrate(Float64Array.from([-2, -1, 1, 2]), Uint8Array.from([1, 1, 0, 0]))).toEqual({ slope: 1, offset: 0 })
  })
})
