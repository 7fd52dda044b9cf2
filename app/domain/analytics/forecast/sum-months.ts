import type { ChanceStep } from '../../leads'
import { LATER } from '../vocabulary'
import { bandOf, type Posterior } from './band'
import { monthAfter } from './months'
import type { OpenLine, WonLine } from './open-lines'

/** Amounts in minor units of one currency. `total` = `won` + `weighted`; `low` to `high` is its 80 % band. `full`: without chances. */
export type ForecastSums = {
  won: bigint; wins: number; weighted: bigint; leads: number; full: bigint; total: bigint; low: bigint; high: bigint
  /** of the leads: past the month they were expected in; without a month, placed by the median time */
  overdue: number; placed: number
}
/** `month` is 2026-11, or `later` for what is more than eleven months ahead. */
export type ForecastMonth = ForecastSums & { month: string }

/** Months shown at least, and at most; what lies further ahead is `later`. */
const LEAST = 3
const MOST = 12

export const bucketOf = (month: string, current: string): string => (month >= monthAfter(current, MOST) ? LATER : month)

/** Adds leads and wins up, and draws the band around what is still open. */
export function sumsOf(lines: readonly OpenLine[], wins: readonly WonLine[], posteriors: Readonly<Record<ChanceStep, Posterior>>): ForecastSums {
  const add = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)
  const [won, weighted] = [add(wins.map(({ amount }) => amount)), add(lines.map((line) => line.weighted))]
  const { low, high } = bandOf(lines.map(({ amount, step }) => ({ amount: Number(amount), step })), posteriors)
  return {
    won, wins: wins.length, weighted, leads: lines.length, full: add(lines.map(({ amount }) => amount)), total: won + weighted,
    low: won + BigInt(Math.round(low)), high: won + BigInt(Math.round(high)),
    overdue: lines.filter(({ overdue }) => overdue).length, placed: lines.filter(({ said }) => said === null).length,
  }
}

/** The months of one currency, from the current one on without a gap. */
export function monthsOf(lines: readonly OpenLine[], wins: readonly WonLine[], current: string, posteriors: Readonly<Record<ChanceStep, Posterior>>): ForecastMonth[] {
  const buckets = new Set(lines.map(({ month }) => bucketOf(month, current)))
  const last = [...buckets].filter((month) => month !== LATER).reduce((most, month) => (month > most ? month : most), monthAfter(current, LEAST - 1))
  const months = Array.from({ length: MOST }, (_, index) => monthAfter(current, index)).filter((month) => month <= last)
  return [...months, ...(buckets.has(LATER) ? [LATER] : [])].map((month) => ({
    month, ...sumsOf(lines.filter((line) => bucketOf(line.month, current) === month), month === current ? wins : [], posteriors),
  }))
}
