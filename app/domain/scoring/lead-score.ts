import * as z from 'zod'
import { fromUuid, type Id } from '~/lib/ids'
import { query, type Context } from '../kernel'
import { idOf, moment } from '../kernel/contract'
import type { Tx } from '~db/client.server'
import type { CardOutcome, CardTerms, Criterion } from './card-terms'
import { counterfactualsOf, type Counterfactual } from './counterfactuals'
import type { Because } from './criteria/adapter'
import { fieldRows, readingOf } from './fact-rows'
import { cardsOf, keptCard, ledgerOf, notCounted, objectionOn, overrideOf, type LeadCard, type LeadOverride } from './lead-score-rows'
import { labelsOf, type LineLabel } from './line-labels'
import { pausedLines } from './paused-lines'
import { chanceOf } from './published-card'
import { readFacts } from './read-facts'
import { worthAt } from './score-at'
import { cardAt, historyOf, momentOf, standingAt, type ScoreMoment } from './score-history'
import { seenLead } from './seen-lead'
import { BASE_LINE, type CardKind, type Cell, type ScoreGroup } from './vocabulary'

type InTx = Context & { tx: Tx }
/** A line as it is shown; `worth` is what is left of its points at the moment asked about. */
export type ShownLine = {
  id: Id<'scl'>; line: string; cause: string; group: ScoreGroup; points: number; worth: number; because: Because; criterion: Criterion | null; label: LineLabel
  touchId: Id<'tch'> | null; at: Date; recordedAt: Date; halfLifeDays: number | null; expiresAt: Date | null
}
export type LeadScore = {
  asOf: Date; card: { id: Id<'scd'>; version: number; kind: CardKind; publishedAt: Date | null; thresholds: CardTerms['thresholds']; /** what `chance` is a chance of */ outcome: CardOutcome }
  fit: number; interest: number; total: number; cell: Cell | null; effectiveCell: Cell | null; chance: number | null; override: LeadOverride | null; lines: ShownLine[]
  notCounted: { machine: number; unsure: number }; paused: string[]; counterfactuals: (Counterfactual & { label: LineLabel })[]; objection: { at: Date; personId: Id<'per'> } | null; history: ScoreMoment[]
}

/**
 * Why a lead stands where it stands, now or at an earlier moment: the lines that count, whose worth sums up to what is
 * shown, what is beside them, and which single fact would change it (now only). Null where no card has scored it by
 * then. Refuses: not-found (also where not visible).
 */
export const leadScore = query({
  name: 'score.of-lead',
  permission: 'leads:read',
  input: z.object({ leadId: idOf('lead'), asOf: moment.optional() }),
  async run({ ctx, input }): Promise<LeadScore | null> {
    const { leadId, told } = await seenLead(ctx, input.leadId)
    const isNow = input.asOf === undefined || input.asOf >= ctx.now
    const at = isNow ? ctx.now : (input.asOf ?? ctx.now)
    const ledger = await ledgerOf(ctx, leadId, at)
    const kept = isNow ? await keptCard(ctx, leadId) : cardAt(ledger, at)
    if (kept === null) return null
    const cards = await cardsOf(ctx, [...new Set([...ledger.map(({ cardId }) => cardId), kept])])
    const card = cards.get(cardAt(ledger, at) ?? kept)
    if (card === undefined) return null
    const score = momentOf(ledger, card.id, card.terms, at)
    const override = await overrideOf(ctx, leadId, at)
    const shown = standingAt(ledger, card.id, at).map((line) => ({ ...line, worth: worthAt(line, at), criterion: card.terms.lines.find(({ key }) => key === line.line)?.criterion ?? null }))
      .filter(({ worth, line }) => worth !== 0 || line === BASE_LINE)
    const counterfactuals = isNow && score.cell !== null ? await counterfactualsNow(ctx, card, leadId) : []
    const labelOf = await labelsOf(ctx, [...shown, ...counterfactuals])
    return {
      asOf: at, card: { id: card.id, version: card.version, kind: card.kind, publishedAt: card.publishedAt, thresholds: card.terms.thresholds, outcome: card.outcome },
      fit: score.fit, interest: score.interest, total: score.total, cell: score.cell, effectiveCell: override?.cell ?? score.cell, chance: score.cell === null ? null : chanceOf(card.terms, score.total), override,
      lines: shown.map(({ cardId: _card, leadId: _lead, reverses: _reverses, ...line }) => ({ ...line, label: labelOf(line) })).sort(byWeight),
      notCounted: await notCounted(ctx, told, at), paused: await pausedNow(ctx, card), counterfactuals: counterfactuals.map((each) => ({ ...each, label: labelOf(each) })),
      objection: await objectionOn(ctx, told, at), history: historyOf(ledger, new Map([...cards].map(([id, { terms }]) => [id, terms]))),
    }
  },
})

/** The base first, then what weighs most; of the same weight the newest. */
const byWeight = (a: ShownLine, b: ShownLine): number =>
  Number(b.line === BASE_LINE) - Number(a.line === BASE_LINE) || Math.abs(b.worth) - Math.abs(a.worth) || b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1)

async function counterfactualsNow(ctx: InTx, { terms }: LeadCard, leadId: Id<'lead'>): Promise<Counterfactual[]> {
  const [facts] = await readFacts(ctx, [leadId])
  return facts === undefined ? [] : counterfactualsOf(terms, facts, ctx.now)
}

async function pausedNow(ctx: InTx, { terms }: LeadCard): Promise<string[]> {
  if (!terms.lines.some(({ criterion }) => criterion.kind === 'field')) return []
  return pausedLines(terms, new Set((await fieldRows(readingOf(ctx))).map(({ id }) => fromUuid('cf', id))))
}
