import { seeded } from '~/lib/seeded'
import type { ChanceStep } from '../../leads'

/** A lead that may be won: its amount, and the step whose unsure chance it shares with others. */
export type Bet = { amount: number; step: ChanceStep }
/** What is known of a step's chance: Beta(a, b), the outcomes and what they are drawn towards. */
export type Posterior = { a: number; b: number }
export type Band = { low: number; high: number }

const [LOW, HIGH] = [0.1, 0.9]
/** Up to so many leads every outcome is counted: 4,096 of them. */
const EXACT = 12
const WORK = 1_000_000
/** Of a step with very many leads the largest are drawn one by one; the sum of the rest is as good as normal. */
const ALONE = 400
const SEED = 20_261_122

/**
 * The 80 % band of what these leads bring: the 10th and 90th percentile of the sum of amount × (won or not). Leads are
 * independent given their step's chance, and that chance is itself unsure (Beta), so leads of a step rise and fall
 * together. Exact for up to 12 leads (beta-binomial), else by simulation with a fixed seed: the same question, the same band.
 */
export function bandOf(bets: readonly Bet[], posteriors: Readonly<Record<ChanceStep, Posterior>>): Band {
  if (bets.length === 0) return { low: 0, high: 0 }
  return bets.length <= EXACT ? percentilesOf(everyOutcome(bets, posteriors)) : simulated(bets, posteriors)
}

/** The least sums that at most 10 % and at most 90 % of outcomes stay below: P(X ≤ x) reaches the share. */
function percentilesOf(outcomes: { sum: number; chance: number }[]): Band {
  outcomes.sort((a, b) => a.sum - b.sum)
  const at = (share: number) => {
    let below = 0
    for (const { sum, chance } of outcomes) {
      below += chance
      if (below >= share - 1e-12) return sum
    }
    return outcomes.at(-1)?.sum ?? 0
  }
  return { low: at(LOW), high: at(HIGH) }
}

function everyOutcome(bets: readonly Bet[], posteriors: Readonly<Record<ChanceStep, Posterior>>): { sum: number; chance: number }[] {
  const steps = [...new Set(bets.map(({ step }) => step))]
  return Array.from({ length: 2 ** bets.length }, (_, mask) => {
    const isWon = (index: number) => (mask & (1 << index)) !== 0
    const chance = steps.reduce((product, step) => {
      const won = bets.filter((bet, index) => bet.step === step && isWon(index)).length
      return product * joint(posteriors[step], won, bets.filter((bet) => bet.step === step).length)
    }, 1)
    return { sum: bets.reduce((sum, { amount }, index) => (isWon(index) ? sum + amount : sum), 0), chance }
  })
}

/** The chance that just these `won` of `of` leads with one unsure chance are won: B(a + won, b + of − won) / B(a, b). */
function joint({ a, b }: Posterior, won: number, of: number): number {
  let chance = 1
  for (let i = 0; i < of; i += 1) chance *= (i < won ? a + i : b + i - won) / (a + b + i)
  return chance
}

function simulated(bets: readonly Bet[], posteriors: Readonly<Record<ChanceStep, Posterior>>): Band {
  const next = seeded(SEED)
  const draws = Math.min(4_000, Math.max(400, Math.floor(WORK / Math.min(bets.length, 6 * ALONE))))
  const steps = [...new Set(bets.map(({ step }) => step))]
  const groups = steps.map((step) => {
    const amounts = bets.flatMap((bet) => (bet.step === step ? [bet.amount] : [])).sort((a, b) => b - a)
    const rest = amounts.slice(ALONE)
    return { posterior: posteriors[step], amounts: amounts.slice(0, ALONE), sum: rest.reduce((total, amount) => total + amount, 0), squares: rest.reduce((total, amount) => total + amount * amount, 0) }
  })
  const sums = Float64Array.from({ length: draws }, () =>
    groups.reduce((total, { posterior, amounts, sum: most, squares }) => {
      const chance = betaDraw(posterior, next)
      const rest = most === 0 ? 0 : Math.min(most, Math.max(0, chance * most + Math.sqrt(chance * (1 - chance) * squares) * normalDraw(next)))
      return amounts.reduce((sum, amount) => (next() < chance ? sum + amount : sum), total + rest)
    }, 0)).sort()
  const at = (share: number) => sums[Math.min(draws - 1, Math.ceil(share * draws) - 1)] ?? 0
  return { low: at(LOW), high: at(HIGH) }
}

/** A draw of Beta(a, b): two gammas. */
function betaDraw({ a, b }: Posterior, next: () => number): number {
  const x = gammaDraw(a, next)
  return x / (x + gammaDraw(b, next))
}

/** Box and Muller. */
const normalDraw = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

/** Marsaglia and Tsang (2000), A simple method for generating gamma variables; below 1 by Gamma(k + 1) · U^(1/k). */
function gammaDraw(shape: number, next: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, next) * (1 - next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalDraw(next)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
