import type { CriterionKind } from '~/domain/scoring/contract'
import type { ScoreGroup } from '~/domain/scoring/vocabulary'

/** Criteria as they are offered: by what they are about. */
export const criterionGroups = {
  company: ['employees', 'industry', 'country', 'customer', 'field'],
  people: ['role', 'reachable', 'free-mail'],
  origin: ['channel-kind', 'channel', 'campaign', 'source', 'product-line', 'landing-page', 'weekday'],
  acts: ['touch', 'webinar', 'reply', 'asked-again', 'answer', 'recency'],
  against: ['unsubscribed', 'silence', 'unknown'],
} as const satisfies Record<string, readonly CriterionKind[]>
export type CriterionGroup = keyof typeof criterionGroups

/** Each occurrence gives a line of its own; the others hold or do not. */
export const isCounted = (kind: CriterionKind): boolean => kind === 'touch' || kind === 'webinar' || kind === 'reply' || kind === 'asked-again'

const INTEREST: ReadonlySet<CriterionKind> = new Set<CriterionKind>([...criterionGroups.acts, 'unsubscribed', 'silence'])

/** Who they are, or what they did: what a criterion usually says something about. */
export const usualGroup = (kind: CriterionKind): ScoreGroup => (INTEREST.has(kind) ? 'interest' : 'fit')

const KINDS: readonly string[] = Object.values(criterionGroups).flat()
export const isCriterionKind = (text: string | null | undefined): text is CriterionKind => typeof text === 'string' && KINDS.includes(text)
