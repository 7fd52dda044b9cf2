/**
 * Somebody watched from `from` (0 unless they were seen only later: delayed entry) until `time`, when it happened or the
 * watching ended. Times in whole days or any one unit, never negative.
 */
export type Watched = { time: number; happened: boolean; from?: number }
/** From `time` on: of `atRisk`, to `events` it happened; `share` had it happen by then. Bounds are of 95 %. */
export type SurvivalStep = { time: number; atRisk: number; events: number; share: number; lo: number; hi: number }

const Z_95 = 1.959963984540054

/**
 * Kaplan and Meier (1958): the share to whom it happened by each time, of people watched for different times. Variance by
 * Greenwood, bounds on the log scale, as R's `survfit` gives them. With delayed entry somebody is at risk from `from` on
 * (exclusive): who was never in sight before cannot be counted as one to whom it did not happen.
 */
export function kaplanMeier(watched: readonly Watched[]): SurvivalStep[] {
  const ends = [...watched].sort((a, b) => a.time - b.time)
  const entries = watched.flatMap(({ from }) => (from === undefined || from <= 0 ? [] : [from])).sort((a, b) => a - b)
  const steps: SurvivalStep[] = []
  let [survival, variance, gone, late] = [1, 0, 0, 0]
  for (let at = 0; at < ends.length;) {
    const time = ends[at]?.time ?? 0
    let [events, leaving] = [0, 0]
    while (at < ends.length && ends[at]?.time === time) {
      events += ends[at]?.happened === true ? 1 : 0
      leaving += 1
      at += 1
    }
    while (late < entries.length && (entries[late] ?? 0) < time) late += 1
    const atRisk = watched.length - gone - (entries.length - late)
    gone += leaving
    if (events === 0 || atRisk <= 0) continue
    survival *= 1 - events / atRisk
    variance += atRisk === events ? 0 : events / (atRisk * (atRisk - events))
    const spread = Z_95 * Math.sqrt(variance)
    steps.push({ time, atRisk, events, share: 1 - survival, lo: survival === 0 ? 1 : 1 - Math.min(1, survival * Math.exp(spread)), hi: 1 - survival * Math.exp(-spread) })
  }
  return steps
}

/** The share by a time: that of the last step until then; 0 before the first. */
export function shareBy(steps: readonly Pick<SurvivalStep, 'time' | 'share'>[], time: number): number {
  let share = 0
  for (const step of steps) {
    if (step.time > time) break
    share = step.share
  }
  return share
}

/** Two ways in which watching may end for good: the one that is asked about, or another that rules it out. */
export type Competing = { time: number; ended: 'event' | 'other' | null; from?: number }

/**
 * Aalen and Johansen (1978): the share to whom the event happened by each time where another end rules it out. A lead
 * that was lost will not be won: taken as merely unwatched, Kaplan and Meier would promise too much.
 */
export function cumulativeIncidence(watched: readonly Competing[]): { time: number; share: number }[] {
  const event = new Map<number, number>()
  for (const { time, ended } of watched) if (ended === 'event') event.set(time, (event.get(time) ?? 0) + 1)
  const steps: { time: number; share: number }[] = []
  let [free, share] = [1, 0]
  for (const { time, atRisk, events } of kaplanMeier(watched.map(({ ended, ...each }) => ({ ...each, happened: ended !== null })))) {
    share += (free * (event.get(time) ?? 0)) / atRisk
    free *= 1 - events / atRisk
    if (event.has(time)) steps.push({ time, share })
  }
  return steps
}

/** What is to be expected of those who still wait, by their ages: each by the share that may still come, given that it has not yet. */
export function stillExpected(steps: readonly Pick<SurvivalStep, 'time' | 'share'>[], ages: readonly number[]): number {
  const final = steps.at(-1)?.share ?? 0
  return ages.reduce((sum, age) => {
    const now = shareBy(steps, age)
    return now >= 1 ? sum : sum + (final - now) / (1 - now)
  }, 0)
}
