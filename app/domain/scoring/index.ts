/** Scoring: cards, hand-made and learned, and how good they are. Invariant: a score is the sum of lines that anyone can read. */
export { scorecardReport, type Abstains, type ScorecardReport, type ScorecardTask } from './learned/scorecard-report'
export type { Leak, LeakReason } from './learned/find-leaks'
export type { Card, CardLine } from './learned/learn-card'
export type { Decile, Quality } from './learned/quality'
