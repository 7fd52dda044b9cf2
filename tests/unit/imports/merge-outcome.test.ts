import { describe, expect, it } from 'vitest'
import { mergeOutcome, type ImportedOutcome } from '~/domain/leads/merge-outcome'
import { startState, type StageState } from '~/domain/leads/stage-state'

const day = (n: number) => new Date(Date.UTC(2024, 0, n))
const now = day(30)
const said = (more: Partial<ImportedOutcome>): ImportedOutcome =>
  ({ qualifiedAt: null, gradedAt: null, grade: null, wonAt: null, lostAt: null, lostReason: null, amount: null, currency: null, ...more })
const fresh = startState(day(1), true)
const merged = (before: StageState, more: Partial<ImportedOutcome>) => mergeOutcome(before, said(more), now)

describe('an imported outcome over a stage', () => {
  it('takes a lead through all that the row says, in order', () => {
    const { state, moves } = merged(fresh, { qualifiedAt: day(2), gradedAt: day(3), grade: 'B', wonAt: day(4), amount: 500n, currency: 'EUR' })
    expect(moves.map(({ to }) => to)).toEqual(['qualified', 'graded', 'won'])
    expect(state).toMatchObject({ stage: 'won', qualifiedAt: day(2), gradedAt: day(3), grade: 'B', wonAt: day(4), wonAmount: 500n, wonCurrency: 'EUR', isImported: true })
  })
  it('says the same again without a move', () => {
    const once = merged(fresh, { wonAt: day(4), amount: 500n, currency: 'EUR' }).state
    expect(merged(once, { wonAt: day(4), amount: 500n, currency: 'EUR' }).moves).toEqual([])
    expect(merged(once, { wonAt: day(4) }).moves).toEqual([])
  })
  it('corrects what was imported, and leaves what was done by hand', () => {
    const imported = merged(fresh, { wonAt: day(4) }).state
    expect(merged(imported, { wonAt: day(5) }).state.wonAt).toEqual(day(5))
    const byHand = { ...imported, isImported: false }
    expect(merged(byHand, { wonAt: day(5) })).toMatchObject({ moves: [], state: { wonAt: day(4) } })
  })
  it('never goes back: a won lead is not lost by a file, and keeps its stage when an earlier one is told late', () => {
    const won = merged(fresh, { wonAt: day(4) }).state
    expect(merged(won, { lostAt: day(6) })).toMatchObject({ refused: true, moves: [], state: { stage: 'won' } })
    expect(merged(won, { qualifiedAt: day(2) }).state).toMatchObject({ stage: 'won', qualifiedAt: day(2), wonAt: day(4) })
  })
  it('a lost lead may still be won', () => {
    const lost = merged(fresh, { lostAt: day(3), lostReason: 'price' }).state
    expect(lost).toMatchObject({ stage: 'lost', lostFrom: 'inquiry', lostReason: 'price' })
    expect(merged(lost, { wonAt: day(9) }).state).toMatchObject({ stage: 'won', lostAt: null })
  })
  it('a grade without a date stands on the day of the outcome, else now', () => {
    expect(merged(fresh, { grade: 'A', wonAt: day(4) }).state.gradedAt).toEqual(day(4))
    expect(merged(fresh, { grade: 'A' }).state.gradedAt).toEqual(now)
  })
})
