import type { Id } from '~/lib/ids'
import { addDays } from '~/lib/period'
import { CHANCE_WEIGHT, isOpenStage, type ChanceStep } from '../../leads'
import type { Posterior } from './band'
import { localDay, monthOf } from './months'
import { isValidBefore, stateBefore, stepOf, type Path } from './paths'
import type { StepRate } from './step-rates'

export type Rates = Readonly<Record<ChanceStep, StepRate>>

/**
 * An open lead in a forecast: amount × chance = weighted, in whole minor units. `month` is the one it is counted in:
 * the one the rep expects, else that of the median time from its step to a win; one that is over rolls into the current (`overdue`).
 */
export type OpenLine = {
  leadId: Id<'lead'>; ownerId: Id<'mem'> | null; channelId: Id<'ch'> | null; lineId: Id<'pl'>
  step: ChanceStep; amount: bigint; currency: string; chance: number; weighted: bigint
  month: string; said: string | null; overdue: boolean
}
type At = { moment: Date; current: string; timeZone: string }

/** The open valid leads with an amount, as they were known just before a moment; those without one are counted apart. */
export function openLines(paths: readonly Path[], rates: Rates, { moment, current, timeZone }: At): OpenLine[] {
  return paths.flatMap((path) => {
    if (!path.mine || path.cameInAt >= moment || !isValidBefore(path, moment)) return []
    const state = stateBefore(path, moment)
    if (!isOpenStage(state.stage) || state.expectedAmount === null || state.expectedCurrency === null) return []
    const step = stepOf(state)
    const { chance, medianDays } = rates[step]
    const meant = state.expectedMonth ?? monthOf(addDays(localDay(state.enteredAt, timeZone), Math.round(medianDays)))
    const overdue = meant < current
    return [{
      leadId: path.leadId, ownerId: path.ownerId, channelId: path.channelId, lineId: path.lineId, step, amount: state.expectedAmount, currency: state.expectedCurrency,
      chance, weighted: weightedOf(state.expectedAmount, chance), month: overdue ? current : meant, said: state.expectedMonth, overdue,
    }]
  })
}

const PARTS = 1_000_000_000n
/** Half up on whole minor units. */
export const weightedOf = (amount: bigint, chance: number): bigint => (amount * BigInt(Math.round(chance * Number(PARTS))) * 2n + PARTS) / (2n * PARTS)

/** Beta of each step: its own outcomes and the prior's. Its mean is the chance. */
export const posteriorsOf = (rates: Rates): Record<ChanceStep, Posterior> =>
  Object.fromEntries(Object.values(rates).map(({ step, won, of, prior }) => [step, { a: won + CHANCE_WEIGHT * prior, b: of - won + CHANCE_WEIGHT * (1 - prior) }])) as Record<ChanceStep, Posterior>

/** A win: its amount in the month it was signed. */
export type WonLine = Pick<OpenLine, 'leadId' | 'ownerId' | 'channelId' | 'lineId'> & { amount: bigint; currency: string; month: string }

/** Valid leads that stand as won, as known just before a moment. */
export function wonLines(paths: readonly Path[], moment: Date, timeZone: string): WonLine[] {
  return paths.flatMap((path) => {
    if (!path.mine || !isValidBefore(path, moment)) return []
    const { wonAt, wonAmount, wonCurrency } = stateBefore(path, moment)
    if (wonAt === null || wonAmount === null || wonCurrency === null) return []
    return [{ leadId: path.leadId, ownerId: path.ownerId, channelId: path.channelId, lineId: path.lineId, amount: wonAmount, currency: wonCurrency, month: monthOf(localDay(wonAt, timeZone)) }]
  })
}
