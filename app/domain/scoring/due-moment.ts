import { cellOf, scoreAt, worthAt, type Decaying } from './score-at'
import type { CardTerms } from './card-terms'
import type { ScoreGroup } from './vocabulary'

type Line = Decaying & { group: ScoreGroup }
type Step = { at: number; group: ScoreGroup; by: number }
const DAY_MS = 86_400_000
/** Nobody looks further ahead; then one looks again. */
const HORIZON_DAYS = 400

/**
 * The first moment after `now` at which lines that only decay and end put a lead into another cell; the end of the
 * horizon where something still decays then, and null where nothing changes any more.
 */
export function dueMoment(lines: readonly Line[], thresholds: CardTerms['thresholds'], now: Date): Date | null {
  const horizon = now.getTime() + HORIZON_DAYS * DAY_MS
  const steps = lines.flatMap((line) => stepsOf(line, now, horizon)).sort((a, b) => a.at - b.at)
  const sums = scoreAt(lines, now)
  const cell = cellOf(sums, thresholds)
  for (const [index, { at, group, by }] of steps.entries()) {
    if (at > horizon) return new Date(horizon)
    sums[group] += by
    // Of what changes at one moment only the whole counts.
    if (steps[index + 1]?.at !== at && cellOf(sums, thresholds) !== cell) return new Date(at)
  }
  return null
}

/** When a line's worth changes and by how much; of what lies beyond the horizon only the first. */
function stepsOf(line: Line, now: Date, horizon: number): Step[] {
  const steps: Step[] = []
  let worth = worthAt(line, now)
  const end = line.expiresAt === null ? Number.POSITIVE_INFINITY : line.expiresAt.getTime()
  let day = Math.max(0, Math.floor((now.getTime() - line.at.getTime()) / DAY_MS))
  while (worth !== 0 && line.halfLifeDays !== null) {
    day = dropDay(line, worth, day)
    const at = line.at.getTime() + day * DAY_MS
    if (at >= end) break
    const after = worthAt({ ...line, expiresAt: null }, new Date(at))
    steps.push({ at, group: line.group, by: after - worth })
    worth = after
    if (at > horizon) return steps
  }
  if (worth !== 0 && end !== Number.POSITIVE_INFINITY) steps.push({ at: end, group: line.group, by: -worth })
  return steps
}

// Half a point less than its worth is where rounding takes the next one; the logarithm is near enough to look from there.
function dropDay(line: Line, worth: number, after: number): number {
  const guess = Math.floor((line.halfLifeDays ?? 1) * Math.log2(Math.abs(line.points) / (Math.abs(worth) - 0.5))) - 1
  let day = Math.max(after + 1, guess)
  while (worthAt({ ...line, expiresAt: null }, new Date(line.at.getTime() + day * DAY_MS)) === worth) day += 1
  return day
}
