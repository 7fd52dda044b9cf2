import type { Id } from '~/lib/ids'
import type { CardTerms } from './card-terms'
import { cellOf, scoreAt } from './score-at'
import type { StandingLine } from './standing-lines'
import { BASE_LINE, type Cell } from './vocabulary'

/** A line as it was written, also one that takes another back. */
export type LedgerLine = StandingLine & { cardId: Id<'scd'>; reverses: Id<'scl'> | null }
export type ScoreMoment = { at: Date; fit: number; interest: number; total: number; cell: Cell | null; cardId: Id<'scd'> }
const MOST = 50

/** The card in force for a lead by a moment: the one whose base was written last. */
export function cardAt(lines: readonly LedgerLine[], at: Date): Id<'scd'> | null {
  const bases = lines.filter(({ line, recordedAt, reverses }) => line === BASE_LINE && reverses === null && recordedAt <= at)
  return bases.reduce<LedgerLine | null>((last, each) => (last === null || each.recordedAt > last.recordedAt || (each.recordedAt.getTime() === last.recordedAt.getTime() && each.id > last.id) ? each : last), null)?.cardId ?? null
}

/** Lines of a card that were written by a moment and not taken back by it. */
export function standingAt(lines: readonly LedgerLine[], cardId: Id<'scd'>, at: Date): LedgerLine[] {
  const written = lines.filter((line) => line.cardId === cardId && line.recordedAt <= at)
  const gone = new Set(written.flatMap(({ reverses }) => reverses ?? []))
  return written.filter(({ id, reverses }) => reverses === null && !gone.has(id))
}

/** Where a ledger put its lead at a moment; nobody profiled has no base and no cell. */
export function momentOf(lines: readonly LedgerLine[], cardId: Id<'scd'>, terms: CardTerms, at: Date): ScoreMoment {
  const standing = standingAt(lines, cardId, at)
  const score = scoreAt(standing, at)
  return { at, ...score, cell: standing.some(({ line }) => line === BASE_LINE) ? cellOf(score, terms.thresholds) : null, cardId }
}

/** How a score came to be, newest first: one entry for each moment at which lines were written, fifty at most. */
export function historyOf(lines: readonly LedgerLine[], cards: ReadonlyMap<Id<'scd'>, CardTerms>): ScoreMoment[] {
  const moments = [...new Set(lines.map(({ recordedAt }) => recordedAt.getTime()))].sort((a, b) => b - a).slice(0, MOST)
  return moments.flatMap((time) => {
    const at = new Date(time)
    const cardId = cardAt(lines, at)
    const terms = cardId === null ? undefined : cards.get(cardId)
    return cardId === null || terms === undefined ? [] : [momentOf(lines, cardId, terms, at)]
  })
}
