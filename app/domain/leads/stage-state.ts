import type { Grade, Stage } from './vocabulary'

/** What `lead_stages` says of a lead. */
export type StageState = {
  stage: Stage
  enteredAt: Date
  qualifiedAt: Date | null
  gradedAt: Date | null
  wonAt: Date | null
  lostAt: Date | null
  lostReason: string | null
  lostFrom: Stage | null
  grade: Grade | null
  expectedAmount: bigint | null
  expectedCurrency: string | null
  expectedMonth: string | null
  wonAmount: bigint | null
  wonCurrency: string | null
  isImported: boolean
}

/** A move as it is kept: what was said of the stage, and when. */
export type StageMove = {
  to: Stage
  at: Date
  reason: string | null
  grade: Grade | null
  amount: bigint | null
  currency: string | null
  month: string | null
  isImported: boolean
}

const ranks: Record<Exclude<Stage, 'lost'>, number> = { inquiry: 0, qualified: 1, graded: 2, won: 3 }

/** How far along the funnel a stage is; lost counts as the stage where the lead died. */
export const rankOf = (stage: Stage, lostFrom: Stage | null = null): number =>
  stage === 'lost' ? ranks[lostFrom === null || lostFrom === 'lost' ? 'inquiry' : lostFrom] : ranks[stage]

export const isOpenStage = (stage: Stage): boolean => stage !== 'won' && stage !== 'lost'

/** A lead before its first move. */
export function startState(cameInAt: Date, isImported = false): StageState {
  return {
    stage: 'inquiry', enteredAt: cameInAt, qualifiedAt: null, gradedAt: null, wonAt: null, lostAt: null, lostReason: null, lostFrom: null,
    grade: null, expectedAmount: null, expectedCurrency: null, expectedMonth: null, wonAmount: null, wonCurrency: null, isImported,
  }
}

/**
 * The state after a move. Qualified and graded stay reached once entered (metrics.md: ever reached, first entry);
 * a win or a loss that is taken back is none.
 */
export function afterMove(before: StageState, move: StageMove): StageState {
  const same = before.stage === move.to
  const base: StageState = { ...before, stage: move.to, enteredAt: same ? before.enteredAt : move.at, isImported: move.isImported }
  if (move.to === 'lost') {
    const lostFrom = same ? before.lostFrom : before.stage
    return { ...base, ...unwon, lostAt: same ? before.lostAt : move.at, lostReason: move.reason, lostFrom }
  }
  const open: StageState = { ...base, ...unlost }
  if (move.to === 'won') {
    return { ...open, ...graded(before, move), wonAt: move.at, wonAmount: move.amount, wonCurrency: move.currency }
  }
  const back: StageState = { ...open, ...unwon }
  if (move.to === 'graded') {
    const expected = { expectedAmount: move.amount, expectedCurrency: move.currency, expectedMonth: move.month }
    return { ...back, ...expected, grade: move.grade, gradedAt: before.gradedAt ?? move.at }
  }
  return move.to === 'qualified' ? { ...back, qualifiedAt: before.qualifiedAt ?? move.at } : back
}

/** The state that a lead's effective moves lead to: how a move is undone. */
export const foldMoves = (start: StageState, moves: readonly StageMove[]): StageState => moves.reduce(afterMove, start)

const unwon = { wonAt: null, wonAmount: null, wonCurrency: null }
const unlost = { lostAt: null, lostReason: null, lostFrom: null }
const graded = (before: StageState, move: StageMove) => ({ grade: move.grade ?? before.grade })
