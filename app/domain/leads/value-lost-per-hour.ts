import type { Cell } from '../scoring/vocabulary'
import { amountOf, chanceOf, type AmountFrom, type ChanceFrom, type QueueRates } from './queue-rates'
import type { DueReason, Grade, Stage } from './vocabulary'

export const HOUR = 3_600_000
const DAY = 24 * HOUR
const { LN2, exp, log } = Math

/**
 * How fast a chance is lost. Half of those who ask are in a hurry: for them the odds of a real conversation fell seven
 * times from the first hour to the second and sixty times beyond a day (Oldroyd, McElheran and Elkington, "The Short
 * Life of Online Sales Leads", HBR March 2011). The half itself, the patient ones' week, retry and promise are ours.
 */
export const HAZARD = {
  graceMs: 5 * 60_000, hurriedShare: 0.5, hurriedUntilMs: 2 * HOUR, hurried: log(7), laterUntilMs: DAY, later: log(60 / 7) / 22, patient: LN2 / 168,
  /** a promise (a callback, an SLA) that is due presses like a fresh inquiry, and from a day later on like a planned retry */
  promise: log(7), promiseForMs: DAY, oldPromise: 0.1,
  /** what is left of a lead after each attempt that nobody answered */
  retry: 0.6,
} as const

/** What is known of a lead when it is valued. `turnOverAt`: contacted without a next step, it has its turn again then. */
export type QueueSignals = {
  now: Date; stage: Stage; grade: Grade | null; cell: Cell | null; expected: { amount: bigint; currency: string } | null; productLineId: string; channelKind: string | null
  cameInAt: Date; askedAt: Date; lastContactAt: Date | null; nextStepAt: Date | null; snoozedUntil: Date | null; turnOverAt: Date | null
  attempts: number; sla: { startedAt: Date; dueAt: Date } | null
}
/** What the number was made of, in the order it is told. Amounts are minor units, rates are shares of the chance per hour. */
export type QueueFactors = {
  at: string; amount: number; amountFrom: AmountFrom; chance: number; chanceFrom: ChanceFrom; attempts: number; attemptsLeave: number
  waitedMs: number | null; left: number; losing: number; callback: number; sla: number
}
export type QueuePlace = {
  value: number; currency: string | null; reason: DueReason; reasonAt: Date | null; attempt: number; restsUntil: Date | null; revalueAt: Date; factors: QueueFactors
}

/**
 * The expected value a lead loses with every hour nobody speaks to it: amount × chance to win × what unanswered
 * attempts leave of it × the share of the chance lost in the next hour. Minor units of the organisation's currency per
 * hour, or wins per hour where no amount is known (`currency` null). A resting lead is valued as of the moment it comes
 * back and stands outside the queue until then. Deterministic: the same signals give the same place.
 */
export function valueLostPerHour(signals: QueueSignals, rates: QueueRates): QueuePlace {
  const restsUntil = restOf(signals)
  const at = restsUntil ?? signals.now
  const { amount, from } = amountOf(rates, signals)
  const { chance, ...chanceFrom } = chanceOf(rates, signals)
  const attemptsLeave = HAZARD.retry ** signals.attempts
  const asked = isUnanswered(signals) ? decay(at.getTime() - signals.askedAt.getTime()) : { left: 1, losing: HAZARD.patient }
  const callback = stepRate(signals, at)
  const sla = signals.sla === null ? 0 : slaRate(at, signals.sla)
  const value = amount * chance * attemptsLeave * (asked.losing + asked.left * (callback + sla))
  const waitedMs = isUnanswered(signals) ? at.getTime() - signals.askedAt.getTime() : null
  return {
    value, currency: from === 'one' ? null : rates.currency, restsUntil, attempt: signals.attempts, ...reasonOf(signals, at, { callback, sla, losing: asked.losing }),
    revalueAt: new Date(Math.max(signals.now.getTime() + 60_000, restsUntil?.getTime() ?? nextStep(signals, at))),
    factors: { at: at.toISOString(), amount, amountFrom: from, chance, chanceFrom, attempts: signals.attempts, attemptsLeave, waitedMs, left: asked.left, losing: asked.losing, callback, sla },
  }
}

/** Nobody has spoken to them since they last asked. */
const isUnanswered = ({ lastContactAt, askedAt }: QueueSignals): boolean => lastContactAt === null || askedAt > lastContactAt

/** Until when a lead stays out: a rest or a next step somebody set, or, contacted and not asking anew, its next turn. */
function restOf(signals: QueueSignals): Date | null {
  const turn = isUnanswered(signals) || signals.nextStepAt !== null ? null : signals.turnOverAt
  const ahead = [signals.snoozedUntil, signals.nextStepAt, turn].flatMap((each) => (each !== null && each > signals.now ? [each.getTime()] : []))
  return ahead.length === 0 ? null : new Date(Math.max(...ahead))
}

/** What is left of a chance after waiting, and how much of it goes in the next hour (both as shares of the whole). */
export function decay(waitedMs: number): { left: number; losing: number } {
  const waited = Math.max(0, waitedMs - HAZARD.graceMs)
  const [first, second] = [Math.min(waited, HAZARD.hurriedUntilMs) / HOUR, Math.max(0, Math.min(waited, HAZARD.laterUntilMs) - HAZARD.hurriedUntilMs) / HOUR]
  const afterDay = Math.max(0, waited - HAZARD.laterUntilMs) / HOUR
  const hurried = HAZARD.hurriedShare * exp(-HAZARD.hurried * first - HAZARD.later * second - HAZARD.patient * afterDay)
  const patient = (1 - HAZARD.hurriedShare) * exp((-HAZARD.patient * waited) / HOUR)
  const rate = waited < HAZARD.hurriedUntilMs ? HAZARD.hurried : waited < HAZARD.laterUntilMs ? HAZARD.later : HAZARD.patient
  return { left: hurried + patient, losing: hurried * rate + patient * HAZARD.patient }
}

/** A callback was promised; another try after nobody answered was only planned. */
function stepRate({ nextStepAt, attempts }: QueueSignals, at: Date): number {
  if (nextStepAt === null || at < nextStepAt) return 0
  return attempts > 0 ? HAZARD.later : promiseRate(at.getTime() - nextStepAt.getTime())
}

function promiseRate(lateMs: number): number {
  if (lateMs < 0) return 0
  return lateMs < HAZARD.promiseForMs ? HAZARD.promise : HAZARD.oldPromise
}

/** From half of the time on the clock presses, straight up to its full weight at the due time. */
function slaRate(at: Date, { startedAt, dueAt }: { startedAt: Date; dueAt: Date }): number {
  const late = at.getTime() - dueAt.getTime()
  if (late >= 0) return promiseRate(late)
  return HAZARD.promise * Math.max(0, 1 + late / halfOf(startedAt, dueAt))
}
const halfOf = (startedAt: Date, dueAt: Date): number => Math.max(60_000, (dueAt.getTime() - startedAt.getTime()) / 2)

/** Of several reasons the one with the greatest share is told; a resting lead says why it comes back. */
function reasonOf(signals: QueueSignals, at: Date, rates: { callback: number; sla: number; losing: number }): { reason: DueReason; reasonAt: Date | null } {
  const { sla, nextStepAt, snoozedUntil, askedAt, lastContactAt } = signals
  if (sla !== null && rates.sla > 0 && rates.sla >= rates.callback && (at >= sla.dueAt || rates.sla >= rates.losing)) {
    return { reason: at >= sla.dueAt ? 'sla_breached' : 'sla_due', reasonAt: sla.dueAt }
  }
  if (rates.callback > 0) return { reason: signals.attempts > 0 ? 'retry' : 'callback', reasonAt: nextStepAt }
  if (snoozedUntil !== null && snoozedUntil <= at) return { reason: 'back', reasonAt: snoozedUntil }
  if (isUnanswered(signals)) return { reason: 'fresh', reasonAt: askedAt }
  return signals.attempts > 0 ? { reason: 'retry', reasonAt: lastContactAt } : { reason: 'open', reasonAt: lastContactAt }
}

/** When the number will have changed by about a tenth, or a promise changes its weight. */
function nextStep(signals: QueueSignals, at: Date): number {
  const now = at.getTime()
  const waited = now - signals.askedAt.getTime() - HAZARD.graceMs
  const steps = [now + DAY]
  if (isUnanswered(signals)) steps.push(waited < 0 ? now - waited : waited < HAZARD.hurriedUntilMs ? now + 3 * 60_000 : waited < DAY ? now + HOUR / 2 : now + DAY)
  if (signals.nextStepAt !== null) steps.push(signals.nextStepAt.getTime() + HAZARD.promiseForMs)
  if (signals.sla !== null) {
    const { startedAt, dueAt } = signals.sla
    const half = halfOf(startedAt, dueAt)
    steps.push(dueAt.getTime() - half, dueAt.getTime(), dueAt.getTime() + HAZARD.promiseForMs)
    if (now >= dueAt.getTime() - half && now < dueAt.getTime()) steps.push(now + half / 10)
  }
  return Math.min(...steps.filter((step) => step > now))
}
