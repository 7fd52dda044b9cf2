import { describe, expect, it } from 'vitest'
import { assertMoveAllowed, changesNothing, isQualifying, type MoveFacts, type MoveWish } from '~/domain/leads/assert-move-allowed'
import { afterMove, foldMoves, startState, type StageMove, type StageState } from '~/domain/leads/stage-state'
import { effectiveMoves } from '~/domain/leads/undo-move'
import type { Stage } from '~/domain/leads/vocabulary'
import { newId } from '~/lib/ids'

const day = (n: number) => new Date(Date.UTC(2024, 4, n))
const move = (to: Stage, n: number, more: Partial<StageMove> = {}): StageMove => ({
  to, at: day(n), reason: null, grade: null, amount: null, currency: null, month: null, isImported: false, ...more,
})
const state = (...moves: StageMove[]): StageState => foldMoves(startState(day(1)), moves)

describe('state after moves', () => {
  const cases: [string, StageMove[], Partial<StageState>][] = [
    ['stands at inquiry', [], { stage: 'inquiry', enteredAt: day(1), qualifiedAt: null }],
    ['keeps the first entry', [move('qualified', 2), move('graded', 3), move('qualified', 4), move('graded', 5)], { stage: 'graded', qualifiedAt: day(2), gradedAt: day(3), enteredAt: day(5) }],
    ['skips without inventing', [move('won', 2, { amount: 5n, currency: 'CNY' })], { stage: 'won', wonAt: day(2), wonAmount: 5n, qualifiedAt: null, gradedAt: null }],
    ['a win taken back is none', [move('won', 2, { amount: 5n, currency: 'CNY' }), move('graded', 3, { grade: 'B' })], { wonAt: null, wonAmount: null, wonCurrency: null, grade: 'B' }],
    ['a loss says where', [move('qualified', 2), move('lost', 3, { reason: 'price' })], { lostFrom: 'qualified', lostAt: day(3), lostReason: 'price', qualifiedAt: day(2) }],
    ['another reason keeps the time and place', [move('qualified', 2), move('lost', 3, { reason: 'price' }), move('lost', 4, { reason: 'timing' })], { lostFrom: 'qualified', lostAt: day(3), lostReason: 'timing' }],
    ['a win keeps the grade', [move('graded', 2, { grade: 'A', amount: 9n, currency: 'CNY', month: '2024-06' }), move('won', 3, { amount: 8n, currency: 'CNY' })], { grade: 'A', expectedAmount: 9n, wonAmount: 8n }],
  ]
  it.each(cases)('%s', (_name, moves, expected) => {
    expect(state(...moves)).toMatchObject(expected)
  })

  it('a lost lead that is lost again has a later time only when it was open between', () => {
    const lost = state(move('lost', 3, { reason: 'price' }), move('inquiry', 4), move('lost', 6, { reason: 'price' }))
    expect(lost).toMatchObject({ lostAt: day(6), lostFrom: 'inquiry' })
    expect(afterMove(lost, move('won', 7, { amount: 1n, currency: 'EUR' }))).toMatchObject({ lostAt: null, lostReason: null, wonAt: day(7) })
  })
})

describe('rules', () => {
  const none = { need: 'unknown', budget: 'unknown', authority: 'unknown', timing: 'unknown' } as const
  const facts = (more: Partial<MoveFacts> = {}): MoveFacts => ({ state: state(), verdict: 'valid', hasTwoWayContact: false, checklist: none, ...more })
  const ready = { hasTwoWayContact: true, checklist: { ...none, need: 'yes', timing: 'yes' } } as const
  const graded: MoveWish = { to: 'graded', grade: 'C', amount: 1n, currency: 'CNY', month: '2024-09', isImported: false }
  const won: MoveWish = { to: 'won', amount: 1n, currency: 'CNY', day: '2024-05-01', isImported: false }
  const to = (stage: Stage, more: Partial<MoveWish> = {}): MoveWish => ({ to: stage, isImported: false, ...more })
  const lost = state(move('qualified', 2), move('lost', 3, { reason: 'price' }))

  const table: [string, MoveFacts, MoveWish, string | null][] = [
    ['qualified without contact', facts(), to('qualified'), 'two-way-contact-missing'],
    ['qualified without checklist', facts({ hasTwoWayContact: true }), to('qualified'), 'checklist-incomplete'],
    ['qualified', facts(ready), to('qualified'), null],
    ['graded without a grade', facts(), { ...graded, grade: undefined }, 'grade-missing'],
    ['graded without an amount', facts(), { ...graded, amount: undefined }, 'amount-missing'],
    ['graded without a currency', facts(), { ...graded, currency: undefined }, 'amount-missing'],
    ['graded C without a month', facts(), { ...graded, month: undefined }, 'month-missing'],
    ['graded D without a month', facts(), { ...graded, grade: 'D', month: undefined }, null],
    ['graded by a skip', facts(), graded, null],
    ['won without a day', facts(), { ...won, day: undefined }, 'day-missing'],
    ['won without an amount', facts(), { ...won, amount: undefined }, 'amount-missing'],
    ['won by a skip', facts(), won, null],
    ['lost without a reason', facts(), to('lost'), 'reason-missing'],
    ['lost with a reason of nobody’s', facts(), to('lost', { reason: 'bored' }), 'reason-missing'],
    ['lost', facts(), to('lost', { reason: 'price' }), null],
    ['back without a reason', facts({ state: state(move('graded', 2)) }), to('inquiry'), 'reason-missing'],
    ['back with a reason', facts({ state: state(move('graded', 2)) }), to('inquiry', { reason: 'mistake' }), null],
    ['back to qualified that never was', facts({ state: state(move('graded', 2)) }), to('qualified', { reason: 'mistake' }), 'two-way-contact-missing'],
    ['reopened without a reason', facts({ state: lost }), to('qualified'), 'reason-missing'],
    ['reopened where it had been qualified', facts({ state: lost }), to('qualified', { reason: 'came_back' }), null],
    ['a lost lead won after all', facts({ state: lost }), { ...won, reason: 'came_back' }, null],
    ['another amount without a reason', facts({ state: state(move('won', 2, { amount: 5n, currency: 'CNY' })) }), won, 'reason-missing'],
    ['junk', facts({ verdict: 'junk', ...ready }), to('qualified'), 'lead-junk'],
    ['history', facts({ verdict: 'junk' }), to('won', { isImported: true }), null],
  ]
  it.each(table)('%s', (_name, given, wish, code) => {
    const refused = (() => { try { assertMoveAllowed(given, wish); return null } catch (error) { return (error as { code: string }).code } })()
    expect(refused).toBe(code)
  })

  it('the same again is no change; other facts are', () => {
    const is = state(move('graded', 2, { grade: 'C', amount: 1n, currency: 'CNY', month: '2024-09' }))
    expect(changesNothing(is, graded)).toBe(true)
    expect(changesNothing(is, { ...graded, grade: 'B' })).toBe(false)
    expect(changesNothing(is, won)).toBe(false)
    expect(changesNothing(lost, to('lost', { reason: 'timing' }))).toBe(false)
    expect(changesNothing(lost, to('lost', { reason: 'price' }))).toBe(true)
  })

  it('need and one more', () => {
    expect(isQualifying({ ...none, need: 'yes' })).toBe(false)
    expect(isQualifying({ need: 'no', budget: 'yes', authority: 'yes', timing: 'yes' })).toBe(false)
    expect(isQualifying({ ...none, need: 'yes', authority: 'yes' })).toBe(true)
  })
})

it('moves that were taken back, and what took them back, do not stand', () => {
  const [a, b, c] = [newId('mov'), newId('mov'), newId('mov')]
  expect(effectiveMoves([{ id: a, undoes: null }, { id: b, undoes: null }, { id: c, undoes: b }]).map(({ id }) => id)).toEqual([a])
})
