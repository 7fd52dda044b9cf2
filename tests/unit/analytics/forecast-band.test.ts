import { describe, expect, it } from 'vitest'
import { bandOf, type Bet, type Posterior } from '~/domain/analytics/forecast/band'

const even: Posterior = { a: 5, b: 5 }
const posteriors = { inquiry: even, qualified: even, A: even, B: { a: 2, b: 8 }, C: even, D: even }

describe('the 80 % band', () => {
  it('two leads, four outcomes: 0 (.4), 100 (.4), 1,000 (.1), 1,100 (.1)', () => {
    expect(bandOf([{ amount: 100, step: 'A' }, { amount: 1_000, step: 'B' }], posteriors)).toEqual({ low: 0, high: 1_000 })
  })

  it('one lead of chance .95 is won in the band’s low, too', () => {
    expect(bandOf([{ amount: 700, step: 'A' }], { ...posteriors, A: { a: 19, b: 1 } })).toEqual({ low: 700, high: 700 })
    expect(bandOf([{ amount: 700, step: 'A' }], { ...posteriors, A: { a: 1, b: 19 } })).toEqual({ low: 0, high: 0 })
    expect(bandOf([], posteriors)).toEqual({ low: 0, high: 0 })
  })

  it('leads of one step share their unsure chance: both are won more often than by two of their own', () => {
    // Beta(1, 2.8), mean .2632. One step: both 1 · 2 / (3.8 · 4.8) = .1096 > .1, so the 90th percentile is both.
    // Two steps: both .2632² = .0693, so up to the larger alone is .9307.
    const wide = { a: 1, b: 2.8 }
    expect(bandOf([{ amount: 100, step: 'A' }, { amount: 300, step: 'A' }], { ...posteriors, A: wide }).high).toBe(400)
    expect(bandOf([{ amount: 100, step: 'A' }, { amount: 300, step: 'C' }], { ...posteriors, A: wide, C: wide }).high).toBe(300)
  })

  it('simulation and enumeration say the same, and the same twice', () => {
    const twelve = Array.from({ length: 12 }, (_, at): Bet => ({ amount: (at + 1) * 100, step: at % 2 === 0 ? 'A' : 'B' }))
    const exact = bandOf(twelve, posteriors)
    // A thirteenth of no amount changes no outcome, but is one too many to enumerate.
    const drawn = bandOf([...twelve, { amount: 0, step: 'D' }], posteriors)
    expect(Math.abs(drawn.low - exact.low)).toBeLessThanOrEqual(150)
    expect(Math.abs(drawn.high - exact.high)).toBeLessThanOrEqual(150)
    expect(bandOf([...twelve, { amount: 0, step: 'D' }], posteriors)).toEqual(drawn)
  })

  it('of many sure-chanced leads it is that of the binomial: 400 of .5 are 187 to 213', () => {
    // Normal approximation: 200 ± 1.2816 · 10. Beta(50,000, 50,000) hardly moves the chance.
    const { low, high } = bandOf(Array.from({ length: 400 }, (): Bet => ({ amount: 1, step: 'A' })), { ...posteriors, A: { a: 50_000, b: 50_000 } })
    expect(low).toBeGreaterThanOrEqual(185)
    expect(low).toBeLessThanOrEqual(189)
    expect(high).toBeGreaterThanOrEqual(211)
    expect(high).toBeLessThanOrEqual(215)
  })

  it('very many leads: the sum of the smaller ones is as good as normal; 3,000 of .2 are 572 to 628', () => {
    // 600 ± 1.2816 · √(3,000 · .2 · .8).
    const { low, high } = bandOf(Array.from({ length: 3_000 }, (): Bet => ({ amount: 1, step: 'B' })), { ...posteriors, B: { a: 200_000, b: 800_000 } })
    expect(low).toBeGreaterThan(566)
    expect(low).toBeLessThan(578)
    expect(high).toBeGreaterThan(622)
    expect(high).toBeLessThan(634)
  })

  it('10,000 leads take less than a second', () => {
    const start = performance.now()
    bandOf(Array.from({ length: 10_000 }, (_, at): Bet => ({ amount: at, step: 'B' })), posteriors)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
