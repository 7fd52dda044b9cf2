import type { CardFault, CardTerms } from '../contract'
import { scoreGroups } from '../vocabulary'
import type { KnownValues } from './known-values'
import { lineFaults } from './line-faults'
import { onlyWithFaults } from './only-with-faults'
import { reachOf } from './reach'

/** All that is wrong with terms, line by line, then of the card as a whole. None: it can be published. */
export function faultsOf(terms: CardTerms, known: KnownValues): CardFault[] {
  const own = [...lineFaults(terms.lines, known), ...onlyWithFaults(terms.lines), ...thresholdFaults(terms)]
  if (terms.lines.length === 0) return [...own, { at: 'lines', code: 'no-lines', params: {} }]
  return own.length > 0 ? own : classFaults(terms, known)
}

function thresholdFaults({ thresholds }: CardTerms): CardFault[] {
  return scoreGroups.flatMap((group) => thresholds[group].flatMap((from, at): CardFault[] => {
    const before = thresholds[group][at - 1]
    return before !== undefined && from >= before ? [{ at: `thresholds.${group}.${at}`, code: 'not-falling', params: { before } }] : []
  }))
}

/** A group without lines is one that is not used: everybody is in one class of it, and that is meant. */
function classFaults(terms: CardTerms, known: KnownValues): CardFault[] {
  return scoreGroups.flatMap((group) => {
    if (!terms.lines.some((line) => line.group === group)) return []
    const { least, most } = reachOf(terms, group, known)
    const tooHigh = terms.thresholds[group].flatMap((needs, at): CardFault[] => (needs > most ? [{ at: `thresholds.${group}.${at}`, code: 'class-unreachable', params: { class: at + 1, needs, possible: most } }] : []))
    const last = terms.thresholds[group][2]
    // Nobody can fall so low: the worst class stays empty for ever.
    return tooHigh.length === 0 && least >= last ? [{ at: `thresholds.${group}.2`, code: 'class-unreachable' as const, params: { class: 4, needs: last - 1, possible: least } }] : tooHigh
  })
}
