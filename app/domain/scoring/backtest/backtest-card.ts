import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { scoreCards } from '~db/schema'
import { command, DomainError, inTransaction, isRefusal, type Context } from '../../kernel'
import { idOf } from '../../kernel/contract'
import { cardNamed, lockedCard, lockedDraft, publishedCard } from '../cards/card-rows'
import { digestOf } from '../cards/digest'
import { faultsOf } from '../cards/faults'
import { knownValues } from '../cards/known-values'
import { refuseFaults } from '../cards/refuse-faults'
import { cardOutcomes, horizons, type BacktestReport, type RunningTest } from '../contract'
import { outcomesOf } from '../learn-from-outcomes/past-leads'
import { measure, MOST_OPEN, MOST_PAST } from './measure'
import { openLeads } from './open-leads'

const cardId = idOf('scd')
const Horizon = z.coerce.number().refine((days) => horizons.some((each) => each === days), 'not-a-choice')
/** As many facts as a request reads without keeping anybody waiting; more are read by the worker. */
const AT_ONCE = 5_000

/**
 * Tests a draft on leads it has not seen, and keeps the report with it: at once up to 5,000 leads, above them in a job. A learned card is tested on what
 * it was learned for. Refuses not-found, card-not-draft, card-faulty, conflict (it is being learned).
 */
export const backtestCard = command({
  name: 'score-card.backtest',
  permission: 'scoring:write',
  input: z.object({ cardId, outcome: z.enum(cardOutcomes).default('won'), horizonDays: Horizon.default(90) }),
  async run({ tx, ctx, input, emit, audit }): Promise<{ state: 'done'; report: BacktestReport } | { state: 'running' }> {
    const card = await lockedDraft(tx, input.cardId)
    if (card.lesson?.state === 'asked') throw new DomainError('conflict')
    refuseFaults(faultsOf(card.terms, await knownValues(tx)))
    const asked = card.lesson?.state === 'done' ? { outcome: card.lesson.outcome, horizonDays: card.lesson.horizonDays } : { outcome: input.outcome, horizonDays: input.horizonDays }
    await audit(card.id, { after: { version: card.version, outcome: asked.outcome, horizonDays: asked.horizonDays } })
    const { leads } = await outcomesOf(tx, { ...asked, now: ctx.now })
    const total = Math.min(leads, MOST_PAST) + Math.min((await openLeads(tx, 1)).of, MOST_OPEN)
    if (total > AT_ONCE) {
      await tx.update(scoreCards).set({ report: { state: 'running', of: digestOf(card.terms), at: ctx.now.toISOString(), ...asked, done: 0, total } satisfies RunningTest, reportOf: null, reportedAt: null }).where(eq(scoreCards.id, card.id))
      await emit('card.backtest-asked', { cardId: card.id })
      await emit('card.changed', { cardId: card.id })
      return { state: 'running' }
    }
    const report = await measure(ctx, { card, inForce: await publishedCard(tx), ...asked }, () => Promise.resolve())
    await keepTest(ctx, { cardId: card.id, test: report })
    return { state: 'done', report }
  },
})

/** Keeps how far a test is, or its report, with the draft it is of. Of one that was changed or published since it says nothing, and nothing is kept. Refuses not-found. */
export const keepTest = command({
  name: 'score-card.keep-test',
  permission: 'scoring:write',
  input: z.object({ cardId, test: z.custom<RunningTest | BacktestReport>((value) => typeof value === 'object' && value !== null && 'of' in value) }),
  async run({ tx, ctx, input, emit }): Promise<{ isKept: boolean }> {
    const { id, state, terms } = await lockedCard(tx, input.cardId)
    if (state !== 'draft' || digestOf(terms) !== input.test.of) return { isKept: false }
    const done = input.test.state === 'done' ? input.test : null
    const kept = done === null ? {} : { reportOf: done.of, reportedAt: ctx.now, terms: { ...terms, calibration: done.calibration } }
    await tx.update(scoreCards).set({ report: input.test, ...kept }).where(eq(scoreCards.id, id))
    if (done !== null) await emit('card.changed', { cardId: id })
    return { isKept: true }
  },
})

/**
 * Carries out a test that was asked for, saying how far it is; for the worker, outside any transaction. One that was changed, tested, published or
 * thrown away since is left alone.
 */
export async function runBacktest(ctx: Context, input: { cardId: Id<'scd'> }): Promise<{ isTested: boolean }> {
  const { card, inForce } = await inTransaction(ctx, 'read only', async (tx) => ({ card: await cardNamed(tx, input.cardId).catch(unlessGone), inForce: await publishedCard(tx) }))
  const asked = card?.report
  if (card === null || asked?.state !== 'running' || card.state !== 'draft' || asked.of !== digestOf(card.terms)) return { isTested: false }
  const told = (done: number, total: number) => keepTest(ctx, { cardId: card.id, test: { ...asked, done, total } })
  const report = await measure(ctx, { card, inForce, outcome: asked.outcome, horizonDays: asked.horizonDays }, told)
  const { isKept } = await keepTest(ctx, { cardId: card.id, test: report })
  return { isTested: isKept }
}

function unlessGone(error: unknown): null {
  if (isRefusal(error, 'not-found')) return null
  throw error
}
