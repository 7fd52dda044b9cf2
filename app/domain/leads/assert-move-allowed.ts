import { DomainError } from '../kernel'
import { isOpenStage, rankOf, type StageState } from './stage-state'
import { correctionReasons, lostReasons, returnReasons, type ChecklistAnswer, type ChecklistItem, type Grade, type Stage, type Verdict } from './vocabulary'

export type Checklist = Record<ChecklistItem, ChecklistAnswer>
export type MoveFacts = { state: StageState; verdict: Verdict; hasTwoWayContact: boolean; checklist: Checklist }
export type MoveWish = {
  to: Stage
  reason?: string
  grade?: Grade
  amount?: bigint
  currency?: string
  month?: string
  day?: string
  isImported: boolean
}

/** What the wish says beyond the target stage: the same stage again with other facts is a correction. */
export function changesNothing(state: StageState, wish: MoveWish): boolean {
  if (state.stage !== wish.to) return false
  if (wish.to === 'lost') return wish.reason === undefined || wish.reason === state.lostReason
  if (wish.to === 'won') return same(wish.amount, state.wonAmount) && same(wish.currency, state.wonCurrency)
  if (wish.to !== 'graded') return true
  return same(wish.grade, state.grade) && same(wish.amount, state.expectedAmount) && same(wish.currency, state.expectedCurrency) && same(wish.month, state.expectedMonth)
}

const same = <T>(wished: T | undefined, is: T | null): boolean => wished === undefined || wished === is

/** The funnel's rules (product.md, "The funnel, exactly"). Refuses with the one thing that is missing. */
export function assertMoveAllowed(facts: MoveFacts, wish: MoveWish): void {
  if (wish.isImported) return
  if (facts.verdict === 'junk') throw new DomainError('lead-junk')
  needs[wish.to](facts, wish)
  const { state } = facts
  if (state.stage === wish.to) return assertCorrection(state, wish)
  const isReturn = !isOpenStage(state.stage) || rankOf(wish.to) < rankOf(state.stage, state.lostFrom)
  if (isReturn && wish.to !== 'lost' && !isOneOf(returnReasons, wish.reason)) throw missing('reason-missing', 'reason')
}

const needs: Record<Stage, (facts: MoveFacts, wish: MoveWish) => void> = {
  inquiry: () => undefined,
  qualified: ({ state, hasTwoWayContact, checklist }) => {
    if (state.qualifiedAt !== null) return
    if (!hasTwoWayContact) throw new DomainError('two-way-contact-missing')
    if (!isQualifying(checklist)) throw new DomainError('checklist-incomplete')
  },
  graded: (_facts, wish) => {
    if (wish.grade === undefined) throw missing('grade-missing', 'grade')
    if (wish.amount === undefined) throw missing('amount-missing', 'amount')
    if (wish.currency === undefined) throw missing('amount-missing', 'currency')
    if (wish.grade !== 'D' && wish.month === undefined) throw missing('month-missing', 'month')
  },
  won: (_facts, wish) => {
    if (wish.amount === undefined) throw missing('amount-missing', 'amount')
    if (wish.currency === undefined) throw missing('amount-missing', 'currency')
    if (wish.day === undefined) throw missing('day-missing', 'day')
  },
  lost: (_facts, wish) => {
    if (!isOneOf(lostReasons, wish.reason)) throw missing('reason-missing', 'reason')
  },
}

/** Need and at least one more of budget, authority and timing. */
export function isQualifying({ need, budget, authority, timing }: Checklist): boolean {
  return need === 'yes' && [budget, authority, timing].includes('yes')
}

/** A signed amount is corrected with a reason; a grade is an estimate and may be put anew. */
function assertCorrection(state: StageState, wish: MoveWish): void {
  if (state.stage === 'won' && !isOneOf(correctionReasons, wish.reason)) throw missing('reason-missing', 'reason')
}

const isOneOf = (list: readonly string[], value: string | undefined): boolean => value !== undefined && list.includes(value)
const missing = (code: 'reason-missing' | 'grade-missing' | 'amount-missing' | 'month-missing' | 'day-missing', field: string) =>
  new DomainError(code, { fields: { [field]: ['required'] } })
