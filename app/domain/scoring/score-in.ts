import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { emitAllIn, type Context } from '../kernel'
import { dueMoment } from './due-moment'
import { uuids } from './fact-rows'
import { addScores, changeScores, effectiveCell, lockScores, type KeptScore } from './kept-scores'
import type { LeadFacts } from './lead-facts'
import { linesOf, type WantedLine } from './lines-of'
import { overridesInForce, type OverrideInForce } from './overrides-in-force'
import { chanceOf, type CardInForce } from './published-card'
import { readFacts } from './read-facts'
import { cellOf, scoreAt } from './score-at'
import { correctionOf, recordLines, standingLines, type Correction } from './standing-lines'

type InTx = Context & { tx: Tx }
type Plan = { score: KeptScore; before: KeptScore | undefined; correction: Correction }
export type Scored = { scored: number; changed: number }

/**
 * Makes the lines and scores of these leads (at most 500) what their facts give by a card, inside the caller's
 * transaction. Said twice, or by two at once, it changes nothing. `onlyOpen`: closed leads change without an event.
 */
export async function scoreIn(ctx: InTx, card: CardInForce, leadIds: readonly Id<'lead'>[], { onlyOpen = false }: { onlyOpen?: boolean } = {}): Promise<Scored> {
  // Held first and read after: whoever comes second sees what the first one wrote, and what it was told of.
  const kept = await lockScores(ctx, leadIds)
  const [facts, standing, overrides] = await Promise.all([readFacts(ctx, leadIds), standingLines(ctx, card.cardId, leadIds), overridesInForce(ctx, leadIds)])
  const plans = facts.map((each): Plan => {
    const wanted = linesOf(card.terms, each)
    const score = scoreOf(card, each, wanted, overrides.get(each.leadId), ctx.now)
    return { score, before: kept.get(each.leadId), correction: correctionOf(each.leadId, wanted, standing.get(each.leadId) ?? []) }
  })
  const added = await addScores(ctx, plans.filter(({ before }) => before === undefined).map(({ score }) => score))
  const won = plans.filter(({ score, before }) => before !== undefined || added.has(score.leadId))
  await recordLines(ctx, card.cardId, won.map(({ correction }) => correction))
  await changeScores(ctx, won.flatMap(({ score, before }) => (before === undefined || isSame(score, before) ? [] : [score])))
  const changed = won.filter(({ score, before }) => effectiveCell(score) !== effectiveCell(before)).map(({ score }) => score)
  await tellOf(ctx, changed, onlyOpen)
  const lost = plans.flatMap(({ score, before }) => (before === undefined && !added.has(score.leadId) ? [score.leadId] : []))
  const again = lost.length === 0 ? { scored: 0, changed: 0 } : await scoreIn(ctx, card, lost, { onlyOpen })
  return { scored: won.length + again.scored, changed: changed.length + again.changed }
}

/** Where lines put a lead at a moment. */
export function scoreOf({ cardId, terms }: CardInForce, { leadId, hasObjection }: Pick<LeadFacts, 'leadId' | 'hasObjection'>, lines: readonly WantedLine[], override: OverrideInForce | undefined, now: Date): KeptScore {
  const { fit, interest, total } = scoreAt(lines, now)
  const dueAt = hasObjection ? null : dueMoment(lines, terms.thresholds, now)
  return {
    leadId, cardId, fit, interest, cell: hasObjection ? null : cellOf({ fit, interest }, terms.thresholds), chance: hasObjection ? null : chanceOf(terms, total), overrideCell: override?.cell ?? null,
    dueAt: override?.until == null || (dueAt !== null && dueAt < override.until) ? dueAt : override.until,
  }
}

const isSame = (a: KeptScore, b: KeptScore): boolean =>
  a.cardId === b.cardId && a.fit === b.fit && a.interest === b.interest && a.cell === b.cell && a.chance === b.chance && a.overrideCell === b.overrideCell && a.dueAt?.getTime() === b.dueAt?.getTime()

/** Tells of leads that stand elsewhere now. */
export async function tellOf(ctx: InTx, scores: readonly KeptScore[], onlyOpen: boolean): Promise<void> {
  if (scores.length === 0) return
  const rows = await ctx.tx.execute<{ id: string; owner_id: string | null }>(sql`
    select l.id, l.owner_id from leads l where l.org_id = ${toUuid(ctx.orgId)}::uuid and l.id = any (${uuids(scores.map(({ leadId }) => toUuid(leadId)))}::uuid[]) ${onlyOpen ? sql`and l.is_open` : sql``} order by l.id`)
  const cells = new Map(scores.map((score) => [score.leadId, effectiveCell(score)]))
  await emitAllIn(ctx.tx, ctx)('lead.scored', rows.map((row) => {
    const leadId = fromUuid('lead', row.id)
    return { leadId, ownerId: row.owner_id === null ? null : fromUuid('mem', row.owner_id), cell: cells.get(leadId) ?? null }
  }))
}
