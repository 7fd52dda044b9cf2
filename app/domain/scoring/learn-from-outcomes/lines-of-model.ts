import { countedKinds, type CardLine, type CardTerms, type Criterion } from '../contract'
import type { Attribute } from '../learned/encode-columns'
import type { Model } from '../learned/learn-card'
import { mostLines } from '../vocabulary'
import type { FactColumn, Part } from './columns-of-facts'

/** Twenty points double the odds, as credit scoring counts: so much is one unit of log-odds. */
export const POINT = 20 / Math.LN2

type Weighed = { attribute: Attribute; weight: number }
type Said = { criterion: Criterion; points: number; group: CardLine['group']; name: string }

/**
 * A model as lines that anyone can read. Each attribute becomes a criterion of whole points; levels of one column with the same points share a line.
 * What no criterion can say (another answer, no channel) is where the column begins: its weight goes to the base, and off the other levels.
 * `stretch` makes up for how much a strong ridge shrinks weights, so that twenty points do double the odds.
 */
export function linesOfModel({ encoding, fitted }: Model, columns: readonly FactColumn[], stretch: number): Pick<CardTerms, 'base' | 'lines'> {
  const parts = columns.flatMap(({ group, parts: own }) => own.map((part) => ({ group, part })))
  const said: Said[] = []
  let base = stretch * fitted.intercept
  encoding.columns.forEach(({ first }, index) => {
    const own = parts[index]
    if (own === undefined) return
    const weighed = encoding.attributes.slice(first, encoding.columns[index + 1]?.first ?? encoding.attributes.length).map((attribute, at) => ({ attribute, weight: stretch * (fitted.weights[first + at] ?? 0) }))
    const start = weighed.find(({ attribute }) => criterionOf(attribute, own.part, weighed) === null)?.weight ?? 0
    base += start
    said.push(...linesOfPart(own.part, weighed, start).map((line) => ({ ...line, group: own.group, name: own.part.column.name })))
  })
  const kept = said.filter(({ points }) => points !== 0).sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, mostLines)
  return { base: Math.round(base * POINT), lines: keyed(kept) }
}

function linesOfPart(part: Part, weighed: readonly Weighed[], start: number): { criterion: Criterion; points: number }[] {
  const single: { criterion: Criterion; points: number }[] = []
  const together = new Map<number, string[]>()
  for (const { attribute, weight } of weighed) {
    const points = Math.round((weight - start) * POINT)
    const criterion = criterionOf(attribute, part, weighed)
    if (criterion === null) continue
    const levels = levelsOf(attribute, part, weighed)
    if (part.takesSeveral && levels !== null) together.set(points, [...(together.get(points) ?? []), ...levels])
    else single.push({ criterion, points })
  }
  for (const [points, levels] of together) {
    const criterion = part.says(levels)
    if (criterion !== null) single.push({ criterion, points })
  }
  return single
}

function criterionOf(attribute: Attribute, part: Part, weighed: readonly Weighed[]): Criterion | null {
  if (attribute.kind === 'missing') return part.missing
  const levels = levelsOf(attribute, part, weighed)
  return levels === null || levels.length === 0 || (!part.takesSeveral && levels.length > 1) ? null : part.says(levels)
}

/** The levels an attribute stands for; those of the pool of seldom ones are all that have none of their own. */
function levelsOf(attribute: Attribute, { column }: Part, weighed: readonly Weighed[]): string[] | null {
  if (attribute.kind === 'level') return attribute.levels
  if (attribute.kind !== 'other') return null
  const own = new Set(weighed.flatMap((each) => (each.attribute.kind === 'level' ? each.attribute.levels : [])))
  return [...new Set(column.texts)].flatMap((text) => (text === null || own.has(text) ? [] : [text])).sort()
}

function keyed(said: readonly Said[]): CardLine[] {
  const counts = new Map<string, number>()
  return said.map(({ criterion, points, group, name }) => {
    const stem = name.startsWith('field:') ? 'field' : name.startsWith('answer:') ? 'answer' : name.replaceAll(/[^a-z0-9]+/g, '-').slice(0, 30)
    const count = (counts.get(stem) ?? 0) + 1
    counts.set(stem, count)
    // What happened is learned as "ever", so it counts once.
    return { key: `${stem}-${count}`, group, criterion, points, most: countedKinds.has(criterion.kind) ? 1 : null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null }
  })
}
