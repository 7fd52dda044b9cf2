import type { Id } from '~/lib/ids'
import type { Criterion, CriterionKind } from '../card-terms'
import type { LeadFacts } from '../lead-facts'

/** Why a line stands, in codes: `value` is one of the card's own or a code, never personal; `count` is how many. */
export type Because = { kind: CriterionKind | 'base'; value?: string | number; count?: number }
/** One reason for a line, by a key that stays. `endsAt`: when what holds ends by itself. */
export type Cause = { cause: string; at: Date; value?: string | number | undefined; count?: number; touchId?: Id<'tch'>; endsAt?: Date }
export type CriterionOf<K extends CriterionKind> = Extract<Criterion, { kind: K }>
/** Facts as they would be if one of them were known, or one more thing happened. */
export type Guess = { way: 'known' | 'next'; facts: LeadFacts }

/**
 * What a criterion asks. `holds` gives its causes: one, `is`, or one for each occurrence. `guess` says what single fact
 * would make it hold: null where it holds, or where nothing that could still be learnt or happen would.
 */
export type Adapter<K extends CriterionKind> = {
  holds: (criterion: CriterionOf<K>, facts: LeadFacts) => Cause[]
  guess: (criterion: CriterionOf<K>, facts: LeadFacts, now: Date) => Guess | null
}

/** It holds, since the lead came in. */
export const holds = (facts: LeadFacts, value?: string | number): Cause[] => [{ cause: 'is', at: facts.cameInAt, value }]
export const nothing: Cause[] = []
export const never = (): null => null
/** The facts with one of them known. */
export const known = (facts: LeadFacts, more: Partial<LeadFacts>): Guess => ({ way: 'known', facts: { ...facts, ...more } })
/** The facts with one more thing that happened. */
export const next = (facts: LeadFacts, more: Partial<LeadFacts>): Guess => ({ way: 'next', facts: { ...facts, ...more } })
