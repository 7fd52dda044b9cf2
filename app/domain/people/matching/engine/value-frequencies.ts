import { compareValues } from './compare-values'
import { COUNTED, LEVEL, type ColumnKind } from './kinds'
import { levelWeight, priorWeight, valueChance, type Model, type Rarity } from './model'
import { cellOf, levelsOf, patternOf, type Table } from './table'

/** How many entities hold each value of each column. `closeTo` remembers how many hold one close to it. */
export type Frequencies = { holders: readonly ReadonlyMap<number, number>[]; rarities: readonly Rarity[]; clusterOf: Int32Array; closeTo: Map<number, number>[] }

const CLOSE_COUNTS: ReadonlySet<ColumnKind> = new Set(['name', 'text', 'category', 'year', 'day', 'number'])
const MOST_VALUES = 4_000

/** Counts values by entity, so that five records of one entity do not make its name a common one. */
export function frequenciesOf(table: Table, clusterOf: Int32Array): Frequencies {
  const holders = table.columns.map((_column, at) => {
    const seen = new Set<number>()
    const count = new Map<number, number>()
    for (let row = 0; row < table.size; row += 1) {
      const cell = cellOf(table, at, row)
      const mark = (clusterOf[row] ?? row) * table.texts.length + cell
      if (cell < 0 || seen.has(mark)) continue
      seen.add(mark)
      count.set(cell, (count.get(cell) ?? 0) + 1)
    }
    return count
  })
  const entities = new Set(clusterOf).size
  const rarities = holders.map((held) => {
    const counts = [...held.values()]
    return { entities, once: counts.filter((count) => count === 1).length, twice: counts.filter((count) => count === 2).length }
  })
  return { holders, rarities, clusterOf, closeTo: holders.map(() => new Map<number, number>()) }
}

/** What each field of a pair weighs, in the order of the columns. The prior is not in it. */
export function fieldWeights(table: Table, model: Model, frequency: Frequencies, a: number, b: number): number[] {
  const levels = levelsOf(patternOf(table, a, b), table.columns.length)
  return model.fields.map((field, at) => {
    const level = levels[at] ?? COUNTED
    return levelWeight(field, level, chanceOf(table, frequency, at, level, a, b))
  })
}

/** The sum of a pair's fields and of what holds before anything is compared. */
export const pairWeight = (table: Table, model: Model, frequency: Frequencies, a: number, b: number): number =>
  fieldWeights(table, model, frequency, a, b).reduce((sum, weight) => sum + weight, priorWeight(model.lambda))

function chanceOf(table: Table, frequency: Frequencies, at: number, level: number, a: number, b: number): number | undefined {
  const [rarity, held] = [frequency.rarities[at], frequency.holders[at]]
  if (rarity === undefined || held === undefined) return undefined
  const isOne = frequency.clusterOf[a] === frequency.clusterOf[b]
  const [left, right] = [cellOf(table, at, a), cellOf(table, at, b)]
  if (level === LEVEL.exact) return valueChance(Math.max(0, (held.get(left) ?? 0) - (isOne ? 1 : 2)), rarity)
  const kind = table.columns[at]?.kind ?? 'ignore'
  if (level !== LEVEL.close || !CLOSE_COUNTS.has(kind) || held.size > MOST_VALUES) return undefined
  // Each value counts the other record's entity among its neighbours.
  return valueChance(Math.max(0, (closeHolders(table, frequency, at, left) + closeHolders(table, frequency, at, right)) / 2 - 1), rarity)
}

function closeHolders(table: Table, { holders, closeTo }: Frequencies, at: number, value: number): number {
  const known = closeTo[at]?.get(value)
  if (known !== undefined) return known
  const kind = table.columns[at]?.kind ?? 'ignore'
  let count = 0
  for (const [other, entities] of holders[at] ?? []) {
    if (other !== value && compareValues(kind, table.texts[value] ?? '', table.texts[other] ?? '') === LEVEL.close) count += entities
  }
  closeTo[at]?.set(value, count)
  return count
}
