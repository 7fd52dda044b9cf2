import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOf, cellPrior, chanceOf, noRates, type QueueRates } from '~/domain/leads/queue-rates'
import { decay, HOUR, valueLostPerHour, type QueueSignals } from '~/domain/leads/value-lost-per-hour'

const NOW = new Date('2026-11-23T10:00:00Z')
const MINUTE = 60_000
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const lead = (more: Partial<QueueSignals> = {}): QueueSignals => ({
  now: NOW, stage: 'inquiry', grade: null, cell: null, expected: null, productLineId: 'line', channelKind: 'paid', cameInAt: NOW, askedAt: NOW, lastContactAt: null, nextStepAt: null,
  snoozedUntil: null, turnOverAt: null, attempts: 0, sla: null, ...more,
})
const spoken = (more: Partial<QueueSignals> = {}) => lead({ cameInAt: ago(200 * HOUR), askedAt: ago(200 * HOUR), lastContactAt: ago(48 * HOUR), turnOverAt: ago(34 * HOUR), ...more })
const none = noRates('CNY')
// 4 wins of 100,000.00 in the cell, 10 in the line of 80,000.00 on average, 20 in all of 60,000.00; 45 of 480 inquiries won.
const rates: QueueRates = {
  currency: 'CNY', all: { sum: 120_000_000, n: 20 }, expected: { sum: 0, n: 0 }, lines: { line: { sum: 80_000_000, n: 10 } },
  cells: { 'line|paid': { sum: 40_000_000, n: 4 } }, chances: { inquiry: { won: 45, of: 480 }, A: { won: 3, of: 4 } },
}
const value = (more: Partial<QueueSignals> = {}, by = none) => valueLostPerHour(lead(more), by).value

describe('what a lead is worth', () => {
  it('is the average win of its kind, drawn towards the wider ones', () => {
    // line: (80,000,000 + 5 × 6,000,000) / 15 = 7,333,333.33; cell: (40,000,000 + 5 × 7,333,333.33) / 9 = 8,518,518.52 fen
    expect(amountOf(rates, lead())).toEqual({ amount: expect.closeTo(8_518_518.52, 1), from: 'cell' })
    expect(amountOf(rates, lead({ channelKind: 'event' }))).toEqual({ amount: expect.closeTo(7_333_333.33, 1), from: 'line' })
    expect(amountOf(rates, lead({ productLineId: 'other' }))).toEqual({ amount: 6_000_000, from: 'all' })
  })

  it('is what the rep expects, in our currency only; a plain 1 where nothing is known', () => {
    expect(amountOf(rates, lead({ expected: { amount: 2_450_000n, currency: 'CNY' } }))).toEqual({ amount: 2_450_000, from: 'expected' })
    expect(amountOf(rates, lead({ expected: { amount: 2_450_000n, currency: 'USD' } })).from).toBe('cell')
    expect(amountOf(none, lead())).toEqual({ amount: 1, from: 'one' })
    expect(amountOf({ ...none, expected: { sum: 900, n: 3 } }, lead())).toEqual({ amount: 300, from: 'expectations' })
  })

  it('is won with the share of our own history, drawn towards the assumption', () => {
    expect(chanceOf(rates, lead()).chance).toBeCloseTo((45 + 20 * 0.03) / 500, 10) // 0.0912
    expect(chanceOf(none, lead()).chance).toBeCloseTo(0.03, 10)
    expect(chanceOf(rates, lead({ stage: 'graded', grade: 'A' })).chance).toBeCloseTo((3 + 20 * 0.5) / 24, 10)
    expect(chanceOf(rates, lead({ stage: 'graded', grade: 'D' })).chance).toBeCloseTo(0.08, 10)
  })
})

describe('the cell of a score', () => {
  it('has the odds we assume until there are outcomes, and the share of its own outcomes then', () => {
    // 11: 1.6 × 1.6 = 2.56 times the odds of 3 %: 0.0768 / (0.97 + 0.0768) = 7.337 %; 44: 0.25 times, 0.0075 / 0.9775 = 0.767 %
    expect(cellPrior(11)).toBeCloseTo(2.56, 10)
    expect(chanceOf(none, lead({ cell: 11 }))).toEqual({ chance: expect.closeTo(0.0733664, 6), won: 0, of: 0, cell: { cell: 11, won: 0, of: 0, odds: expect.closeTo(2.56, 10) } })
    expect(chanceOf(none, lead({ cell: 44 })).chance).toBeCloseTo(0.0076726, 6)
    expect(chanceOf(none, lead({ cell: 23 })).chance).toBeCloseTo((0.03 * 0.96) / (0.97 + 0.03 * 0.96), 10)
    // The step's own 9.12 %, with the odds of 12 (1.92): 0.175104 / (0.9088 + 0.175104) = 16.155 %; then 6 of 30 in the cell: (6 + 20 × 0.16155) / 50
    const known: QueueRates = { ...rates, scored: { 'inquiry 12': { won: 6, of: 30 } } }
    expect(chanceOf(known, lead({ cell: 12 })).chance).toBeCloseTo((6 + 20 * 0.1615494) / 50, 6)
    // At another step nothing is known of that cell, nor in another cell at this one.
    expect(chanceOf(known, lead({ stage: 'graded', grade: 'A', cell: 12 })).cell).toMatchObject({ won: 0, of: 0 })
    expect(chanceOf(known, lead({ cell: 13 })).cell).toMatchObject({ won: 0, of: 0 })
  })

  it('never makes a worse cell go before a better one while nothing is known, nor a chance beyond one', () => {
    for (const step of [{}, { stage: 'qualified' as const }, { stage: 'graded' as const, grade: 'A' as const }]) {
      for (const rank of [1, 2, 3, 4]) {
        for (const worse of [2, 3, 4]) {
          const at = (cell: number) => value({ ...step, cell: cell as 11 }, { ...rates, chances: { A: { won: 900, of: 900 } } })
          expect(at(worse * 10 + rank)).toBeLessThan(at((worse - 1) * 10 + rank))
          expect(at(rank * 10 + worse)).toBeLessThan(at(rank * 10 + worse - 1))
        }
      }
    }
    expect(chanceOf({ ...rates, chances: { A: { won: 900, of: 900 } } }, lead({ stage: 'graded', grade: 'A', cell: 11 })).chance).toBeLessThan(1)
  })

  it('changes nothing of a lead that has none, and is told among the factors', () => {
    expect(value({ cell: null }, { ...rates, scored: { 'inquiry 11': { won: 9, of: 9 } } })).toBe(value({}, rates))
    expect(valueLostPerHour(lead({ cell: 21 }), none).factors.chanceFrom).toEqual({ won: 0, of: 0, cell: { cell: 21, won: 0, of: 0, odds: expect.closeTo(1.92, 10) } })
  })
})

describe('how fast it is lost', () => {
  it('falls seven times from the first hour to the second and sixty times by a day for those in a hurry', () => {
    const hurried = (hours: number) => decay(5 * MINUTE + hours * HOUR).left - 0.5 * Math.exp((-Math.LN2 / 168) * hours)
    expect(hurried(0) / hurried(1)).toBeCloseTo(7, 6)
    expect(hurried(1) / hurried(2)).toBeCloseTo(7, 6)
    expect(hurried(2) / hurried(24)).toBeCloseTo(60 / 7, 6)
  })

  it('is 97.5 % of the chance an hour at first, and 2.9 % of it is a number worked out by hand', () => {
    // ½ × ln 7 + ½ × ln 2 / 168 = 0.97296 + 0.00206 = 0.97502 per hour; × 3 % chance × 1
    expect(decay(0).losing).toBeCloseTo(0.97502, 5)
    expect(value()).toBeCloseTo(0.0292506, 6)
    expect(value({}, rates)).toBeCloseTo(8_518_518.5185 * 0.0912 * 0.975018, -2)
  })

  it('adds a promise that is due, and what unanswered attempts leave', () => {
    // in contact: ln 2 / 168 = 0.0041259; callback due: + ln 7 = 1.9459101
    expect(valueLostPerHour(spoken(), none).value).toBeCloseTo(0.03 * 0.0041259, 8)
    expect(valueLostPerHour(spoken({ nextStepAt: ago(MINUTE) }), none).value).toBeCloseTo(0.03 * 1.950036, 6)
    expect(valueLostPerHour(spoken({ nextStepAt: ago(25 * HOUR) }), none).value).toBeCloseTo(0.03 * 0.1041259, 7)
    // two attempts: 0.36 × (0.0041259 + ln(60/7)/22 = 0.0976561)
    expect(valueLostPerHour(spoken({ nextStepAt: ago(MINUTE), attempts: 2 }), none).value).toBeCloseTo(0.03 * 0.36 * 0.101782, 8)
  })

  it('counts an SLA from half of its time on, fully when broken', () => {
    const sla = { startedAt: ago(10 * MINUTE), dueAt: new Date(NOW.getTime() + 10 * MINUTE) }
    const with_ = (minutes: number) => valueLostPerHour(lead({ askedAt: ago(10 * MINUTE), cameInAt: ago(10 * MINUTE), now: new Date(NOW.getTime() + minutes * MINUTE), sla }), none).factors.sla
    expect([with_(0), with_(5), with_(10), with_(30), with_(25 * 60)].map((rate) => Math.round(rate * 1000) / 1000)).toEqual([0, 0.973, 1.946, 1.946, 0.1])
  })
})

describe('why, and when', () => {
  const reason = (signals: QueueSignals) => valueLostPerHour(signals, none)
  it.each([
    ['fresh', lead()], ['open', spoken()], ['callback', spoken({ nextStepAt: ago(MINUTE) })], ['retry', spoken({ attempts: 1 })], ['retry', spoken({ attempts: 2, nextStepAt: ago(MINUTE) })],
    ['back', spoken({ snoozedUntil: ago(MINUTE) })], ['sla_breached', lead({ askedAt: ago(HOUR), sla: { startedAt: ago(HOUR), dueAt: ago(MINUTE) } })],
    ['sla_due', lead({ askedAt: ago(2 * HOUR), sla: { startedAt: ago(2 * HOUR), dueAt: new Date(NOW.getTime() + 5 * MINUTE) } })],
  ] as const)('%s', (wanted, signals) => {
    expect(reason(signals).reason).toBe(wanted)
  })

  it('stays out until its moment and is valued as of then', () => {
    const at = new Date(NOW.getTime() + 3 * HOUR)
    const resting = reason(spoken({ nextStepAt: at }))
    expect(resting).toMatchObject({ restsUntil: at, revalueAt: at, reason: 'callback' })
    expect(resting.value).toBeCloseTo(reason(spoken({ now: at, nextStepAt: at })).value, 12)
  })

  it('has its turn again the next day, unless they ask again before', () => {
    const turn = new Date(NOW.getTime() + 14 * HOUR)
    expect(reason(spoken({ lastContactAt: ago(HOUR), turnOverAt: turn })).restsUntil).toEqual(turn)
    expect(reason(spoken({ lastContactAt: ago(HOUR), turnOverAt: turn, askedAt: ago(MINUTE) }))).toMatchObject({ restsUntil: null, reason: 'fresh' })
  })
})

const signals = fc.record({
  stage: fc.constantFrom('inquiry', 'qualified', 'graded'), grade: fc.constantFrom('A', 'B', 'C', 'D', null), waited: fc.integer({ min: 0, max: 60 * 24 * HOUR }),
  attempts: fc.integer({ min: 0, max: 9 }), spoke: fc.option(fc.integer({ min: 0, max: 50 * 24 * HOUR }), { nil: null }),
}).map(({ stage, grade, waited, attempts, spoke }) => lead({
  stage: stage as 'inquiry', grade: grade as 'A' | null, cameInAt: ago(waited), askedAt: ago(waited), attempts: spoke === null ? 0 : attempts, lastContactAt: spoke === null ? null : ago(Math.min(spoke, waited)),
}))
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9))
const holds = (property: fc.IProperty<unknown>) => { fc.assert(property, { seed, numRuns: 500 }) }

describe(`always (seed ${String(seed)})`, () => {
  const of = (each: QueueSignals) => valueLostPerHour(each, rates).value

  it('a callback that is due, an SLA that is broken and a better chance never move a lead back; one more attempt never forward', () => {
    holds(fc.property(signals, fc.integer({ min: 0, max: 200 * HOUR }), (each, late) => {
      const plain = of(each)
      return of({ ...each, attempts: 0, nextStepAt: ago(late) }) > of({ ...each, attempts: 0 }) && of({ ...each, sla: { startedAt: ago(late + HOUR), dueAt: ago(late) } }) > plain
        && of({ ...each, attempts: each.attempts + 1 }) < plain && of({ ...each, stage: 'graded', grade: 'A' }) >= of({ ...each, stage: 'inquiry' })
    }))
  })

  it('within the first five minutes waiting moves nobody behind one who came later; after it the newer goes first', () => {
    holds(fc.property(fc.integer({ min: 0, max: 5 * MINUTE }), fc.integer({ min: 0, max: 90 * 24 * HOUR }), (early, more) => {
      const waited = (ms: number) => of(lead({ askedAt: ago(ms), cameInAt: ago(ms) }))
      return waited(early) === waited(0) && waited(5 * MINUTE + more) <= waited(early) && waited(5 * MINUTE + more + HOUR) < waited(5 * MINUTE + more)
    }))
  })

  it('a number that is never negative, is valued again later, and is told by its factors', () => {
    holds(fc.property(signals, (each) => {
      const place = valueLostPerHour(each, rates)
      const { amount, chance, attemptsLeave, losing, left, callback, sla } = place.factors
      return place.value >= 0 && place.revalueAt > each.now && place.value === amount * chance * attemptsLeave * (losing + left * (callback + sla))
    }))
  })
})
