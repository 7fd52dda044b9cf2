import type { CardTerms, Criterion } from './card-terms'
import { guessFor } from './criteria/registry'
import type { LeadFacts } from './lead-facts'
import { linesOf } from './lines-of'
import { cellOf, scoreAt } from './score-at'
import type { Cell } from './vocabulary'

/** A single fact that would put a lead into another cell: something that could be known, or that could happen next. */
export type Counterfactual = { line: string; criterion: Criterion; way: 'known' | 'next'; from: Cell; to: Cell; gain: number }
const MOST = 3

/** What would change a lead's cell now, the best first, three at most and each thing once. */
export function counterfactualsOf(terms: CardTerms, facts: LeadFacts, now: Date): Counterfactual[] {
  if (facts.hasObjection) return []
  const own = scoreAt(linesOf(terms, facts), now)
  const from = cellOf(own, terms.thresholds)
  const found = terms.lines.flatMap(({ key, criterion }): Counterfactual[] => {
    const guess = guessFor(criterion, facts, now)
    if (guess === null) return []
    const then = scoreAt(linesOf(terms, guess.facts), now)
    const to = cellOf(then, terms.thresholds)
    return to === from ? [] : [{ line: key, criterion, way: guess.way, from, to, gain: then.total - own.total }]
  })
  const best = found.sort((a, b) => rank(a.to) - rank(b.to) || (a.way === b.way ? 0 : a.way === 'known' ? -1 : 1) || b.gain - a.gain)
  const things = new Set<string>()
  return best.filter(({ criterion }) => {
    const thing = thingOf(criterion)
    const isNew = !things.has(thing)
    things.add(thing)
    return isNew
  }).slice(0, MOST)
}

const rank = (cell: Cell): number => Math.floor(cell / 10) + (cell % 10)

/** What a criterion is about: two ranges of a company's size are one thing to find out. */
function thingOf(criterion: Criterion): string {
  switch (criterion.kind) {
    case 'field': return criterion.fieldId
    case 'answer': return `answer ${criterion.question}`
    case 'reachable': return `reachable ${criterion.by}`
    case 'touch': return `touch ${criterion.touch}`
    default: return criterion.kind
  }
}
