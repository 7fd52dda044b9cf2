import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { scoreCards } from '~db/schema'
import type { Tx } from '~db/client.server'
import { command, type Context } from '../../kernel'
import { idOf, line } from '../../kernel/contract'
import { fieldsInUse } from '../../leads'
import { qualityOfPoints, type Judged } from '../backtest/figures'
import { NEEDED } from '../backtest/split-history'
import { addDraft, cardNamed, emptyTerms, lockedDraft, publishedCard } from '../cards/card-rows'
import { digestOf } from '../cards/digest'
import { knownValues } from '../cards/known-values'
import { cardOutcomes, horizons, type CardQuality, type CardRef, type CardTerms, type LearnedLesson, type Lesson, type LessonAsk, type MissingData } from '../contract'
import { factsOf, HOURS_AFTER } from './facts-of'
import { gate, isEnough, outcomesOf, pastLeads, type Outcomes } from './past-leads'
import { scoreAfterADay, teach, type Pupil } from './teach'

/** The newest are learned from: what sold years ago says less, and it keeps learning within seconds. */
const MOST_LEARNED = 10_000
/** This part comes first and is learned from; on the rest the card is tested. */
const LEARNED_PART = 0.75

const Horizon = z.coerce.number().refine((days) => horizons.some((each) => each === days), 'not-a-choice')

/**
 * Orders a card to be learned from the organisation's own outcomes: won, or qualified, within so many days. Answers the draft it will be in, or,
 * below the gate, what is missing. `allow` names columns that are learned from though they look as if they knew the outcome. Refuses too-many.
 */
export const learnCard = command({
  name: 'score-card.learn',
  permission: 'scoring:write',
  input: z.object({ outcome: z.enum(cardOutcomes).default('won'), horizonDays: Horizon.default(90), allow: z.array(z.string().max(300)).max(50).default([]), note: line(200).nullable().optional() }),
  async run({ tx, ctx, input: { note, ...ask }, emit, audit }): Promise<({ state: 'asked' } & CardRef) | { state: 'abstained'; missing: MissingData }> {
    const outcomes = await outcomesOf(tx, { ...ask, now: ctx.now })
    if (!isEnough(outcomes)) return { state: 'abstained', missing: missingOf(outcomes) }
    const card = await addDraft(ctx, { kind: 'learned', terms: emptyTerms, note: note ?? null, basedOn: null, lesson: { state: 'asked', ...ask } })
    await audit(card.cardId, { after: { kind: 'learned', version: card.version, outcome: ask.outcome, horizonDays: ask.horizonDays } })
    await emit('card.learning-asked', { cardId: card.cardId })
    await emit('card.changed', { cardId: card.cardId })
    return { state: 'asked', ...card }
  },
})

const missingOf = ({ leads, positives, leftOut }: Outcomes): MissingData => ({ leads, leadsNeeded: gate.leads, positives, negatives: leads - positives, eachNeeded: gate.each, leftOut })

/** Learns a card that was asked for into its draft, with what it was learned from. One that was learned already, or thrown away, is left alone. */
export const runLearning = command({
  name: 'score-card.run-learning',
  permission: 'scoring:write',
  input: z.object({ cardId: idOf('scd') }),
  async run({ tx, ctx, input: { cardId }, emit, audit }): Promise<{ isLearned: boolean }> {
    const asked = (await cardNamed(tx, cardId)).lesson
    if (asked?.state !== 'asked') return { isLearned: false }
    const { terms, lesson } = await learned(ctx, asked)
    const draft = await lockedDraft(tx, cardId)
    await tx.update(scoreCards).set({ terms, lesson, changedAt: ctx.now }).where(eq(scoreCards.id, cardId))
    await audit(cardId, { after: { version: draft.version, kind: lesson.state } })
    await emit('card.changed', { cardId })
    return { isLearned: lesson.state === 'done' }
  },
})

async function learned(ctx: Context & { tx: Tx }, { outcome, horizonDays, allow }: LessonAsk): Promise<{ terms: CardTerms; lesson: Lesson }> {
  const { tx } = ctx
  const ask = { outcome, horizonDays, allow }
  const past = await pastLeads(tx, { outcome, horizonDays, now: ctx.now }, MOST_LEARNED)
  const facts = await factsOf(ctx, past.leads.map(({ leadId }) => leadId), HOURS_AFTER)
  const kinds = new Map((await fieldsInUse(tx)).map(({ id, kind }) => [id, kind]))
  const now = kinds.size === 0 ? facts : await factsOf(ctx, [...facts.keys()])
  const pupils = past.leads.flatMap(({ leadId, isPositive, ever }): Pupil[] => { const own = facts.get(leadId); return own === undefined ? [] : [{ facts: own, later: now.get(leadId) ?? own, isPositive, ever }] })
  const counted = { leads: pupils.length, positives: pupils.filter(({ isPositive }) => isPositive).length, leftOut: past.leftOut }
  const cut = Math.round(pupils.length * LEARNED_PART)
  const [school, heldBack] = [pupils.slice(0, cut), pupils.slice(cut)]
  // Since it was asked somebody may have objected, or a merge made two leads one.
  if (!isEnough(counted) || !isBoth(school)) return { terms: emptyTerms, lesson: { state: 'abstained', ...ask, missing: missingOf(counted) } }
  const { terms, ...taught } = await teach(school, { allow, known: await knownValues(tx), kinds })
  const inForce = await publishedCard(tx)
  const published = inForce === null ? null : qualityOn(inForce.terms, heldBack)
  const lesson: LearnedLesson = {
    state: 'done', ...ask, hoursAfter: HOURS_AFTER, of: digestOf(terms), at: ctx.now.toISOString(), leads: school.length, positives: positivesOf(school), rate: positivesOf(school) / school.length,
    sampledFrom: past.sampledFrom, window: spanOf(school), heldBack: { leads: heldBack.length, positives: positivesOf(heldBack), ...spanOf(heldBack) }, leftOut: past.leftOut, ...taught,
    quality: qualityOn(terms, heldBack), published: inForce === null || published === null ? null : { ...published, cardId: inForce.id, version: inForce.version },
  }
  return { terms, lesson }
}

const positivesOf = (pupils: readonly Pupil[]): number => pupils.filter(({ isPositive }) => isPositive).length
const isBoth = (pupils: readonly Pupil[]): boolean => positivesOf(pupils) > 0 && positivesOf(pupils) < pupils.length

function spanOf(pupils: readonly Pupil[]): { from: string; to: string } {
  const at = (pupil: Pupil | undefined) => pupil?.facts.cameInAt.toISOString() ?? ''
  return { from: at(pupils[0]), to: at(pupils.at(-1)) }
}

function qualityOn(terms: CardTerms, pupils: readonly Pupil[]): CardQuality | null {
  const positives = positivesOf(pupils)
  if (Math.min(positives, pupils.length - positives) < NEEDED) return null
  const judged: Judged = { totals: Float64Array.from(pupils, ({ facts }) => scoreAfterADay(terms, facts).total), outcomes: Uint8Array.from(pupils, ({ isPositive }) => Number(isPositive)), calibration: terms.calibration }
  return qualityOfPoints(judged)
}
