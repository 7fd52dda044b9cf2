import { COUNTED, LEVEL, type ColumnKind, type Level } from './kinds'

/** How often two records of one entity (m), and of two entities (u), agree at each level of a column; each sums to 1. */
export type FieldModel = { name: string; kind: ColumnKind; m: readonly number[]; u: readonly number[] }
/** A Fellegi–Sunter model. `lambda`: how likely two records taken at random are one entity. */
export type Model = { fields: readonly FieldModel[]; lambda: number }

/** One field's part in a decision: its level and weight in bits. */
export type FieldWeight = { field: string; level: Level; weight: number }

const STARTS: readonly number[] = [0.85, 0.06, 0.03, 0.01, 0.05]

/** Where estimating begins, and what holds where there is nothing to learn from. */
export const startingM = (): number[] => [...STARTS]

// From the best agreement to the worst; "moved" stands apart.
const RANKED = [LEVEL.close, LEVEL.near, LEVEL.far]

/**
 * m with the levels put in order: agreeing less never weighs more. Neighbours that would break the order share their
 * ratio (pool adjacent violators), so that a few odd pairs cannot make a wrong year speak for a match.
 */
export function inOrder(m: readonly number[], u: readonly number[]): number[] {
  const ordered = [...m]
  let pools: { levels: number[]; m: number; u: number }[] = []
  for (const level of RANKED) {
    let pool: { levels: number[]; m: number; u: number } = { levels: [level], m: m[level] ?? 0, u: u[level] ?? 0 }
    for (let last = pools.at(-1); last !== undefined && pool.m * last.u > last.m * pool.u; last = pools.at(-1)) {
      pool = { levels: [...last.levels, ...pool.levels], m: last.m + pool.m, u: last.u + pool.u }
      pools = pools.slice(0, -1)
    }
    pools = [...pools, pool]
  }
  for (const pool of pools) if (pool.levels.length > 1) for (const level of pool.levels) ordered[level] = ((u[level] ?? 0) * pool.m) / pool.u
  return ordered
}

/** The weight in bits of a level: log2(m/u); 0 where a value is missing. `u` may be a value's own frequency instead. */
export function levelWeight({ m, u }: Pick<FieldModel, 'm' | 'u'>, level: number, chance?: number): number {
  if (level >= COUNTED) return 0
  return Math.log2((m[level] ?? 1) / (chance ?? u[level] ?? 1))
}

/** The weight that speaks for or against a match before anything was compared: log2(λ/(1−λ)). */
export const priorWeight = (lambda: number): number => Math.log2(lambda / (1 - lambda))

/** Posterior probability of a match from the sum of all weights, the prior's among them. */
export const probabilityOf = (weight: number): number => 1 / (1 + 2 ** -weight)

/** How many entities hold values that one, and that two of them hold: what Good and Turing need. */
export type Rarity = { entities: number; once: number; twice: number }

/**
 * The chance that another entity holds a value which `others` beside this one hold (Good–Turing: what is seen once is
 * met again about 2·twice/once times among as many). Never below one in a thousand million.
 */
export function valueChance(others: number, { entities, once, twice }: Rarity): number {
  const again = Math.min(1, (2 * twice + 0.5) / (once + 1))
  return Math.min(1, Math.max((others + again) / Math.max(1, entities), FLOOR))
}

const FLOOR = 1e-9
