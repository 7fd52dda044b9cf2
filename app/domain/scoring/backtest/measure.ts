import { inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { channels } from '~db/schema'
import type { Tx } from '~db/client.server'
import type { CardRow } from '../cards/card-rows'
import { digestOf } from '../cards/digest'
import type { BacktestReport, CardOutcome, CardTerms } from '../contract'
import { inTransaction, type Context } from '../../kernel'
import { factsOf, HOURS_AFTER } from '../learn-from-outcomes/facts-of'
import { pastLeads, type PastLead } from '../learn-from-outcomes/past-leads'
import type { LeadFacts } from '../lead-facts'
import { movesOf, standsOf } from './cell-moves'
import { calibrationOf, cellsOf, curveOf, groupsOf, qualityOfPoints, tenthsOf, type Judged } from './figures'
import { openLeads } from './open-leads'
import { scoreOf, type Scored } from './score-facts'
import { NEEDED, unseenFrom } from './split-history'

/** The newest are tested: more would take longer and say the same. */
export const MOST_PAST = 20_000
export const MOST_OPEN = 5_000
const HOUR = 3_600_000

type Task = { card: CardRow; inForce: CardRow | null; outcome: CardOutcome; horizonDays: number }
type Told = (done: number, total: number) => Promise<unknown>
type Known = PastLead & { facts: LeadFacts }

/**
 * How good a card is: on leads it has not seen, by what was known of them a day after they came in, and against the card in force on the same
 * leads; and where the open leads would stand today. Outside a transaction it opens short ones, and `told` hears how far it is between them.
 */
export async function measure(ctx: Context, { card, inForce, outcome, horizonDays }: Task, told: Told): Promise<BacktestReport> {
  const { past, open } = await inTransaction(ctx, 'read only', async (tx) => ({ past: await pastLeads(tx, { outcome, horizonDays, now: ctx.now }, MOST_PAST), open: await openLeads(tx, MOST_OPEN) }))
  const total = past.leads.length + open.leadIds.length
  const facts = await factsOf(ctx, past.leads.map(({ leadId }) => leadId), HOURS_AFTER, (done) => told(done, total))
  const known = past.leads.flatMap((lead): Known[] => { const own = facts.get(lead.leadId); return own === undefined ? [] : [{ ...lead, facts: own }] })
  const first = unseenFrom(known, inForce === null ? [card] : [card, inForce])
  const [before, unseen] = [known.slice(0, first), known.slice(first)]
  const scored = unseen.map(({ facts: own }) => scoreAfter(card.terms, own))
  const isLearned = card.lesson?.state === 'done' && card.lesson.of === digestOf(card.terms)
  const calibration = isLearned ? card.terms.calibration : fitted(card.terms, before)
  const judged: Judged = { totals: Float64Array.from(scored, (each) => each.total), outcomes: outcomesOf(unseen), calibration }
  const positives = judged.outcomes.reduce((sum, each) => sum + each, 0)
  const isJudgeable = Math.min(positives, unseen.length - positives) >= NEEDED
  const now = await factsOf(ctx, open.leadIds, undefined, (done) => told(past.leads.length + done, total))
  return {
    state: 'done', of: digestOf(card.terms), at: ctx.now.toISOString(), outcome, horizonDays, hoursAfter: HOURS_AFTER, comparedWith: inForce === null ? null : { cardId: inForce.id, version: inForce.version },
    leads: { known: known.length, tested: unseen.length, positives, negatives: unseen.length - positives, needed: NEEDED, sampledFrom: past.sampledFrom },
    window: spanOf(unseen), before: spanOf(before) === null ? null : { leads: before.length, to: spanOf(before)?.to ?? '' }, calibration,
    quality: isJudgeable ? qualityOfPoints(judged) : null, published: isJudgeable && inForce !== null ? qualityOfOther(inForce, unseen, before) : null,
    deciles: isJudgeable ? tenthsOf(judged) : [], curve: isJudgeable ? curveOf(judged) : [], channels: await inTransaction(ctx, 'read only', (tx) => named(tx, judged, unseen)), cells: cellsOf(scored.map(({ cell }) => cell), judged.outcomes),
    ...whereOpenStand(card.terms, inForce?.terms ?? null, [...now.values()], ctx.now, open.of),
  }
}

const scoreAfter = (terms: CardTerms, facts: LeadFacts): Scored => scoreOf(terms, facts, new Date(facts.cameInAt.getTime() + HOURS_AFTER * HOUR))
const totalsOf = (terms: CardTerms, leads: readonly Known[]): Float64Array => Float64Array.from(leads, ({ facts }) => scoreAfter(terms, facts).total)
const outcomesOf = (leads: readonly PastLead[]): Uint8Array => Uint8Array.from(leads, ({ isPositive }) => Number(isPositive))
const fitted = (terms: CardTerms, before: readonly Known[]): CardTerms['calibration'] => calibrationOf(totalsOf(terms, before), outcomesOf(before))

function spanOf(leads: readonly PastLead[]): BacktestReport['window'] {
  const [first, last] = [leads[0], leads.at(-1)]
  return first === undefined || last === undefined ? null : { from: first.cameInAt.toISOString(), to: last.cameInAt.toISOString() }
}

// Its chances are its own where it has them: it is judged as it is in force.
const qualityOfOther = ({ terms }: CardRow, unseen: readonly Known[], before: readonly Known[]) =>
  qualityOfPoints({ totals: totalsOf(terms, unseen), outcomes: outcomesOf(unseen), calibration: terms.calibration ?? fitted(terms, before) })

async function named(tx: Tx, judged: Judged, unseen: readonly Known[]): Promise<BacktestReport['channels']> {
  const groups = groupsOf(judged, unseen.map(({ facts }) => facts.channelId))
  const ids = groups.flatMap(({ key }) => (key === null ? [] : [key]))
  const rows = ids.length === 0 ? [] : await tx.select({ id: channels.id, name: channels.name }).from(channels).where(inArray(channels.id, ids))
  const names = new Map<Id<'ch'>, string>(rows.map(({ id, name }) => [id, name]))
  return groups.map(({ key, ...group }) => ({ channelId: key, name: key === null ? null : (names.get(key) ?? null), ...group }))
}

function whereOpenStand(terms: CardTerms, before: CardTerms | null, facts: readonly LeadFacts[], now: Date, of: number): Pick<BacktestReport, 'open' | 'moves'> {
  const stands = facts.map((each) => scoreOf(terms, each, now))
  const moves = before === null ? null : movesOf(facts.map((each, at) => ({ leadId: each.leadId, from: scoreOf(before, each, now).cell, to: stands[at]?.cell ?? 44 })))
  return { open: { leads: facts.length, sampledFrom: of > facts.length ? of : null, stands: standsOf(stands.map(({ cell }) => cell)) }, moves }
}
