import { and, desc, eq, max, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { newId, type Id } from '~/lib/ids'
import { members, scoreCards } from '~db/schema'
import type { Tx } from '~db/client.server'
import { DomainError, memberOf, type Context } from '../../kernel'
import { CardTerms, type BacktestReport, type CardRef, type Lesson, type RunningTest } from '../contract'
import type { CardKind, CardState } from '../vocabulary'
import { digestOf } from './digest'

export type CardRow = Omit<typeof scoreCards.$inferSelect, 'terms' | 'lesson' | 'report'> & { terms: CardTerms; lesson: Lesson | null; report: BacktestReport | RunningTest | null }

/** A version of the organisation's card in a list. `auc` is that of its backtest. */
export type CardSummary = CardRef & {
  kind: CardKind; state: CardState; note: string | null; lines: number; createdAt: Date; createdBy: string | null; changedAt: Date
  publishedAt: Date | null; publishedBy: string | null; retiredAt: Date | null
  test: 'none' | 'running' | 'current' | 'outdated'; learning: 'running' | 'abstained' | 'done' | null; auc: number | null
}
type Named = { card: CardRow; createdBy: string | null; publishedBy: string | null }

/** What is new, or has nothing yet: everybody is in the last class until there are lines. */
export const emptyTerms: CardTerms = { base: 0, lines: [], thresholds: { fit: [60, 40, 20], interest: [60, 40, 20] }, calibration: null }

const known = (row: typeof scoreCards.$inferSelect): CardRow => ({
  ...row, terms: CardTerms.parse(row.terms), lesson: row.lesson as Lesson | null, report: row.report as BacktestReport | RunningTest | null,
})

/** Cards with the names of who made and published them, newest version first; all of them, or one. */
export async function namedCards(tx: Tx, cardId?: Id<'scd'>): Promise<Named[]> {
  const [maker, publisher] = [alias(members, 'maker'), alias(members, 'publisher')]
  const rows = await tx.select({ card: scoreCards, createdBy: maker.name, publishedBy: publisher.name }).from(scoreCards)
    .leftJoin(maker, and(eq(maker.orgId, scoreCards.orgId), eq(maker.id, scoreCards.createdBy)))
    .leftJoin(publisher, and(eq(publisher.orgId, scoreCards.orgId), eq(publisher.id, scoreCards.publishedBy)))
    .where(cardId === undefined ? undefined : eq(scoreCards.id, cardId)).orderBy(desc(scoreCards.version)).limit(500)
  return rows.map(({ card, ...names }) => ({ card: known(card), ...names }))
}

/** One card. Refuses not-found. */
export async function cardNamed(tx: Tx, cardId: Id<'scd'>): Promise<CardRow> {
  const [row] = await tx.select().from(scoreCards).where(eq(scoreCards.id, cardId))
  if (row === undefined) throw new DomainError('not-found')
  return known(row)
}

/** One card, locked until the end of the transaction. Refuses not-found. */
export async function lockedCard(tx: Tx, cardId: Id<'scd'>): Promise<CardRow> {
  const [row] = await tx.select().from(scoreCards).where(eq(scoreCards.id, cardId)).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return known(row)
}

/** A draft, locked. Refuses not-found, and card-not-draft of what was published. */
export async function lockedDraft(tx: Tx, cardId: Id<'scd'>): Promise<CardRow> {
  const card = await lockedCard(tx, cardId)
  if (card.state !== 'draft') throw new DomainError('card-not-draft')
  return card
}

/** The card in force, or none. */
export async function publishedCard(tx: Tx): Promise<CardRow | null> {
  const [row] = await tx.select().from(scoreCards).where(eq(scoreCards.state, 'published'))
  return row === undefined ? null : known(row)
}

/** Versions are counted one after the other, and one card is published at a time: who makes or publishes one waits for others who do. */
export async function lockCards(tx: Tx, orgId: Id<'org'>): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`score-cards ${orgId}`}, 0))`)
}

const MOST_DRAFTS = 20
type NewDraft = { kind: CardKind; terms: CardTerms; note: string | null; basedOn: Id<'scd'> | null; lesson: Lesson | null }

/** Puts a new draft in place, with the next version. Refuses too-many beyond twenty drafts. */
export async function addDraft({ tx, ...ctx }: Context & { tx: Tx }, draft: NewDraft): Promise<CardRef> {
  await lockCards(tx, ctx.orgId)
  const [counted] = await tx.select({ last: max(scoreCards.version), drafts: sql<number>`count(*) filter (where ${scoreCards.state} = 'draft')::int` }).from(scoreCards)
  if ((counted?.drafts ?? 0) >= MOST_DRAFTS) throw new DomainError('too-many')
  const card = { cardId: newId('scd'), version: (counted?.last ?? 0) + 1 }
  await tx.insert(scoreCards).values({ orgId: ctx.orgId, id: card.cardId, version: card.version, state: 'draft', ...draft, createdBy: memberOf(ctx.actor), createdAt: ctx.now, changedAt: ctx.now })
  return card
}

/** A card as lists show it; `inForce` is the published one, which a draft must have been compared with. */
export function summaryOf({ card, createdBy, publishedBy }: Named, inForce: Id<'scd'> | null): CardSummary {
  const { id, version, kind, state, note, terms, createdAt, changedAt, publishedAt, retiredAt, lesson, report } = card
  return {
    cardId: id, version, kind, state, note, lines: terms.lines.length, createdAt, createdBy, changedAt, publishedAt, publishedBy, retiredAt, test: testOf(card, inForce),
    learning: lesson === null ? null : lesson.state === 'asked' ? 'running' : lesson.state, auc: report?.state === 'done' ? (report.quality?.auc ?? null) : null,
  }
}

/** Whether a card's test says something of it as it is: of these terms, and against the card that is in force. */
export function testOf({ report, reportOf, terms, state }: CardRow, inForce: Id<'scd'> | null): CardSummary['test'] {
  if (report === null) return 'none'
  if (report.of !== digestOf(terms)) return 'outdated'
  if (report.state === 'running') return 'running'
  const isCompared = state !== 'draft' || (report.comparedWith?.cardId ?? null) === inForce
  return reportOf === report.of && isCompared ? 'current' : 'outdated'
}
