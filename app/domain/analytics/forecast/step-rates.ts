import { quantile, wilson, type Interval } from '~/lib/intervals'
import { addDays, dayStart, localDate } from '~/lib/period'
import { CHANCE_WEIGHT, chanceSteps, PRIOR_CHANCE, type ChanceStep } from '../../leads'
import { isValidBefore, versionBefore, type Arrivals, type Path } from './paths'

/** The moment a rate is learned at: what came before it, and the days it counts by. `end`: first day whose junk is not yet known. */
export type Learning = { moment: Date; timeZone: string; end: string }

/**
 * How many of those that entered a step were won. Mature only: who entered `horizonDays` ago or more (nine in ten wins
 * came within). `chance` is drawn towards `prior` as by `CHANCE_WEIGHT` more leads; `few` says that there are less of one's own.
 */
export type StepRate = {
  step: ChanceStep; won: number; of: number; chance: number; interval: Interval | null; prior: number; few: boolean
  horizonDays: number; horizonIsOwn: boolean; medianDays: number; medianIsOwn: boolean
}

/** So many wins, and the organisation's own times count. */
const ENOUGH_WINS = 5
const HORIZON = { usual: 180, least: 30, most: 365 } as const
/** Days from a step to a win until there are wins enough: those of the grades are what they mean (30, 90, later, undated). */
export const PRIOR_DAYS: Readonly<Record<ChanceStep, number>> = { inquiry: 90, qualified: 60, A: 30, B: 90, C: 120, D: 180 }
const DAY_MS = 86_400_000

/** The rates of all steps as they could be learned before a moment: nothing that became known later is used. */
export function learnStepRates(paths: readonly Path[], arrivals: readonly Arrivals[], { moment, timeZone, end }: Learning): Record<ChanceStep, StepRate> {
  const told = paths.filter((path) => path.cameInAt < moment && isValidBefore(path, moment)).map((path) => versionBefore(path, moment))
  const today = localDate(moment, timeZone)
  const rateOf = (step: ChanceStep): StepRate => {
    const entries = told.flatMap(({ entered, state }) => {
      const at = entered.get(step)
      return at === undefined ? [] : [{ at, wonAt: state.wonAt }]
    })
    const days = entries.flatMap(({ at, wonAt }) => (wonAt === null ? [] : [Math.max(0, (wonAt.getTime() - at.getTime()) / DAY_MS)]))
    const isOwn = days.length >= ENOUGH_WINS
    const horizonDays = isOwn ? Math.min(HORIZON.most, Math.max(HORIZON.least, Math.ceil(quantile(days, 0.9) ?? 0))) : HORIZON.usual
    const cutoff = addDays(today, -horizonDays)
    const before = dayStart(cutoff, timeZone)
    const mature = entries.filter(({ at }) => at < before)
    const of = step === 'inquiry' ? arrivals.reduce((sum, { day, junk, n }) => (day < cutoff && (junk === null || junk >= end) ? sum + n : sum), 0) : mature.length
    const won = mature.filter(({ wonAt }) => wonAt !== null).length
    const prior = PRIOR_CHANCE[step]
    return {
      step, won, of, chance: (won + CHANCE_WEIGHT * prior) / (of + CHANCE_WEIGHT), interval: wilson(won, Math.max(won, of)), prior, few: of < CHANCE_WEIGHT,
      horizonDays, horizonIsOwn: isOwn, medianDays: isOwn ? (quantile(days, 0.5) ?? 0) : PRIOR_DAYS[step], medianIsOwn: isOwn,
    }
  }
  return Object.fromEntries(chanceSteps.map((step) => [step, rateOf(step)])) as Record<ChanceStep, StepRate>
}
