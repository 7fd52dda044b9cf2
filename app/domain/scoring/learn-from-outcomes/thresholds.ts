import { quantile } from '~/lib/intervals'
import { reachOf } from '../cards/reach'
import type { KnownValues } from '../cards/known-values'
import type { CardTerms } from '../contract'
import { scoreGroups, type ScoreGroup } from '../vocabulary'

/** Points of a group of the leads that were learned from. */
export type GroupPoints = Record<ScoreGroup, readonly number[]>

/** Three bounds need this much room between the fewest and the most points. */
const ROOM = 3

/**
 * Classes by quarters: a quarter of the leads that were learned from stands in each, as far as their points tell them apart. A group that
 * cannot tell four classes apart has no lines: everybody is in its second class.
 */
export function withThresholds(terms: CardTerms, points: GroupPoints, known: KnownValues): CardTerms {
  const idle = scoreGroups.filter((group) => { const { least, most } = reachOf(terms, group, known); return most - least < ROOM })
  const lines = terms.lines.filter(({ group }) => !idle.includes(group))
  const of = (group: ScoreGroup): [number, number, number] => {
    if (!lines.some((line) => line.group === group)) { const here = group === 'fit' ? terms.base : 0; return [here + 1, here, here - 1] }
    const { least, most } = reachOf({ ...terms, lines }, group, known)
    const at = (share: number) => Math.round(quantile(points[group], share) ?? 0)
    const last = Math.min(Math.max(at(0.25), least + 1), most - 2)
    const middle = Math.min(Math.max(at(0.5), last + 1), most - 1)
    return [Math.min(Math.max(at(0.75), middle + 1), most), middle, last]
  }
  return { ...terms, lines, thresholds: { fit: of('fit'), interest: of('interest') } }
}
