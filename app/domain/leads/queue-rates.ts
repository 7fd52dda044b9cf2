import type { Grade, Stage } from './vocabulary'

/** How many were won of how many whose outcome is known. */
type Outcomes = { won: number; of: number }
const steps = ['inquiry', 'qualified', 'A', 'B', 'C', 'D'] as const
export type ChanceStep = (typeof steps)[number]
export const chanceSteps: readonly ChanceStep[] = steps

/**
 * What an organisation's own history says. `lines` and `cells` are sums of won amounts (minor units of `currency`) by
 * product line and by product line and channel kind; `expected` are the amounts reps expect, for whoever has no win yet.
 */
export type QueueRates = {
  currency: string
  all: Sum; expected: Sum
  lines: Record<string, Sum>; cells: Record<string, Sum>
  chances: Partial<Record<ChanceStep, Outcomes>>
}
type Sum = { sum: number; n: number }
export type AmountFrom = 'expected' | 'cell' | 'line' | 'all' | 'expectations' | 'one'

export const noRates = (currency: string): QueueRates => ({ currency, all: { sum: 0, n: 0 }, expected: { sum: 0, n: 0 }, lines: {}, cells: {}, chances: {} })

/** Our assumption until an organisation has outcomes of its own: B2B inquiries close at a few in a hundred. */
export const PRIOR_CHANCE: Readonly<Record<ChanceStep, number>> = { inquiry: 0.03, qualified: 0.15, A: 0.5, B: 0.3, C: 0.15, D: 0.08 }
/** The prior counts as much as this many leads, and an average over all as much as this many wins of one cell. */
export const CHANCE_WEIGHT = 20
export const AMOUNT_WEIGHT = 5

type About = { stage: Stage; grade: Grade | null; expected: { amount: bigint; currency: string } | null; productLineId: string; channelKind: string | null }

/**
 * What a lead is worth if won: its own expected amount where it is in the organisation's currency (there are no exchange
 * rates yet), else the average win of its product line and channel kind drawn towards the product line's and that
 * towards all; without any win the average expectation; without any amount 1.
 */
export function amountOf(rates: QueueRates, { expected, productLineId, channelKind }: About): { amount: number; from: AmountFrom } {
  if (expected !== null && expected.amount > 0n && expected.currency === rates.currency) return { amount: Number(expected.amount), from: 'expected' }
  if (rates.all.n === 0) return rates.expected.n === 0 ? { amount: 1, from: 'one' } : { amount: rates.expected.sum / rates.expected.n, from: 'expectations' }
  const all = rates.all.sum / rates.all.n
  const line = rates.lines[productLineId]
  const ofLine = drawn(line, all)
  const cell = rates.cells[`${productLineId}|${channelKind ?? ''}`]
  return { amount: drawn(cell, ofLine), from: cell !== undefined ? 'cell' : line !== undefined ? 'line' : 'all' }
}

const drawn = (own: Sum | undefined, towards: number): number => (own === undefined ? towards : (own.sum + AMOUNT_WEIGHT * towards) / (own.n + AMOUNT_WEIGHT))

/** The chance to win from here: the organisation's own share, drawn towards the prior where it has few outcomes. */
export function chanceOf(rates: QueueRates, { stage, grade }: About): { chance: number; won: number; of: number } {
  const step: ChanceStep = stage === 'graded' ? (grade ?? 'D') : stage === 'qualified' ? 'qualified' : 'inquiry'
  const { won, of } = rates.chances[step] ?? { won: 0, of: 0 }
  return { chance: (won + CHANCE_WEIGHT * PRIOR_CHANCE[step]) / (of + CHANCE_WEIGHT), won, of }
}
