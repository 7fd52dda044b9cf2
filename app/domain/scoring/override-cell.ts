import { and, eq, isNull } from 'drizzle-orm'
import * as z from 'zod'
import { newId, type Id } from '~/lib/ids'
import { scoreOverrides } from '~db/schema'
import { command, DomainError, memberOf, type Context } from '../kernel'
import { idOf, moment } from '../kernel/contract'
import type { Tx } from '~db/client.server'
import { changeScores, effectiveCell, lockScores, type KeptScore } from './kept-scores'
import { publishedCard } from './published-card'
import { scoreIn, tellOf } from './score-in'
import { seenLead } from './seen-lead'
import { cells, overrideReasons, type Cell } from './vocabulary'

type InTx = Context & { tx: Tx }
const OverrideCell = z.object({ leadId: idOf('lead'), cell: z.literal(cells), reason: z.enum(overrideReasons), until: moment.nullish() })

/**
 * Sets a lead's cell by hand, beside the card's own and for as long as said; one set before ends. By members. Refuses:
 * not-found, lead-duplicate, not-scored (no card scores this lead), not-allowed (no member), invalid (an end in the past).
 */
export const overrideCell = command({
  name: 'score.override',
  permission: 'leads:write',
  input: OverrideCell,
  async run({ tx, ctx, input: { leadId, cell, reason, until = null }, audit }): Promise<{ overrideId: Id<'sco'>; effectiveCell: Cell }> {
    const by = memberOf(ctx.actor)
    const { duplicateOf } = await seenLead(ctx, leadId)
    if (by === null) throw new DomainError('not-allowed')
    if (duplicateOf !== null) throw new DomainError('lead-duplicate', { params: { leadId: duplicateOf } })
    if (until !== null && until <= ctx.now) throw new DomainError('invalid', { fields: { until: ['not-in-the-past'] } })
    const before = await heldScore(ctx, leadId)
    await endStanding(ctx, leadId, by)
    const overrideId = newId('sco')
    await tx.insert(scoreOverrides).values({ orgId: ctx.orgId, id: overrideId, leadId, cell, reason, until, by, at: ctx.now })
    await placed(ctx, before, { ...before, overrideCell: cell, dueAt: until ?? before.dueAt })
    await audit(leadId, { before: { cell: effectiveCell(before) }, after: { cell, reason, until } })
    return { overrideId, effectiveCell: cell }
  },
})

/** Ends the cell set by hand: the card's own counts again. Without one nothing changes. Refuses: not-found. */
export const endOverride = command({
  name: 'score.end-override',
  permission: 'leads:write',
  input: z.object({ leadId: idOf('lead') }),
  async run({ ctx, input: { leadId }, audit }): Promise<{ effectiveCell: Cell | null }> {
    await seenLead(ctx, leadId)
    const before = (await lockScores(ctx, [leadId])).get(leadId)
    const ended = await endStanding(ctx, leadId, memberOf(ctx.actor))
    if (before === undefined || !ended) return { effectiveCell: effectiveCell(before) }
    const after = { ...before, overrideCell: null }
    await placed(ctx, before, after)
    await audit(leadId, { before: { cell: before.overrideCell }, after: { cell: effectiveCell(after) } })
    return { effectiveCell: effectiveCell(after) }
  },
})

async function endStanding({ tx, orgId, now }: InTx, leadId: Id<'lead'>, by: Id<'mem'> | null): Promise<boolean> {
  const ended = await tx.update(scoreOverrides).set({ endedAt: now, endedBy: by })
    .where(and(eq(scoreOverrides.orgId, orgId), eq(scoreOverrides.leadId, leadId), isNull(scoreOverrides.endedAt))).returning({ id: scoreOverrides.id })
  return ended.length > 0
}

/** The lead's score, held; one that no event has brought yet is made. */
async function heldScore(ctx: InTx, leadId: Id<'lead'>): Promise<KeptScore> {
  const known = (await lockScores(ctx, [leadId])).get(leadId)
  if (known !== undefined) return known
  const card = await publishedCard(ctx.tx, ctx.orgId)
  if (card === null) throw new DomainError('not-scored')
  await scoreIn(ctx, card, [leadId])
  const made = (await lockScores(ctx, [leadId])).get(leadId)
  if (made === undefined) throw new DomainError('not-scored')
  return made
}

/** Writes where a lead stands, and tells of it where that is elsewhere; scoring then knows when to look again. */
async function placed(ctx: InTx, before: KeptScore, after: KeptScore): Promise<void> {
  await changeScores(ctx, [after])
  if (effectiveCell(before) !== effectiveCell(after)) await tellOf(ctx, [after], false)
  const card = await publishedCard(ctx.tx, ctx.orgId)
  if (card !== null) await scoreIn(ctx, card, [after.leadId])
}
