import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { median, quantile, wilson } from '~/lib/intervals'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

describe('wilson', () => {
  it('gives the textbook figures', () => {
    expect(wilson(0, 10)).toEqual({ lo: 0, hi: expect.closeTo(0.2775328, 6) as number })
    expect(wilson(10, 10)).toEqual({ lo: expect.closeTo(0.7224672, 6) as number, hi: 1 })
    expect(wilson(0, 0)).toBeNull()
    expect(() => wilson(3, 2)).toThrow(RangeError)
  })

  sharedTest('equals statsmodels on every row', 'data/oracles/proportion_ci_95.csv', (file) => {
    const rows: Record<'k' | 'n' | 'wilson_lo' | 'wilson_hi', string>[] = parse(readSharedFile(file), { columns: true })
    expect(rows).toHaveLength(18)
    for (const row of rows) {
      const interval = wilson(Number(row.k), Number(row.n))
      expect(Math.abs((interval?.lo ?? -1) - Number(row.wilson_lo)), `${row.k}/${row.n}`).toBeLessThan(1e-6)
      expect(Math.abs((interval?.hi ?? -1) - Number(row.wilson_hi)), `${row.k}/${row.n}`).toBeLessThan(1e-6)
    }
  })
})

describe('quantile', () => {
  it('interpolates as percentile_cont does', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(quantile([10, 20, 30, 40, 50], 0.9)).toBe(46)
    expect(quantile([1, 2], 0.25)).toBe(1.25)
    expect(quantile([7], 0.99)).toBe(7)
    expect(quantile([], 0.5)).toBeNull()
    expect(median([5, 1, 3])).toBe(3)
    expect(() => quantile([1], 1.1)).toThrow(RangeError)
  })
})
