import { describe, expect, it } from 'vitest'
import { decilesOf, qualityOf } from '~/domain/scoring/learned/quality'

const floats = (...values: number[]) => Float64Array.from(values)
const bytes = (...values: number[]) => Uint8Array.from(values)

describe('quality', () => {
  it('of five rows, as worked out by hand', () => {
    // Best first: 0.9 came, 0.8 did not, 0.6 and 0.6 one of two, 0.2 did not. Of 2 × 3 pairs 4.5 stand right: 3 + (0.5 + 1).
    const found = qualityOf(floats(0.9, 0.8, 0.6, 0.6, 0.2), bytes(1, 0, 1, 0, 0))
    expect(found.auc).toBeCloseTo(4.5 / 6, 12)
    // Thresholds 0.9 (1 of 1, half of all found) and 0.6 (2 of 4, the other half).
    expect(found.average_precision).toBeCloseTo(0.5 * 1 + 0.5 * 0.5, 12)
    expect(found.brier).toBeCloseTo((0.01 + 0.64 + 0.16 + 0.36 + 0.04) / 5, 12)
    expect(found.log_loss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.2) + Math.log(0.6) + Math.log(0.4) + Math.log(0.8)) / 5, 12)
    // Bins of a tenth: 0.9 → 0.1, 0.8 → 0.8, two of 0.6 promise 1.2 and hold 1 → 0.2, 0.2 → 0.2.
    expect(found.ece).toBeCloseTo((0.1 + 0.8 + 0.2 + 0.2) / 5, 12)
    // A fifth is the first row: one of two. Half is two and a half rows: the pair of equals counts by a quarter of its one.
    expect(found.capture_20).toBeCloseTo(1 / 2, 12)
    expect(found.capture_50).toBeCloseTo((1 + 0.25) / 2, 12)
    expect(found.lift_10).toBeCloseTo(0.25 / 0.1, 12)
  })

  it('is no better for one order of equals than for another', () => {
    const predicted = floats(0.5, 0.5, 0.5, 0.5)
    expect(qualityOf(predicted, bytes(1, 1, 0, 0))).toEqual(qualityOf(predicted, bytes(0, 0, 1, 1)))
    expect(qualityOf(predicted, bytes(1, 1, 0, 0))).toMatchObject({ auc: 0.5, capture_20: 0.2, capture_50: 0.5, lift_10: 1 })
  })

  it('by tenths, best first', () => {
    const predicted = Float64Array.from({ length: 20 }, (_, row) => row / 20)
    const came = Uint8Array.from({ length: 20 }, (_, row) => (row >= 18 ? 1 : 0))
    const deciles = decilesOf(predicted, came)
    expect(deciles[0]).toEqual({ rows: 2, predicted: (0.95 + 0.9) / 2, actual: 1, lift: 10 })
    expect(deciles.slice(1).every(({ actual }) => actual === 0)).toBe(true)
  })
})
