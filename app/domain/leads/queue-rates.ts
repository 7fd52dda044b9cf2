import type { Cell } from '../scoring/vocabulary'
import type { Grade, Stage } from './vocabulary'

/** How many were won of how many whose outcome is known. */
type Outcomes = { won: number; of: number }
const steps = ['inquiry', 'qualified', 'A', 'B', 'C', 'D'] as const
export type ChanceStep = (typeof steps)[number]
export const chanceSteps: readonly ChanceStep[] = steps

/**
 * What an organisation's own history says. `lines` and `cells` are sums of won amounts (minor units of `currency`) by
 * product line and by product line and channel kind; `expected` are the amounts reps expect, for whoever has no win yet.
 * `scored` are outcomes by step and cell of the score (`qualified 12`); what was learnt before there were scores has none.
 */
export type QueueRates = {
  currency: string
  all: Sum; expected: Sum
  lines: Record<string, Sum>; cells: Record<string, Sum>
  chances: Partial<Record<ChanceStep, Outcomes>>
  scored?: Partial<Record<`${ChanceStep} ${Cell}`, Outcomes>>
}
type Sum = { sum: number; n: number }
export type AmountFrom = 'expected' | 'cell' | 'line' | 'all' | 'expectations' | 'one'

export const noRates = (currency: string): QueueRates => ({ currency, all: { sum: 0, n: 0 }, expected: { sum: 0, n: 0 }, lines: {}, cells: {}, chances: {} })

/** Our assumption until an organisation has outcomes of its own: B2B inquiries close at a few in a hundred. */
export const PRIOR_CHANCE: Readonly<Record<ChanceStep, number>> = { inquiry: 0.03, qualified: 0.15, A: 0.5, B: 0.3, C: 0.15, D: 0.08 }
/** The prior counts as much as this many leads, and an average over all as much as this many wins of one cell. */
export const CHANCE_WEIGHT = 20
export const AMOUNT_WEIGHT = 5

/**
 * How much better or worse the odds to win are in a cell than at its stage in general, until own outcomes say: our assumption,
 * the factor of the fit times that of the interest. 11 has 2.56 times the odds, 44 a quarter.
 */
const CELL_PRIOR = [1.6, 1.2, 0.8, 0.5] as const
export const cellPrior = (cell: Cell): number => (CELL_PRIOR[Math.floor(cell / 10) - 1] ?? 1) * (CELL_PRIOR[(cell % 10) - 1] ?? 1)

type About = { stage: Stage; grade: Grade | null; cell: Cell | null; expected: { amount: bigint; currency: string } | null; productLineId: string; channelKind: string | null }

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

/** What the chance was made of: own outcomes at the step and, where the lead has a cell, in it, and what was assumed of it. */
export type ChanceFrom = { won: number; of: number; cell: { cell: Cell; won: number; of: number; odds: number } | null }

/**
 * The chance to win from here: the organisation's own share at this step, drawn towards the prior where it has few outcomes.
 * In a cell: its own share there, drawn just so towards the step's with the odds of the cell.
 */
export function chanceOf(rates: QueueRates, { stage, grade, cell }: Pick<About, 'stage' | 'grade' | 'cell'>): { chance: number } & ChanceFrom {
  const step: ChanceStep = stage === 'graded' ? (grade ?? 'D') : stage === 'qualified' ? 'qualified' : 'inquiry'
  const { won, of } = rates.chances[step] ?? { won: 0, of: 0 }
  const chance = (won + CHANCE_WEIGHT * PRIOR_CHANCE[step]) / (of + CHANCE_WEIGHT)
  if (cell === null) return { chance, won, of, cell: null }
  const here = rates.scored?.[`${step} ${cell}`] ?? { won: 0, of: 0 }
  const odds = cellPrior(cell)
  return { chance: (here.won + CHANCE_WEIGHT * byOdds(chance, odds)) / (here.of + CHANCE_WEIGHT), won, of, cell: { cell, ...here, odds } }
}

/** A chance with its odds so many times as good: never beyond 1. */
const byOdds = (chance: number, factor: number): number => (chance * factor) / (1 - chance + chance * factor)
