import { dayStart, localDate } from '~/lib/period'
import { bandOf } from './band'
import { firstDay, monthAfter } from './months'
import { openLines, posteriorsOf, wonLines } from './open-lines'
import type { Arrivals, Path } from './paths'
import { learnStepRates } from './step-rates'

/**
 * A month that is over: what would have been forecast on its first day, and what was won. `error` is (forecast − won) / won,
 * null where nothing was won. `unseen`: won from leads that were not in the forecast then (they came later, or had no amount).
 */
export type TestedMonth = { month: string; forecast: bigint; low: bigint; high: bigint; won: bigint; unseen: bigint; error: number | null; inside: boolean }
/** `mape`: mean of |error| over the months that have one. `enough`: there are six months with an error to judge by. */
export type BackTest = { months: TestedMonth[]; mape: number | null; inside: number; of: number; withoutWins: number; enough: boolean }

const MOST_MONTHS = 12
const ENOUGH_MONTHS = 6

type Known = { paths: readonly Path[]; arrivals: readonly Arrivals[]; now: Date; current: string; timeZone: string; currency: string }

/** Each of the last twelve months that are over, forecast from what was known on its first day; months before the first lead are none. */
export function backTest({ paths, arrivals, now, current, timeZone, currency }: Known): BackTest {
  const firstArrival = arrivals.reduce<string | null>((least, { day }) => (least === null || day < least ? day : least), null)
  const truth = wonLines(paths, new Date(now.getTime() + 1), timeZone).filter((line) => line.currency === currency)
  const months = Array.from({ length: MOST_MONTHS }, (_, index) => monthAfter(current, index - MOST_MONTHS)).flatMap((month): TestedMonth[] => {
    const moment = dayStart(firstDay(month), timeZone)
    if (firstArrival === null || firstDay(month) <= firstArrival) return []
    const rates = learnStepRates(paths, arrivals, { moment, timeZone, end: localDate(moment, timeZone) })
    const lines = openLines(paths, rates, { moment, current: month, timeZone }).filter((line) => line.currency === currency)
    const due = lines.filter((line) => line.month === month)
    const wins = truth.filter((line) => line.month === month)
    if (lines.length === 0 && wins.length === 0) return []
    const known = new Set(lines.map(({ leadId }) => leadId))
    const forecast = due.reduce((sum, { weighted }) => sum + weighted, 0n)
    const won = wins.reduce((sum, { amount }) => sum + amount, 0n)
    const unseen = wins.reduce((sum, { leadId, amount }) => (known.has(leadId) ? sum : sum + amount), 0n)
    const band = bandOf(due.map(({ amount, step }) => ({ amount: Number(amount), step })), posteriorsOf(rates))
    const [low, high] = [BigInt(Math.round(band.low)), BigInt(Math.round(band.high))]
    return [{ month, forecast, low, high, won, unseen, error: won === 0n ? null : (Number(forecast) - Number(won)) / Number(won), inside: low <= won && won <= high }]
  })
  const errors = months.flatMap(({ error }) => (error === null ? [] : [Math.abs(error)]))
  return {
    months, mape: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length, inside: months.filter(({ inside }) => inside).length, of: months.length,
    withoutWins: months.length - errors.length, enough: errors.length >= ENOUGH_MONTHS,
  }
}
