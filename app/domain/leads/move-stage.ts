import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { dayStart, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { activities, leadChecklists, organisations, stageMoves } from '~db/schema'
import { actorId, can, command, DomainError, type Context } from '../kernel'
import { assertMoveAllowed, changesNothing, type Checklist, type MoveFacts } from './assert-move-allowed'
import { MoveStage, type MoveStageInput } from './contract'
import { keepSuggestion } from './grades/suggest-grade'
import { leadsToldBy } from './lead-group'
import { lockedLead, stageOf, type LeadRow } from './locked-lead'
import { placeInQueue } from './place-in-queue'
import { writeStage } from './write-stage'
import { afterMove, type StageState } from './stage-state'
import { twoWayOutcomes } from './vocabulary'

/** `moveId` is null where nothing changed; it is what undoes the move for 24 hours. */
export type Moved = { moveId: Id<'mov'> | null; version: number; state: StageState }

/**
 * Moves a lead's stage, or corrects what was said of the stage it is in. Amounts are minor units, `day` and `month`
 * are days and months of the organisation. Saying it twice changes nothing. Refuses: not-found, lead-junk, stale,
 * two-way-contact-missing, checklist-incomplete, grade-, amount-, month-, day-, reason-missing, other-lead-open.
 */
export const moveStage = command({
  name: 'lead.move-stage',
  permission: 'leads:write',
  input: MoveStage,
  async run({ tx, ctx, input, emit, audit }): Promise<Moved> {
    if (input.isImported && !can(ctx.actor, 'imports:write')) throw new DomainError('not-allowed')
    const lead = await lockedLead(tx, ctx, input.leadId)
    const before = await stageOf(tx, lead)
    if (changesNothing(before, input)) return { moveId: null, version: lead.version, state: before }
    if (input.version !== undefined && input.version !== lead.version) throw staleBecauseOf(lead, before, input)
    assertMoveAllowed(await factsOf(tx, lead, before), input)
    const move = { ...factsSaid(input), at: await momentOf(tx, ctx, input) }
    const after = afterMove(before, move)
    const moveId = newId('mov')
    await tx.insert(stageMoves).values({
      orgId: ctx.orgId, id: moveId, leadId: lead.id, fromStage: before.stage, toStage: move.to, at: move.at, actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor), reason: move.reason, grade: move.grade, amount: move.amount, currency: move.currency,
      expectedMonth: move.month, isImported: move.isImported, recordedAt: ctx.now,
    })
    await keepSuggestion(tx, ctx, { leadId: lead.id, moveId, before, after, isImported: move.isImported })
    const { version } = await writeStage(tx, ctx, lead, { before, after, moveId })
    await audit(lead.id, { before: seen(before), after: { ...seen(after), reason: move.reason } })
    await emit('lead.stage-moved', { leadId: lead.id, ownerId: lead.ownerId, from: before.stage, to: after.stage })
    await placeInQueue(ctx, [lead.id])
    return { moveId, version, state: after }
  },
})

const seen = ({ stage, grade, expectedMonth, lostReason, expectedAmount, wonAmount, wonCurrency, expectedCurrency }: StageState) => ({
  stage, grade, expectedMonth, lostReason, amount: wonAmount ?? expectedAmount, currency: wonCurrency ?? expectedCurrency,
})

function staleBecauseOf(lead: LeadRow, state: StageState, input: MoveStageInput): DomainError {
  return new DomainError('stale', { params: { yours: input.to, theirs: state.stage, version: lead.version } })
}

const factsSaid = ({ to, reason, grade, amount, currency, month, isImported }: MoveStageInput) => ({
  to, isImported, reason: reason ?? null, grade: grade ?? null, amount: amount ?? null, currency: currency ?? null, month: month ?? null,
})

async function factsOf(tx: Tx, lead: LeadRow, state: StageState): Promise<MoveFacts> {
  return { state, verdict: lead.verdict, hasTwoWayContact: await hadTwoWayContact(tx, await leadsToldBy(tx, lead.id)), checklist: await checklistOf(tx, lead.id) }
}

/** Whether somebody answered, on the lead or on a duplicate of it. */
export async function hadTwoWayContact(tx: Tx, told: Id<'lead'>[]): Promise<boolean> {
  const rows = await tx.select({ id: activities.id }).from(activities)
    .where(and(inArray(activities.leadId, told), isNull(activities.undoneAt), or(eq(activities.isTwoWay, true), and(isNull(activities.isTwoWay), inArray(activities.outcome, [...twoWayOutcomes]))))).limit(1)
  return rows.length > 0
}

/** What is known of need, budget, authority and timing. */
export async function checklistOf(tx: Tx, leadId: Id<'lead'>): Promise<Checklist> {
  const [row] = await tx.select().from(leadChecklists).where(eq(leadChecklists.leadId, leadId))
  return { need: row?.need ?? 'unknown', budget: row?.budget ?? 'unknown', authority: row?.authority ?? 'unknown', timing: row?.timing ?? 'unknown' }
}

/** A win stands at its day; today it is this moment. A move made by hand cannot lie ahead. */
async function momentOf(tx: Tx, ctx: Context, input: MoveStageInput): Promise<Date> {
  if (input.isImported) return input.at ?? ctx.now
  if (input.to !== 'won' || input.day === undefined) return ctx.now
  const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
  const timeZone = org?.timeZone ?? 'UTC'
  const today = localDate(ctx.now, timeZone)
  if (input.day > today) throw new DomainError('invalid', { fields: { day: ['not-in-the-future'] } })
  return input.day === today ? ctx.now : dayStart(input.day, timeZone)
}
