import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { scoreCards } from '~db/schema'
import { command, DomainError, memberOf } from '../../kernel'
import { idOf } from '../../kernel/contract'
import type { CardRef } from '../contract'
import { beginRescoring } from '../rescore-all'
import { lockCards, lockedDraft, publishedCard, testOf } from './card-rows'
import { faultsOf } from './faults'
import { knownValues } from './known-values'
import { refuseFaults } from './refuse-faults'

/**
 * Puts a draft in force: the card before it is retired with its report, and everybody is scored anew. Refuses not-found, card-not-draft,
 * card-faulty, and card-not-tested: without a backtest of just these terms against the card that is in force. So of two who publish at
 * once the second must look again.
 */
export const publishCard = command({
  name: 'score-card.publish',
  permission: 'scoring:write',
  input: z.object({ cardId: idOf('scd') }),
  async run({ tx, ctx, input, emit, audit }): Promise<CardRef & { retired: Id<'scd'> | null; rescoringId: Id<'rsc'> }> {
    await lockCards(tx, ctx.orgId)
    const draft = await lockedDraft(tx, input.cardId)
    const before = await publishedCard(tx)
    refuseFaults(faultsOf(draft.terms, await knownValues(tx)))
    if (testOf(draft, before?.id ?? null) !== 'current') throw new DomainError('card-not-tested')
    if (before !== null) await tx.update(scoreCards).set({ state: 'retired', retiredAt: ctx.now }).where(eq(scoreCards.id, before.id))
    await tx.update(scoreCards).set({ state: 'published', publishedAt: ctx.now, publishedBy: memberOf(ctx.actor) }).where(eq(scoreCards.id, draft.id))
    const { rescoringId } = await beginRescoring(ctx, draft.id)
    await audit(draft.id, { before: { version: before?.version ?? null }, after: { version: draft.version, kind: draft.kind } })
    await emit('card.published', { cardId: draft.id, retired: before?.id ?? null })
    return { cardId: draft.id, version: draft.version, retired: before?.id ?? null, rescoringId }
  },
})
