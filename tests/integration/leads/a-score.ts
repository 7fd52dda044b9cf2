import { newId, type Id } from '~/lib/ids'
import type { CardTerms } from '~/domain/scoring/card-terms'
import { leadScores, scoreCards, scoreLines } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { NOON, type TestOrganisation } from '~tests/support/organisations'

type Line = { line?: string; group: 'fit' | 'interest'; points: number; at?: Date; halfLifeDays?: number; expiresAt?: Date; reverses?: Id<'scl'>; id?: Id<'scl'> }
type More = { cell?: number | null; overrideCell?: number; chance?: number; lines?: Line[] }

export const plainTerms: CardTerms = { base: 0, lines: [], thresholds: { fit: [30, 20, 10], interest: [30, 20, 10] }, calibration: null }

/** A card in force. */
export async function aCard({ orgId }: Pick<TestOrganisation, 'orgId'>, terms: CardTerms = plainTerms, version = 1): Promise<Id<'scd'>> {
  const id = newId('scd')
  await asSuperuser((tx) => tx.insert(scoreCards).values({ orgId, id, version, kind: 'hand', state: 'published', terms, createdAt: NOON, changedAt: NOON, publishedAt: NOON }))
  return id
}

/** Where a lead stands by it, as the ledger leaves it. Its lines need not be those of the card. */
export async function aScore({ orgId }: Pick<TestOrganisation, 'orgId'>, cardId: Id<'scd'>, leadId: Id<'lead'>, { cell = 44, overrideCell, chance, lines = [] }: More = {}): Promise<void> {
  await asSuperuser(async (tx) => {
    await tx.insert(leadScores).values({ orgId, leadId, cardId, fit: 0, interest: 0, cell, overrideCell, chance, scoredAt: NOON })
    for (const { id = newId('scl'), line = 'x', at = NOON, ...more } of lines) {
      await tx.insert(scoreLines).values({ orgId, id, leadId, cardId, line, cause: `${line}:${id}`, because: { kind: 'reply' }, at, recordedAt: at, ...more })
    }
  })
}
