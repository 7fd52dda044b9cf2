import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { scoreCards } from '~db/schema'
import type { CardTerms } from './card-terms'
import type { CardKind } from './vocabulary'

/** A card as leads are scored by it. Terms of a published card never change. */
export type CardInForce = { cardId: Id<'scd'>; version: number; kind: CardKind; terms: CardTerms; publishedAt: Date | null }

const columns = { cardId: scoreCards.id, version: scoreCards.version, kind: scoreCards.kind, terms: scoreCards.terms, publishedAt: scoreCards.publishedAt }

/** The card that is published; null where there is none, and nothing is scored. */
export async function publishedCard(tx: Tx, orgId: Id<'org'>): Promise<CardInForce | null> {
  const [row] = await tx.select(columns).from(scoreCards).where(and(eq(scoreCards.orgId, orgId), eq(scoreCards.state, 'published')))
  return row === undefined ? null : { ...row, terms: row.terms as CardTerms }
}

/** Any card of the organisation, also one that was retired: what leads were scored by stays readable. */
export async function cardOf(tx: Tx, orgId: Id<'org'>, cardId: Id<'scd'>): Promise<CardInForce | null> {
  const [row] = await tx.select(columns).from(scoreCards).where(and(eq(scoreCards.orgId, orgId), eq(scoreCards.id, cardId)))
  return row === undefined ? null : { ...row, terms: row.terms as CardTerms }
}

/** The chance that a total means by the card's calibration; null where it has none. */
export function chanceOf({ calibration }: CardTerms, total: number): number | null {
  return calibration === null ? null : 1 / (1 + Math.exp(-(calibration.slope * total + calibration.offset)))
}
