import { compareValues } from './engine/compare-values'
import { LEVEL, levels as levelNames, type ColumnKind } from './engine/kinds'
import { levelWeight, priorWeight, type FieldModel, type FieldWeight, type Model } from './engine/model'
import { readValue } from './engine/read-value'
import type { MatchRecord } from './match-record'

/** What a pair weighs: the parts, which with `prior` sum to `weight` (bits). */
export type Weighed = { weight: number; prior: number; fields: FieldWeight[] }

const valuesOf: Readonly<Record<string, (record: MatchRecord) => string[]>> = {
  name: ({ name }) => [readValue('name', name)], phone: ({ phones }) => phones, email: ({ emails }) => emails, company: ({ companies }) => companies,
  domain: ({ domains }) => domains, city: ({ city }) => [city], title: ({ title }) => [title],
}

/** Weighs two people field by field. `nameChance`: how likely a stranger has the same name, where it is known. */
export function weighPeople(model: Model, one: MatchRecord, other: MatchRecord, nameChance?: number): Weighed {
  const prior = priorWeight(model.lambda)
  const fields = model.fields.map((field): FieldWeight => {
    const level = bestLevel(field, one, other)
    const chance = field.name === 'name' && level === LEVEL.exact ? nameChance : undefined
    return { field: field.name, level: levelNames[level] ?? 'missing', weight: levelWeight(field, level, chance) }
  })
  return { prior, fields, weight: fields.reduce((sum, { weight }) => sum + weight, prior) }
}

/** The level of each field of a model between two people: of several values the best pair counts. */
export function bestLevel({ name, kind }: FieldModel, one: MatchRecord, other: MatchRecord): number {
  const [left, right] = [filled(valuesOf[name]?.(one)), filled(valuesOf[name]?.(other))]
  let best: number = LEVEL.missing
  for (const a of left) for (const b of right) best = Math.min(best, levelBetween(kind, a, b))
  return best
}

const filled = (values: readonly string[] = []): string[] => values.filter((value) => value !== '')

function levelBetween(kind: ColumnKind, a: string, b: string): number {
  if (kind === 'phone' && (a.includes('*') || b.includes('*'))) return fitsMask(a, b) ? LEVEL.near : LEVEL.far
  return a === b ? LEVEL.exact : compareValues(kind, a, b)
}

// A number with its middle hidden fits every number with the same ends: some agreement, never all of it.
function fitsMask(a: string, b: string): boolean {
  const [mask, number] = a.includes('*') ? [a, b] : [b, a]
  const [head = '', tail = ''] = mask.split(/\*+/)
  if (number.includes('*')) return mask === number
  return number.startsWith(head) && number.endsWith(tail)
}
