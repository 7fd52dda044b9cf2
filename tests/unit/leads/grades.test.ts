import { describe, expect, it } from 'vitest'
import { LeadFilter } from '~/domain/leads/contract'
import { gradePoints, suggestByPoints, type GradeFacts } from '~/domain/leads/grades/suggest-points'
import { noRates, type QueueRates } from '~/domain/leads/queue-rates'

const unknown = { need: 'unknown', budget: 'unknown', authority: 'unknown', timing: 'unknown' } as const
const nothing: GradeFacts = { cell: null, checklist: unknown, hasDecisionMaker: false, amount: null }
const none = noRates('CNY')
const withChances = (chances: QueueRates['chances']): QueueRates => ({ ...none, chances })

describe('points', () => {
  it('nothing known is nothing, and said', () => {
    const lines = gradePoints(nothing, none)
    expect(lines.map(({ points }) => points)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(lines.map(({ code }) => code)).toEqual(['fit_none', 'interest_none', 'need_unknown', 'budget_unknown', 'authority_unknown', 'timing_unknown', 'decision_maker_no', 'amount_unknown'])
  })

  it('cell 13: fit 1 is +3, interest 3 is −1; lines sum to the points', () => {
    const { points, because } = suggestByPoints({ ...nothing, cell: 13, checklist: { need: 'yes', budget: 'no', authority: 'unknown', timing: 'yes' }, hasDecisionMaker: true }, none)
    expect(because.map((line) => line.points)).toEqual([3, -1, 2, -3, 0, 3, 2, 0])
    expect(points).toBe(6)
  })

  it('an amount is compared with the average win from 20 wins on, in the organisation’s currency only', () => {
    const rates = { ...none, all: { sum: 20 * 100_000, n: 20 } }
    const of = (amount: bigint, currency = 'CNY', known = rates) => gradePoints({ ...nothing, amount: { amount, currency } }, known).at(-1)
    expect(of(200_000n)).toEqual({ code: 'amount_usual', points: 0 })
    expect(of(200_001n)).toEqual({ code: 'amount_large', points: -2 })
    expect(of(49_999n)).toEqual({ code: 'amount_small', points: 1 })
    expect(of(200_001n, 'EUR')).toEqual({ code: 'amount_unknown', points: 0 })
    expect(of(200_001n, 'CNY', { ...none, all: { sum: 19 * 100_000, n: 19 } })).toEqual({ code: 'amount_unknown', points: 0 })
  })
})

describe('the grade', () => {
  it('by the stated chances: A from 10 points, B from 6, C from 3', () => {
    // Odds: qualified .15/.85 = .17647, A 1, B .42857, C .17647, D .08696. Half way A–B √(1 · .42857) = .65465: 4 + 3 · log2(.65465 / .17647) = 9.67.
    expect(suggestByPoints(nothing, none)).toMatchObject({ grade: 'D', points: 0, from: { A: 10, B: 6, C: 3 } })
    const at = (more: Partial<GradeFacts>) => suggestByPoints({ ...nothing, ...more }, none)
    expect(at({ checklist: { ...unknown, need: 'yes', budget: 'yes' } })).toMatchObject({ grade: 'C', points: 4 })
    expect(at({ checklist: { ...unknown, need: 'yes', budget: 'yes' } }).chance).toBeCloseTo(0.15, 12)
    expect(at({ checklist: { ...unknown, need: 'yes', budget: 'yes' }, hasDecisionMaker: true })).toMatchObject({ grade: 'B', points: 6 })
    // 6 + 2 + 2 + 3 + 2 = 15 points: odds .17647 · 2^(11/3) = 2.2410, a chance of .6915.
    const best = at({ cell: 11, checklist: { need: 'yes', budget: 'yes', authority: 'unknown', timing: 'yes' }, hasDecisionMaker: true })
    expect(best).toMatchObject({ grade: 'A', points: 15 })
    expect(best.chance).toBeCloseTo(0.69145, 4)
    expect(at({ checklist: { ...unknown, need: 'no' } })).toMatchObject({ grade: 'D', points: -6 })
  })

  it('from 20 outcomes a grade has the organisation’s own chance; grades out of order share theirs', () => {
    // A 10 of 40 and B 20 of 40 are out of order: both .375, odds .6. A–B: 4 + 3 · log2(.6 / .17647) = 9.30. B–C: √(.6 · .17647) = .32540: 6.65.
    const { from, chances } = suggestByPoints(nothing, withChances({ A: { won: 10, of: 40 }, B: { won: 20, of: 40 }, C: { won: 19, of: 19 } }))
    expect(from).toEqual({ A: 10, B: 7, C: 3 })
    expect([chances.A.chance, chances.B.chance, chances.C.chance, chances.D.chance]).toEqual([0.375, 0.375, 0.15, 0.08])
    expect([chances.A.isOwn, chances.C.isOwn]).toEqual([true, false])
  })

  it('where half of all qualified leads are won, fewer points are needed', () => {
    // Qualified odds 1: A–B 4 + 3 · log2(.65465) = 2.17.
    expect(suggestByPoints(nothing, withChances({ qualified: { won: 20, of: 40 } })).from.A).toBe(3)
  })

  it('a history of nothing but wins, or none, stays finite', () => {
    for (const won of [0, 30]) {
      const { from, chance } = suggestByPoints(nothing, withChances({ A: { won, of: 30 }, B: { won, of: 30 }, C: { won, of: 30 }, D: { won, of: 30 }, qualified: { won, of: 30 } }))
      expect(Object.values(from).every(Number.isFinite) && chance > 0 && chance < 1).toBe(true)
    }
  })
})

it('the filter of gradings takes its own words only', () => {
  for (const grading of ['any', 'given-A', 'given-A.suggested-B.won', 'right-rep', 'by-mem_01jabcdefghjkmnpqrstvwxyz0.agreed']) expect(LeadFilter.safeParse({ grading }).success, grading).toBe(true)
  for (const grading of ['', 'given-E', "given-A'; drop", 'won.', '.won', 'by-lead_01jabcdefghjkmnpqrstvwxyz0', 'x']) expect(LeadFilter.safeParse({ grading }).success, grading).toBe(false)
})
