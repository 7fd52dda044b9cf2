import { and, eq, isNull } from 'drizzle-orm'
import * as z from 'zod'
import { fieldDefinitions } from '~db/schema'
import { command } from '../kernel'
import { idOf } from '../kernel/contract'
import { fieldsAsked, pausedLines } from './paused-lines'
import { publishedCard } from './published-card'
import { beginRescoring } from './rescore-all'

/**
 * A field was changed. Where the published card asks about it and it is put away now, those lines rest and administrators
 * are told; put away or taken out again, every lead is scored anew. What the card does not ask about changes nothing.
 */
export const followField = command({
  name: 'score.follow-field',
  permission: 'leads:write',
  input: z.object({ fieldId: idOf('cf'), archived: z.boolean().optional() }),
  async run({ tx, ctx, input: { fieldId, archived }, emit }): Promise<{ paused: string[]; isRescored: boolean }> {
    // Another name or another choice changes no score.
    const card = archived === undefined ? null : await publishedCard(tx, ctx.orgId)
    if (card === null || !fieldsAsked(card.terms).has(fieldId)) return { paused: [], isRescored: false }
    const [inUse] = await tx.select({ id: fieldDefinitions.id }).from(fieldDefinitions).where(and(eq(fieldDefinitions.id, fieldId), isNull(fieldDefinitions.archivedAt)))
    const others = new Set([...fieldsAsked(card.terms)].filter((id) => id !== fieldId || inUse !== undefined))
    const paused = pausedLines(card.terms, others)
    for (const line of paused) await emit('score.line-paused', { cardId: card.cardId, line, fieldId })
    await beginRescoring(ctx, card.cardId)
    return { paused, isRescored: true }
  },
})
