import { describe, expect, it } from 'vitest'
import { movesOf, standsOf } from '~/domain/scoring/backtest/cell-moves'
import { calibrationOf, cellsOf, curveOf, groupsOf, qualityOfPoints, tenthsOf } from '~/domain/scoring/backtest/figures'
import { unseenFrom } from '~/domain/scoring/backtest/split-history'
import type { CardRow } from '~/domain/scoring/cards/card-rows'
import { newId } from '~/lib/ids'

const totals = Float64Array.from([100, 90, 80, 70, 60, 50, 40, 30, 20, 10])
const outcomes = Uint8Array.from([1, 1, 0, 1, 0, 0, 0, 0, 0, 0])
// 0.02 × points: ten leads of which three came good.
const judged = { totals, outcomes, calibration: { slope: 0.02, offset: -1 } }

describe('a tiny world, by hand', () => {
  it('quality: of 21 pairs one stands the wrong way round; two of three in the first fifth', () => {
    const { auc, average_precision, lift_10, capture_20, capture_50, brier } = qualityOfPoints(judged)
    expect([auc, lift_10, capture_20, capture_50]).toEqual([20 / 21, expect.closeTo(1 / 3 / 0.1, 9), expect.closeTo(2 / 3, 9), 1])
    expect(average_precision).toBeCloseTo((1 + 1 + 3 / 4) / 3, 12)
    const chance = (points: number) => 1 / (1 + Math.exp(-(0.02 * points - 1)))
    expect(brier).toBeCloseTo([...totals].reduce((sum, points, row) => sum + (chance(points) - (outcomes[row] ?? 0)) ** 2, 0) / 10, 12)
  })

  it('says nothing of chances where points are not calibrated', () => {
    expect(qualityOfPoints({ ...judged, calibration: null })).toMatchObject({ auc: 20 / 21, brier: null, log_loss: null, ece: null })
    expect(curveOf({ ...judged, calibration: null })).toEqual([])
    expect(tenthsOf({ ...judged, calibration: null })[0]?.predicted).toBeNull()
  })

  it('lift by tenths: the average is 0.3, so one that came good lifts by 1 / 0.3', () => {
    const tenths = tenthsOf(judged)
    expect(tenths.map(({ rows, positives }) => [rows, positives])).toEqual([[1, 1], [1, 1], [1, 0], [1, 1], [1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [1, 0]])
    expect(tenths.map(({ lift }) => lift).slice(0, 3)).toEqual([1 / 0.3, 1 / 0.3, 0])
    expect(tenths[0]?.predicted).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
  })

  it('leads of the same points share their outcomes, in whatever order they come', () => {
    const even = { totals: Float64Array.from([5, 5, 5, 5, 5, 5, 5, 5, 5, 5]), outcomes: Uint8Array.from([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]), calibration: null }
    expect(tenthsOf(even).every(({ positives, lift }) => positives === 0.5 && lift === 1)).toBe(true)
    expect(qualityOfPoints(even)).toMatchObject({ auc: 0.5, capture_20: 0.2, capture_50: 0.5 })
  })

  it('the curve: promised and came, bin by bin, with how wide it may be off', () => {
    // 10, 20 points: 0.31, 0.35 · 30, 40: 0.40, 0.45 · 50 to 70: 0.50 to 0.60 · 80, 90: 0.65, 0.69 · 100: 0.73.
    const curve = curveOf(judged)
    expect(curve.map(({ from, rows, actual }) => [from, rows, actual])).toEqual([[0.3, 2, 0], [0.4, 2, 0], [0.5, 3, 1 / 3], [0.6, 2, 1 / 2], [0.7, 1, 1]])
    expect(curve[3]?.predicted).toBeCloseTo((1 / (1 + Math.exp(-0.6)) + 1 / (1 + Math.exp(-0.8))) / 2, 12)
    // Wilson, 1 of 2 at 95 %: 0.0945 to 0.9055.
    expect([curve[3]?.low, curve[3]?.high]).toEqual([expect.closeTo(0.0945, 4), expect.closeTo(0.9055, 4)])
    expect(curve.reduce((sum, { rows }) => sum + rows, 0)).toBe(10)
    expect(curve.every(({ low, actual, high }) => low <= actual && actual <= high)).toBe(true)
  })

  it('channels are judged where there are ten of each outcome', () => {
    const many = { totals: Float64Array.from({ length: 40 }, (_, at) => at), outcomes: Uint8Array.from({ length: 40 }, (_, at) => Number(at >= 20)), calibration: null }
    const keys = Array.from({ length: 40 }, (_, at) => (at >= 10 && at < 30 ? 'a' : 'b'))
    expect(groupsOf(many, keys)).toEqual([{ key: 'b', leads: 20, positives: 10, auc: 1 }, { key: 'a', leads: 20, positives: 10, auc: 1 }])
    expect(groupsOf(many, keys.map((key, at) => (at === 0 ? 'c' : key))).at(-1)).toEqual({ key: 'c', leads: 1, positives: 0, auc: null })
  })

  it('cells: how many stand there and how many came good', () => {
    const cells = cellsOf([11, 11, 22, 44, 44, 44, 44, 44, 44, 44], outcomes)
    expect(cells.filter(({ leads }) => leads > 0)).toEqual([{ cell: 11, leads: 2, positives: 2 }, { cell: 22, leads: 1, positives: 0 }, { cell: 44, leads: 7, positives: 1 }])
    expect(cells).toHaveLength(16)
  })

  it('points become chances only where more of them mean more', () => {
    const rising = { totals: Float64Array.from({ length: 200 }, (_, at) => at % 10), outcomes: Uint8Array.from({ length: 200 }, (_, at) => Number((at * 7) % 13 < at % 10)) }
    const fitted = calibrationOf(rising.totals, rising.outcomes)
    expect(fitted?.slope).toBeGreaterThan(0)
    const mean = rising.totals.reduce((sum, total) => sum + 1 / (1 + Math.exp(-((fitted?.slope ?? 0) * total + (fitted?.offset ?? 0)))), 0) / 200
    expect(mean).toBeCloseTo(rising.outcomes.reduce((sum, each) => sum + each, 0) / 200, 2)
    expect(calibrationOf(rising.totals.map((total) => -total), rising.outcomes)).toBeNull()
    expect(calibrationOf(totals, outcomes)).toBeNull()
  })
})

describe('who would move', () => {
  const lead = (from: 11 | 22 | 44 | 12 | 21, to: 11 | 22 | 44 | 12 | 21) => ({ leadId: newId('lead'), from, to })
  it('counts by class and pair, the farthest first', () => {
    const leads = [lead(44, 11), lead(22, 12), lead(22, 12), lead(11, 44), lead(12, 21), lead(22, 22)]
    const moves = movesOf(leads)
    expect([moves.same, moves.better, moves.worse, moves.sideways]).toEqual([1, 3, 1, 1])
    expect(moves.fit).toEqual([[0, 1, 0, 1], [2, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]])
    expect(moves.interest).toEqual([[0, 0, 0, 1], [1, 3, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]])
    expect(moves.top[0]).toEqual({ from: 22, to: 12, leads: 2 })
    expect(moves.examples.map(({ from, to }) => [from, to])).toEqual([[44, 11], [11, 44], [12, 21], [22, 12], [22, 12]])
  })

  it('says where everybody stands', () => expect(standsOf([11, 44, 11]).filter(({ leads }) => leads > 0)).toEqual([{ cell: 11, leads: 2 }, { cell: 44, leads: 1 }]))
})

describe('leads a card has not seen', () => {
  const past = (count: number, positive: (at: number) => boolean) => Array.from({ length: count }, (_, at) => ({ cameInAt: new Date(Date.UTC(2024, 0, 1 + at)), isPositive: positive(at) }))
  const card = (until?: string) => ({ lesson: until === undefined ? null : { state: 'done', window: { to: until } } }) as unknown as CardRow

  it('of a hand-made card: the last 30 %, more where thirty of each outcome need it, never more than 60 %', () => {
    expect(unseenFrom(past(200, (at) => at % 2 === 0), [card()])).toBe(140)
    // Every fourth came good: thirty of them are the last 120 of 200.
    expect(unseenFrom(past(200, (at) => at % 4 === 0), [card()])).toBe(80)
    expect(unseenFrom(past(200, () => false), [card()])).toBe(140)
  })

  it('of a learned card: what came in after its lesson; and the learned card in force has not seen them either', () => {
    const leads = past(200, (at) => at % 2 === 0)
    expect(unseenFrom(leads, [card('2024-03-01T00:00:00.000Z')])).toBe(61)
    expect(unseenFrom(leads, [card('2024-03-01T00:00:00.000Z'), card('2024-04-10T00:00:00.000Z')])).toBe(101)
    expect(unseenFrom(leads, [card(), card('2024-07-01T00:00:00.000Z')])).toBe(183)
    expect(unseenFrom(leads, [card('2025-01-01T00:00:00.000Z')])).toBe(200)
  })
})
