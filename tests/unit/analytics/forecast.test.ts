import { describe, expect, it } from 'vitest'
import { backTest } from '~/domain/analytics/forecast/back-test'
import { localDay, monthAfter } from '~/domain/analytics/forecast/months'
import { openLines, weightedOf, wonLines } from '~/domain/analytics/forecast/open-lines'
import { stateBefore, type KnownMove, type Path } from '~/domain/analytics/forecast/paths'
import { learnStepRates } from '~/domain/analytics/forecast/step-rates'
import { bucketOf } from '~/domain/analytics/forecast/sum-months'
import { newId } from '~/lib/ids'
import { localDate } from '~/lib/period'
import { seeded } from '~/lib/seeded'

const zone = 'Asia/Shanghai'
/** A moment of Shanghai. */
const at = (text: string) => new Date(`2026-${text}:00+08:00`)
const move = (to: KnownMove['to'], when: string, more: Partial<KnownMove> = {}): KnownMove => ({
  to, at: at(when), knownAt: at(when), undoneAt: null, reason: null, grade: null, amount: null, currency: null, month: null, isImported: false, ...more,
})
const graded = (when: string, grade: 'A' | 'B' | 'C' | 'D', amount: bigint, month: string | null, more: Partial<KnownMove> = {}) => move('graded', when, { grade, amount, currency: 'CNY', month, ...more })
const won = (when: string, amount: bigint, more: Partial<KnownMove> = {}) => move('won', when, { amount, currency: 'CNY', ...more })
const lead = (cameIn: string, moves: KnownMove[], more: Partial<Path> = {}): Path => ({
  leadId: newId('lead'), ownerId: null, channelId: null, lineId: newId('pl'), cameInAt: at(cameIn), isImported: false, junkAt: null, mine: true, moves, ...more,
})
const learned = (paths: Path[], moment: Date) => learnStepRates(paths, [], { moment, timeZone: zone, end: '2026-12-31' })
const open = (paths: Path[], when: Date, current: string) => openLines(paths, learned(paths, when), { moment: when, current, timeZone: zone })

describe('months', () => {
  it('go on over the end of a year', () => {
    expect([monthAfter('2026-11', 2), monthAfter('2026-01', -1), monthAfter('2026-11', 14), monthAfter('2026-12', 0)]).toEqual(['2027-01', '2025-12', '2028-01', '2026-12'])
    expect([bucketOf('2027-10', '2026-11'), bucketOf('2027-11', '2026-11')]).toEqual(['2027-10', 'later'])
  })
})

describe('what was known', () => {
  it('a move undone later stood until then', () => {
    const path = lead('05-01T09:00', [move('qualified', '05-02T09:00'), graded('05-31T22:00', 'A', 100n, '2026-06', { undoneAt: at('06-01T10:00') })])
    expect(stateBefore(path, at('06-01T00:00'))).toMatchObject({ stage: 'graded', expectedAmount: 100n })
    expect(stateBefore(path, at('07-01T00:00'))).toMatchObject({ stage: 'qualified', expectedAmount: null })
  })

  it('a lost lead that was reopened was lost until then', () => {
    const path = lead('04-01T09:00', [graded('04-02T09:00', 'B', 100n, '2026-08'), move('lost', '05-10T09:00', { reason: 'budget' }), graded('06-10T09:00', 'B', 90n, '2026-09')])
    expect(open([path], at('06-01T00:00'), '2026-06')).toEqual([])
    expect(open([path], at('07-01T00:00'), '2026-07')).toMatchObject([{ amount: 90n, month: '2026-09' }])
  })

  it('a win dated back is known when it was recorded, history that was imported on its own day', () => {
    const late = lead('05-01T09:00', [graded('05-02T09:00', 'A', 100n, '2026-06'), won('06-20T00:00', 100n, { knownAt: at('07-05T09:00') })])
    expect(open([late], at('07-01T00:00'), '2026-07')).toHaveLength(1)
    expect(open([late], at('08-01T00:00'), '2026-08')).toEqual([])
    expect(wonLines([late], at('08-01T00:00'), zone)).toMatchObject([{ month: '2026-06', amount: 100n }])
  })

  it('junk counts until it is found to be junk; what the viewer may not see never', () => {
    const path = lead('05-01T09:00', [graded('05-02T09:00', 'A', 100n, null)], { junkAt: at('06-15T09:00') })
    expect(open([path], at('06-01T00:00'), '2026-06')).toHaveLength(1)
    expect(open([path], at('07-01T00:00'), '2026-07')).toEqual([])
    expect(open([{ ...path, mine: false }], at('06-01T00:00'), '2026-06')).toEqual([])
  })
})

describe('the month of a lead', () => {
  it('is the one expected; one that is over rolls into the current', () => {
    const paths = [lead('05-01T09:00', [graded('05-02T09:00', 'A', 100n, '2026-09')]), lead('05-01T09:00', [graded('05-02T09:00', 'A', 100n, '2026-05')])]
    expect(open(paths, at('07-10T09:00'), '2026-07').map(({ month, overdue, said }) => [month, overdue, said])).toEqual([['2026-09', false, '2026-09'], ['2026-07', true, '2026-05']])
  })

  it('without one it is that of the median time from the step: B 90 days assumed, own from five wins on', () => {
    const one = lead('06-01T09:00', [graded('06-20T23:30', 'B', 100n, null)])
    expect(open([one], at('07-01T00:00'), '2026-07')).toMatchObject([{ month: '2026-09', said: null, overdue: false }])
    // Five wins 1, 2, 3, 4 and 50 days after B: the median is 3 days, so 20 June is 23 June, which is over.
    const wins = [1, 2, 3, 4, 50].map((days) => lead('01-01T09:00', [graded('02-01T09:00', 'B', 1n, null), won('02-01T09:00', 1n, { at: new Date(at('02-01T09:00').getTime() + days * 86_400_000) })]))
    expect(learned(wins, at('07-01T00:00')).B).toMatchObject({ medianDays: 3, medianIsOwn: true })
    expect(open([...wins, one], at('07-01T00:00'), '2026-07')).toMatchObject([{ month: '2026-07', overdue: true }])
  })

  it('a win at the last minute of a month is of the organisation’s month', () => {
    const paths = [lead('05-01T09:00', [won('06-30T23:59', 1n)]), lead('05-01T09:00', [won('07-01T00:00', 2n)])]
    expect(wonLines(paths, at('08-01T00:00'), zone).map(({ month }) => month)).toEqual(['2026-06', '2026-07'])
    expect(wonLines(paths, at('08-01T00:00'), 'Europe/Berlin').map(({ month }) => month)).toEqual(['2026-06', '2026-06'])
  })
})

describe('rates', () => {
  it('are of those that entered long enough ago, drawn towards the prior as by 20 leads', () => {
    // Four wins at most: 180 days. On 1 October that is before 4 April: 2 entered, 1 won; the third entered in June.
    const paths = [
      lead('01-01T09:00', [move('qualified', '02-01T09:00'), won('03-01T09:00', 1n)]), lead('01-01T09:00', [move('qualified', '04-03T09:00')]),
      lead('01-01T09:00', [move('qualified', '06-01T09:00'), won('07-01T09:00', 1n)]),
    ]
    const { qualified } = learned(paths, at('10-01T00:00'))
    expect(qualified).toMatchObject({ won: 1, of: 2, horizonDays: 180, few: true, prior: 0.15 })
    expect(qualified.chance).toBeCloseTo(4 / 22, 12)
  })

  it('nine in ten wins decide what is long enough, from five wins on', () => {
    // Wins after 10, 20, 30, 40, 50 days: the 90th percentile is 46. On 1 October: entered before 16 August.
    const wins = [10, 20, 30, 40, 50].map((days) => lead('01-01T09:00', [graded('02-01T09:00', 'A', 1n, null), won('02-01T09:00', 1n, { at: new Date(at('02-01T09:00').getTime() + days * 86_400_000) })]))
    const still = [lead('01-01T09:00', [graded('08-15T23:59', 'A', 1n, null)]), lead('01-01T09:00', [graded('08-16T00:00', 'A', 1n, null)])]
    expect(learned([...wins, ...still], at('10-01T00:00')).A).toMatchObject({ won: 5, of: 6, horizonDays: 46, horizonIsOwn: true })
  })

  it('a regraded lead entered both grades; a win that was taken back is none', () => {
    const path = lead('01-01T09:00', [graded('01-02T09:00', 'B', 1n, null), graded('01-03T09:00', 'A', 1n, null), won('01-05T09:00', 1n, { undoneAt: at('01-05T10:00') })])
    const rates = learned([path], at('10-01T00:00'))
    expect([rates.A, rates.B, rates.C].map(({ won: n, of }) => [n, of])).toEqual([[0, 1], [0, 1], [0, 0]])
  })

  it('inquiries are divided by all that came in, junk left out as far as it was known', () => {
    const arrivals = [{ day: '2026-01-10', junk: null, n: 40 }, { day: '2026-01-11', junk: '2026-01-12', n: 9 }, { day: '2026-01-12', junk: '2026-11-01', n: 1 }, { day: '2026-09-01', junk: null, n: 500 }]
    const paths = [lead('01-10T09:00', [won('02-01T09:00', 1n)])]
    expect(learnStepRates(paths, arrivals, { moment: at('10-01T00:00'), timeZone: zone, end: '2026-10-01' }).inquiry).toMatchObject({ won: 1, of: 41 })
  })
})

describe('amounts', () => {
  it('are whole minor units, half up, whatever the currency has', () => {
    expect([weightedOf(1_001n, 0.5), weightedOf(1_001n, 0.15), weightedOf(0n, 0.5), weightedOf(9_007_199_254_740_993n, 0.5)]).toEqual([501n, 150n, 0n, 4_503_599_627_370_497n])
  })
})

describe('the back-test', () => {
  // On 1 April one lead of A (chance .5, assumed) is expected in April with 1,000: forecast 500, band 0 to 1,000.
  const seen = lead('03-01T09:00', [graded('03-10T09:00', 'A', 1_000n, '2026-04'), won('04-20T09:00', 800n)])
  const tested = (paths: Path[], now = at('06-10T09:00'), firstDay = '2026-03-01') =>
    backTest({ paths, arrivals: [{ day: firstDay, junk: null, n: paths.length }], now, current: `2026-${String(now.getUTCMonth() + 1).padStart(2, '0')}`, timeZone: zone, currency: 'CNY' })

  it('by hand: (500 − 800) / 800, inside the band; what came later was not foreseen', () => {
    const unseen = lead('04-05T09:00', [won('04-25T09:00', 200n)])
    const { months, mape, inside, of, enough } = tested([seen])
    expect(months).toEqual([{ month: '2026-04', forecast: 500n, low: 0n, high: 1_000n, won: 800n, unseen: 0n, error: -0.375, inside: true }])
    expect({ mape, inside, of, enough }).toEqual({ mape: 0.375, inside: 1, of: 1, enough: false })
    expect(tested([seen, unseen]).months).toMatchObject([{ won: 1_000n, unseen: 200n, error: -0.5 }])
    const large = lead('04-05T09:00', [won('04-25T09:00', 201n)])
    expect(tested([seen, large]).months).toMatchObject([{ won: 1_001n, inside: false }])
  })

  it('uses nothing known later: a grade raised in April, a lead of April, a loss of April', () => {
    const raised = { ...seen, moves: [seen.moves[0]!, graded('04-02T09:00', 'B', 9_000n, '2026-09'), seen.moves[1]!] }
    const lost = lead('03-01T09:00', [graded('03-10T09:00', 'D', 5_000n, '2026-12'), move('lost', '04-03T09:00', { reason: 'budget' })])
    expect(tested([raised, lost]).months.filter(({ month }) => month === '2026-04')).toMatchObject([{ forecast: 500n, won: 800n }])
  })

  it('a month without a win has no error and is counted apart', () => {
    const waiting = lead('03-01T09:00', [graded('03-10T09:00', 'A', 1_000n, '2026-05')])
    const { months, withoutWins, mape } = tested([waiting])
    expect(months.map(({ month, forecast, error, inside }) => [month, forecast, error, inside])).toEqual([['2026-04', 0n, null, true], ['2026-05', 500n, null, true]])
    expect({ withoutWins, mape }).toEqual({ withoutWins: 2, mape: null })
  })

  it('nothing is tested before the first lead, nor the month that runs', () => {
    expect(tested([seen], at('04-25T09:00')).months).toEqual([])
    expect(tested([], at('06-10T09:00')).months).toEqual([])
  })
})

it('days are those of the zone, also where a day has 23 or 25 hours, half an hour east, or the zone leaves a day out', () => {
  const random = seeded(20_261_122)
  for (const timeZone of ['Asia/Shanghai', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Apia', 'Pacific/Kiritimati', 'UTC']) {
    for (let n = 0; n < 200; n += 1) {
      const moment = new Date(Date.UTC(2011, 11, 20) + Math.floor(random() * 16 * 365 * 86_400_000))
      expect(localDay(moment, timeZone), `${timeZone} ${moment.toISOString()}`).toBe(localDate(moment, timeZone))
    }
    for (const moment of ['2026-03-29T00:59:59Z', '2026-03-29T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z', '2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z'].map((text) => new Date(text))) expect(localDay(moment, timeZone)).toBe(localDate(moment, timeZone))
  }
})
