import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { companies, leads, people, rescorings, scoreCards } from '~db/schema'
import type { Tx } from '~db/client.server'
import { query, type Context } from '../../kernel'
import { idOf, nothing } from '../../kernel/contract'
import { visibleLeads } from '../../leads'
import { DomainError } from '../../kernel'
import type { BacktestReport, CardFault, CardRef, CardTerms, Lesson, PausedLine } from '../contract'
import type { Cell } from '../vocabulary'
import { namedCards, summaryOf, type CardSummary } from './card-rows'
import { digestOf } from './digest'
import { faultsOf } from './faults'
import { knownValues } from './known-values'
import { pausedLines } from './paused-lines'

/** Every version of the organisation's score card, newest first. */
export const listCards = query({
  name: 'score-card.list',
  permission: 'settings:read',
  input: nothing,
  async run({ tx }): Promise<CardSummary[]> {
    const cards = await namedCards(tx)
    const inForce = cards.find(({ card }) => card.state === 'published')?.card.id ?? null
    return cards.map((card) => summaryOf(card, inForce))
  },
})

export type ShownExample = { leadId: Id<'lead'>; name: string; from: Cell | null; to: Cell }
export type Rescoring = { total: number; done: number; changed: number; startedAt: Date; finishedAt: Date | null }
/** `digest` goes back with a change; `isEdited`: a learned card that somebody changed since; `faults` keep it from being published. */
export type CardDetail = CardSummary & {
  terms: CardTerms; digest: string; basedOn: CardRef | null; lesson: Lesson | null; isEdited: boolean; report: BacktestReport | null; progress: { done: number; total: number } | null
  faults: CardFault[]; paused: PausedLine[]; rescoring: Rescoring | null; examples: ShownExample[]
}

/** A version with its terms, its report, what is wrong with it, which lines pause, and how far scoring by it is. Refuses not-found. */
export const cardById = query({
  name: 'score-card.detail',
  permission: 'settings:read',
  input: z.object({ cardId: idOf('scd') }),
  async run({ tx, ctx, input: { cardId } }): Promise<CardDetail> {
    const [named] = await namedCards(tx, cardId)
    if (named === undefined) throw new DomainError('not-found')
    const { terms, lesson, report } = named.card
    const [inForce] = await tx.select({ id: scoreCards.id }).from(scoreCards).where(eq(scoreCards.state, 'published'))
    const values = await knownValues(tx)
    const digest = digestOf(terms)
    const done = report?.state === 'done' ? report : null
    return {
      ...summaryOf(named, inForce?.id ?? null), terms, digest, lesson, basedOn: await refOf(tx, named.card.basedOn),
      isEdited: lesson?.state === 'done' && lesson.of !== digest, report: done, progress: report?.state === 'running' ? { done: report.done, total: report.total } : null,
      faults: faultsOf(terms, values), paused: pausedLines(terms, values), rescoring: await rescoringOf(tx, cardId), examples: await examplesOf(ctx, done),
    }
  },
})

async function refOf(tx: Tx, cardId: Id<'scd'> | null): Promise<CardRef | null> {
  if (cardId === null) return null
  const [row] = await tx.select({ cardId: scoreCards.id, version: scoreCards.version }).from(scoreCards).where(eq(scoreCards.id, cardId))
  return row ?? null
}

async function rescoringOf(tx: Tx, cardId: Id<'scd'>): Promise<Rescoring | null> {
  const [row] = await tx.select({ total: rescorings.total, done: rescorings.done, changed: rescorings.changed, startedAt: rescorings.startedAt, finishedAt: rescorings.finishedAt }).from(rescorings)
    .where(eq(rescorings.cardId, cardId)).orderBy(desc(rescorings.startedAt)).limit(1)
  return row ?? null
}

// The report holds no names: they are looked up for who asks, of leads they may see.
async function examplesOf(ctx: Context & { tx: Tx }, report: BacktestReport | null): Promise<ShownExample[]> {
  const examples = report?.moves?.examples ?? []
  if (examples.length === 0) return []
  const rows = await ctx.tx.select({ id: leads.id, name: sql<string>`coalesce(${companies.name}, ${people.name}, '')` }).from(leads)
    .leftJoin(companies, and(eq(companies.orgId, leads.orgId), eq(companies.id, leads.companyId)))
    .leftJoin(people, and(eq(people.orgId, leads.orgId), eq(people.id, leads.personId)))
    .where(and(inArray(leads.id, examples.map(({ leadId }) => leadId)), visibleLeads(ctx)))
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return examples.flatMap((example) => (names.has(example.leadId) ? [{ ...example, name: names.get(example.leadId) ?? '' }] : []))
}
