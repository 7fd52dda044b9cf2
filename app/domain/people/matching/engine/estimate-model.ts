import { COUNTED } from './kinds'
import { inOrder, priorWeight, startingM, type FieldModel, type Model } from './model'
import { levelsOf, type Column } from './table'

/** Patterns of pairs and how many pairs show each. */
export type PatternCounts = ReadonlyMap<number, number>
export type Evidence = {
  columns: readonly Column[]
  /** Pairs that blocking brought together. */
  blocked: PatternCounts
  /** Pairs taken at random from all pairs; what is not a match among them tells u. */
  random: PatternCounts
  /** How many pairs there are in all, compared or not. */
  allPairs: number
}

const ROUNDS = 100
const SETTLED = 1e-6
const PSEUDO_M = 0.5
const PSEUDO_U = 0.25

/**
 * Estimates a Fellegi–Sunter model: m by expectation–maximisation over the blocked pairs, u from random pairs with
 * the matches among them taken out, λ as the expected matches over all pairs. Answers the rounds it took.
 */
export function estimateModel({ columns, blocked, random, allPairs }: Evidence, start?: Model): { model: Model; rounds: number } {
  const width = columns.length
  const seen = [...blocked].map(([pattern, count]) => ({ levels: levelsOf(pattern, width), count }))
  const drawn = [...random].map(([pattern, count]) => ({ levels: levelsOf(pattern, width), count }))
  let model: Model = start ?? { fields: columns.map(({ name, kind }) => ({ name, kind, m: startingM(), u: startingM() })), lambda: Math.min(0.1, 1 / Math.sqrt(2 * allPairs + 1)) }
  model = { ...model, fields: fieldsFrom(columns, model, null, tally(drawn, width, () => 1)) }
  for (let round = 1; ; round += 1) {
    const weigh = posteriorOf(model)
    const matches = tally(seen, width, weigh)
    const others = tally(drawn, width, (levels) => 1 - weigh(levels))
    const next: Model = { fields: fieldsFrom(columns, model, matches, others), lambda: clamp(matches.total / allPairs, 0.5 / allPairs, 0.5) }
    const change = changeBetween(model, next)
    model = next
    if (change < SETTLED || round >= ROUNDS) return { model, rounds: round }
  }
}

type Tally = { total: number; byField: number[][] }
type Seen = { levels: number[]; count: number }

function tally(seen: readonly Seen[], width: number, shareOf: (levels: number[]) => number): Tally {
  const byField = Array.from({ length: width }, () => Array<number>(COUNTED).fill(0))
  let total = 0
  for (const { levels, count } of seen) {
    const part = count * shareOf(levels)
    total += part
    for (const [at, level] of levels.entries()) {
      const field = byField[at]
      if (level < COUNTED && field !== undefined) field[level] = (field[level] ?? 0) + part
    }
  }
  return { total, byField }
}

function posteriorOf({ fields, lambda }: Model): (levels: number[]) => number {
  const weights = fields.map(({ m, u }) => m.map((each, level) => Math.log2(each / (u[level] ?? 1))))
  const prior = priorWeight(lambda)
  return (levels) => {
    let sum = prior
    for (let at = 0; at < levels.length; at += 1) sum += weights[at]?.[levels[at] ?? COUNTED] ?? 0
    return 1 / (1 + 2 ** -sum)
  }
}

function fieldsFrom(columns: readonly Column[], before: Model, matches: Tally | null, others: Tally): FieldModel[] {
  return columns.map(({ name, kind }, at) => {
    const u = shares(others.byField[at] ?? [], PSEUDO_U)
    const m = matches === null ? (before.fields[at]?.m ?? startingM()) : inOrder(shares(matches.byField[at] ?? [], PSEUDO_M), u)
    return { name, kind, m, u }
  })
}

// A level never seen is rare, not impossible.
function shares(counts: readonly number[], pseudo: number): number[] {
  const total = counts.reduce((sum, count) => sum + count + pseudo, 0)
  return counts.map((count) => (count + pseudo) / total)
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

function changeBetween(a: Model, b: Model): number {
  let most = Math.abs(a.lambda - b.lambda)
  for (const [at, field] of a.fields.entries()) {
    for (const [level, share] of field.m.entries()) most = Math.max(most, Math.abs(share - (b.fields[at]?.m[level] ?? 0)))
  }
  return most
}
