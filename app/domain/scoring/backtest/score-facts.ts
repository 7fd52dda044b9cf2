import type { Id } from '~/lib/ids'
import type { CardTerms } from '../contract'
import type { LeadFacts } from '../lead-facts'
import { sigmoid } from '../learned/ridge-logistic'
import { linesOf } from '../lines-of'
import { cellOf, scoreAt, type Score } from '../score-at'
import type { Cell } from '../vocabulary'

export type Scored = Score & { leadId: Id<'lead'>; cell: Cell }

/** What a card gives for these facts at a moment, by the very lines a lead would be shown. */
export function scoreOf(terms: CardTerms, facts: LeadFacts, at: Date): Scored {
  const score = scoreAt(linesOf(terms, facts), at)
  return { ...score, leadId: facts.leadId, cell: cellOf(score, terms.thresholds) }
}

/** The chance that points stand for; null where the card was not calibrated. */
export const chanceOfPoints = (calibration: CardTerms['calibration'], total: number): number | null => (calibration === null ? null : sigmoid(calibration.slope * total + calibration.offset))
