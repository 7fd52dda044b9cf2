import { expect, it } from 'vitest'
import { weightedKappa } from '~/lib/weighted-kappa'

it('is reckoned by hand: 8 judged, misses weigh 2, chance would weigh 80 / 8', () => {
  // Rows 3, 2, 3; columns 2, 4, 2. Off by one: 1 + 1. Expected: 12 + 24 + 4 + 4 + 24 + 12 = 80. 1 − 2 · 8 / 80.
  expect(weightedKappa([[2, 1, 0], [0, 2, 0], [0, 1, 2]])).toBeCloseTo(0.8, 12)
})

it('is 1 where they always agree, 0 as by chance, below 0 where they turn it round, null where nothing varies', () => {
  expect(weightedKappa([[3, 0], [0, 5]])).toBe(1)
  expect(weightedKappa([[1, 1], [1, 1]])).toBe(0)
  expect(weightedKappa([[0, 2], [2, 0]])).toBe(-1)
  expect(weightedKappa([[0, 0], [0, 0]])).toBeNull()
  expect(weightedKappa([[7, 0], [0, 0]])).toBeNull()
})

it('a miss by two weighs four times a miss by one', () => {
  const missed = (by: number) => {
    const table = [[4, 0, 0], [0, 4, 0], [0, 0, 4]]
    table[0]![by] = 1
    return table
  }
  // Of 13: missed by two 1 − 4 · 13 / (20 + 100 + 16 + 20 + 64 + 16), by one 1 − 1 · 13 / (25 + 80 + 16 + 16 + 64 + 20).
  expect(weightedKappa(missed(2))).toBeCloseTo(1 - 52 / 236, 12)
  expect(weightedKappa(missed(1))).toBeCloseTo(1 - 13 / 221, 12)
})
