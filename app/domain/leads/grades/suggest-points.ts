import type { Checklist } from '../assert-move-allowed'
import { CHANCE_WEIGHT, PRIOR_CHANCE, type QueueRates } from '../queue-rates'
import { grades, type Grade } from '../vocabulary'

/** What is known of a lead when it is graded. `cell` is the one in force, 11 (best) to 44; null without a score. */
export type GradeFacts = { cell: number | null; checklist: Checklist; hasDecisionMaker: boolean; amount: { amount: bigint; currency: string } | null }
export type GradeReason =
  | `fit_${1 | 2 | 3 | 4 | 'none'}` | `interest_${1 | 2 | 3 | 4 | 'none'}` | `${'need' | 'budget' | 'authority' | 'timing'}_${'yes' | 'no' | 'unknown'}`
  | `decision_maker_${'yes' | 'no'}` | `amount_${'small' | 'usual' | 'large' | 'unknown'}`
export type GradePoint = { code: GradeReason; points: number }
export type GradeChance = { chance: number; won: number; of: number; isOwn: boolean }
/** `from`: the least points of A, B and C; below C's it is D. `because` sums to `points`. `chance`: what the points say, 0 to 1. */
export type GradeSuggestion = { grade: Grade; points: number; chance: number; because: GradePoint[]; from: Record<'A' | 'B' | 'C', number>; chances: Record<Grade, GradeChance> }

const RANK_POINTS: Record<number, number> = { 1: 3, 2: 1, 3: -1, 4: -3 }
const ANSWER_POINTS = {
  need: { yes: 2, no: -6, unknown: 0 }, budget: { yes: 2, no: -3, unknown: 0 }, authority: { yes: 2, no: -2, unknown: 0 }, timing: { yes: 3, no: -4, unknown: 0 },
} as const
const DECISION_MAKER = 2
const AMOUNT_POINTS = { small: 1, usual: 0, large: -2, unknown: 0 } as const
/** A lead that only just qualifies, need and one more, has four points and the chance of all qualified leads; three points double the odds. */
const USUAL_POINTS = 4
const DOUBLES = 3
/** So many outcomes of its own, and a grade's chance is the organisation's. */
const ENOUGH = CHANCE_WEIGHT

/** The points of a lead, line by line: what is unknown is said and gives none. */
export function gradePoints(facts: GradeFacts, rates: QueueRates): GradePoint[] {
  const [fit, interest] = facts.cell === null ? [null, null] : [Math.floor(facts.cell / 10), facts.cell % 10]
  const rank = (group: 'fit' | 'interest', at: number | null): GradePoint => ({ code: `${group}_${(at ?? 'none') as 1}`, points: at === null ? 0 : (RANK_POINTS[at] ?? 0) })
  const answers = (['need', 'budget', 'authority', 'timing'] as const).map((item): GradePoint => ({ code: `${item}_${facts.checklist[item]}`, points: ANSWER_POINTS[item][facts.checklist[item]] }))
  const size = sizeOf(facts.amount, rates)
  return [
    rank('fit', fit), rank('interest', interest), ...answers,
    { code: facts.hasDecisionMaker ? 'decision_maker_yes' : 'decision_maker_no', points: facts.hasDecisionMaker ? DECISION_MAKER : 0 },
    { code: `amount_${size}`, points: AMOUNT_POINTS[size] },
  ]
}

/** Against the average win: more than twice of it closes less often, less than half of it more often. Only within the organisation's currency. */
function sizeOf(amount: GradeFacts['amount'], { currency, all }: QueueRates): keyof typeof AMOUNT_POINTS {
  if (amount === null || amount.currency !== currency || all.n < ENOUGH) return 'unknown'
  const times = Number(amount.amount) / (all.sum / all.n)
  return times > 2 ? 'large' : times < 0.5 ? 'small' : 'usual'
}

/** What Clew would say, and how: points give odds, and the grade is the one whose own chance is nearest to them (on the scale of log odds). */
export function suggestByPoints(facts: GradeFacts, rates: QueueRates): GradeSuggestion {
  const because = gradePoints(facts, rates)
  const points = because.reduce((sum, line) => sum + line.points, 0)
  const chances = gradeChances(rates)
  const usual = chanceOwn(rates, 'qualified').chance
  const oddsAt = (at: number) => odds(usual) * 2 ** ((at - USUAL_POINTS) / DOUBLES)
  // Half way between the log odds of two neighbouring grades, in whole points.
  const least = (upper: Grade, lower: Grade) => Math.ceil(USUAL_POINTS + DOUBLES * Math.log2(Math.sqrt(odds(chances[upper].chance) * odds(chances[lower].chance)) / odds(usual)) - 1e-9)
  const from = { A: least('A', 'B'), B: least('B', 'C'), C: least('C', 'D') }
  const grade: Grade = points >= from.A ? 'A' : points >= from.B ? 'B' : points >= from.C ? 'C' : 'D'
  const at = oddsAt(points)
  return { grade, points, chance: at / (1 + at), because, from, chances }
}

const odds = (chance: number): number => chance / (1 - chance)
const within = (chance: number): number => Math.min(0.995, Math.max(0.005, chance))

function chanceOwn(rates: QueueRates, step: Grade | 'qualified'): GradeChance {
  const { won, of } = rates.chances[step] ?? { won: 0, of: 0 }
  return of >= ENOUGH ? { chance: within(won / of), won, of, isOwn: true } : { chance: PRIOR_CHANCE[step], won, of, isOwn: false }
}

/** Chances of A to D, never rising towards D: neighbours out of order share their mean (pool adjacent violators). */
function gradeChances(rates: QueueRates): Record<Grade, GradeChance> {
  const each = grades.map((grade) => ({ grade, ...chanceOwn(rates, grade) }))
  const blocks: { sum: number; weight: number; of: typeof each }[] = []
  for (const one of each) {
    const weight = one.isOwn ? one.of : ENOUGH
    let block = { sum: one.chance * weight, weight, of: [one] }
    for (let above = blocks.at(-1); above !== undefined && above.sum / above.weight < block.sum / block.weight; above = blocks.at(-1)) {
      blocks.pop()
      block = { sum: above.sum + block.sum, weight: above.weight + block.weight, of: [...above.of, ...block.of] }
    }
    blocks.push(block)
  }
  const said = blocks.flatMap(({ sum, weight, of }) => of.map(({ grade, ...rest }) => [grade, { ...rest, chance: of.length === 1 ? rest.chance : sum / weight }] as const))
  return Object.fromEntries(said) as Record<Grade, GradeChance>
}
