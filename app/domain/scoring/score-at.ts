import type { Cell, ScoreGroup } from './vocabulary'

/** What of a line decides its worth at a moment. */
export type Decaying = { points: number; at: Date; halfLifeDays: number | null; expiresAt: Date | null }
export type Score = { fit: number; interest: number; total: number }

const DAY_MS = 86_400_000
// No half-life gives a worth this near to a half that is not one: it keeps `pow` of two libraries from disagreeing.
const HALF = 0.5 + 1e-9

/**
 * What a line is worth at a moment, in whole points: halved for each half-life in whole days since it happened, rounded
 * half away from zero; nothing from its end on. `clew_score.worth` in SQL says the same.
 */
export function worthAt({ points, at, halfLifeDays, expiresAt }: Decaying, now: Date): number {
  if (expiresAt !== null && now >= expiresAt) return 0
  if (halfLifeDays === null) return points
  const days = Math.max(0, Math.floor((now.getTime() - at.getTime()) / DAY_MS))
  const worth = Math.floor(Math.abs(points) * 2 ** (-days / halfLifeDays) + HALF)
  return points < 0 && worth !== 0 ? -worth : worth
}

/** The sum of lines at a moment: what is shown is the sum of what is shown. */
export function scoreAt(lines: readonly (Decaying & { group: ScoreGroup })[], now: Date): Score {
  const [fit, interest] = (['fit', 'interest'] as const).map((group) => lines.reduce((sum, line) => (line.group === group ? sum + worthAt(line, now) : sum), 0))
  return { fit: fit ?? 0, interest: interest ?? 0, total: (fit ?? 0) + (interest ?? 0) }
}

/** The cell of a score: each group by its thresholds, 1 is best. */
export function cellOf({ fit, interest }: Pick<Score, 'fit' | 'interest'>, thresholds: { fit: readonly number[]; interest: readonly number[] }): Cell {
  const rank = (points: number, from: readonly number[]) => from.filter((least) => points < least).length + 1
  return (rank(fit, thresholds.fit) * 10 + rank(interest, thresholds.interest)) as Cell
}
