import { afterMove, isOpenStage, rankOf, type StageMove, type StageState } from './stage-state'
import type { Grade, Stage } from './vocabulary'

/** What a file says became of a lead; absent is null. */
export type ImportedOutcome = {
  qualifiedAt: Date | null
  gradedAt: Date | null
  grade: Grade | null
  wonAt: Date | null
  lostAt: Date | null
  lostReason: string | null
  amount: bigint | null
  currency: string | null
}

/** The state after an imported outcome and the moves that lead there; `refused` where it would go back. */
export type MergedOutcome = { state: StageState; moves: StageMove[]; refused: boolean }

/**
 * Lays an imported outcome over a lead's stage. History fills what is empty and corrects what was imported before;
 * what was done by hand stays. A lead never goes back: a file cannot lose a lead that is won. `now` dates a grade
 * that comes without a date and without anything else in the row.
 */
export function mergeOutcome(before: StageState, outcome: ImportedOutcome, now: Date): MergedOutcome {
  if (outcome.lostAt !== null && before.stage === 'won') return { state: before, moves: [], refused: true }
  const work = { state: before, moves: [] as StageMove[] }
  const gradedAt = outcome.gradedAt ?? (outcome.grade === null ? null : (outcome.wonAt ?? outcome.lostAt ?? outcome.qualifiedAt ?? now))
  reach(work, 'qualified', outcome.qualifiedAt, outcome)
  reach(work, 'graded', before.gradedAt !== null && outcome.gradedAt === null ? null : gradedAt, outcome)
  if (outcome.wonAt !== null) win(work, outcome.wonAt, outcome)
  if (outcome.lostAt !== null) lose(work, outcome.lostAt, outcome)
  return { ...work, refused: false }
}

type Work = { state: StageState; moves: StageMove[] }

function reach(work: Work, stage: 'qualified' | 'graded', at: Date | null, outcome: ImportedOutcome): void {
  if (at === null) return
  const { state } = work
  const field = stage === 'qualified' ? 'qualifiedAt' : 'gradedAt'
  const known = state[field]
  if (known !== null && (!state.isImported || known.getTime() === at.getTime())) return
  const move = moveTo(stage, at, outcome)
  const isForward = isOpenStage(state.stage) && rankOf(stage) > rankOf(state.stage)
  work.moves.push(move)
  work.state = isForward
    ? afterMove(state, move)
    : { ...state, [field]: at, ...(stage === 'graded' ? { grade: outcome.grade ?? state.grade } : {}), isImported: true }
}

function win(work: Work, at: Date, outcome: ImportedOutcome): void {
  const { state } = work
  if (state.stage === 'won' && !state.isImported) return
  const amount = outcome.amount ?? state.wonAmount
  const currency = outcome.amount === null ? state.wonCurrency : outcome.currency
  if (state.stage === 'won' && state.wonAt?.getTime() === at.getTime() && state.wonAmount === amount && state.wonCurrency === currency) return
  const move = { ...moveTo('won', at, outcome), amount, currency }
  work.moves.push(move)
  work.state = afterMove(state, move)
}

function lose(work: Work, at: Date, outcome: ImportedOutcome): void {
  const { state } = work
  const reason = outcome.lostReason ?? state.lostReason
  if (state.stage === 'lost') {
    if (!state.isImported || (state.lostAt?.getTime() === at.getTime() && state.lostReason === reason)) return
    work.moves.push({ ...moveTo('lost', at, outcome), reason })
    work.state = { ...state, lostAt: at, lostReason: reason }
    return
  }
  const move = { ...moveTo('lost', at, outcome), reason }
  work.moves.push(move)
  work.state = afterMove(state, move)
}

const moveTo = (to: Stage, at: Date, outcome: ImportedOutcome): StageMove => ({
  to, at, reason: null, grade: to === 'graded' ? outcome.grade : null, amount: null, currency: null, month: null, isImported: true,
})
