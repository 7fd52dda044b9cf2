import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { leads, slaClocks, slaFirings, slaPolicyVersions } from '~db/schema'
import { inTransaction, type Context } from '../kernel'
import { clockTimes, continuedTimes, nextTimer, type ClockTimes } from './clock-times'
import { hoursFor, type HoursFor } from './hours'
import type { InTx } from './in-tx'
import { choosePolicy } from './choose-policy'
import { leadHistories, type WatchedLead } from './lead-histories'
import { policiesIn, termsOf, type Policy, type Terms } from './policy-rows'
import { closedBy, firstStop, stopOf, turnsOf, type Turn } from './turns'
import type { FiringKind } from './vocabulary'
import { noteReclocked, stateIn, writeClocks, type ClockRow, type ClockState } from './write-clocks'

type Stop = Pick<ClockState, 'stoppedAt' | 'stopReason' | 'stoppedBy'>
export type Kept = { clock: ClockRow; terms: Terms; fired: FiringKind[] }
const running: Stop = { stoppedAt: null, stopReason: null, stoppedBy: null }

/**
 * Makes the clocks of these leads agree with what happened to them: starts what came in, stops what was answered, goes on where
 * a contact was undone, cancels what is closed or junk, follows a new owner and, while nobody was warned, a new score. Said twice it changes nothing. For handlers.
 */
export function keepClocks(ctx: Context, leadIds: readonly Id<'lead'>[]): Promise<void> {
  return inTransaction(ctx, 'read write', async (tx) => {
    const at: InTx = { ...ctx, tx }
    const policies = await policiesIn(at)
    const known = await tx.select({ leadId: slaClocks.leadId }).from(slaClocks).where(and(eq(slaClocks.orgId, ctx.orgId), inArray(slaClocks.leadId, [...leadIds]))).limit(1)
    // Most organisations begin without a promise: then nothing more is read.
    if (policies.length === 0 && known.length === 0) return
    const watched = await leadHistories(at, leadIds)
    const clocks = await clocksIn(at, watched.map(({ id }) => id))
    const hours = await hoursFor(at, [...watched.map(({ ownerId }) => ownerId), ...clocks.map(({ clock }) => clock.ownerId)])
    await keepRunning(at, watched, policies, clocks, hours)
    await startNew(at, watched, policies, clocks, hours)
  })
}

/**
 * The same for leads whose score has changed: only those that wait for their first answer are looked at. A card that is
 * published scores everybody, and of most nothing is promised any more.
 */
export function keepScoredClocks(ctx: Context, leadIds: readonly Id<'lead'>[]): Promise<void> {
  return inTransaction(ctx, 'read write', async (tx) => {
    const waiting = await tx.select({ id: leads.id }).from(leads)
      .where(and(eq(leads.orgId, ctx.orgId), inArray(leads.id, [...leadIds]), eq(leads.isOpen, true), eq(leads.isImported, false), isNull(leads.firstResponseAt)))
    if (waiting.length > 0) await keepClocks({ ...ctx, tx }, waiting.map(({ id }) => id))
  })
}

/** Clocks of leads with the terms they began under and what they have said. */
export async function clocksIn({ tx, orgId }: InTx, leadIds: readonly Id<'lead'>[]): Promise<Kept[]> {
  if (leadIds.length === 0) return []
  const rows = await tx.select({ clock: slaClocks, terms: slaPolicyVersions }).from(slaClocks)
    .innerJoin(slaPolicyVersions, and(eq(slaPolicyVersions.orgId, slaClocks.orgId), eq(slaPolicyVersions.policyId, slaClocks.policyId), eq(slaPolicyVersions.version, slaClocks.policyVersion)))
    .where(and(eq(slaClocks.orgId, orgId), inArray(slaClocks.leadId, [...leadIds]))).orderBy(asc(slaClocks.turn), asc(slaClocks.id))
  if (rows.length === 0) return []
  const said = await tx.select().from(slaFirings).where(and(eq(slaFirings.orgId, orgId), inArray(slaFirings.clockId, rows.map(({ clock }) => clock.id))))
  return rows.map(({ clock, terms }) => ({ clock, terms: termsOf(terms), fired: said.filter(({ clockId }) => clockId === clock.id).map(({ kind }) => kind) }))
}

async function keepRunning(ctx: InTx, watched: readonly WatchedLead[], policies: readonly Policy[], clocks: readonly Kept[], hours: HoursFor): Promise<void> {
  const changes = clocks.flatMap((kept) => {
    const { clock } = kept
    const lead = watched.find(({ id }) => id === clock.leadId)
    if (lead === undefined) return []
    const after = rescored(ctx.now, lead, policies, kept, stateAfter(ctx.now, lead, kept, hours), hours)
    return JSON.stringify(after) === JSON.stringify(stateIn(clock)) ? [] : [{ id: clock.id, clock, state: after, after, reason: after.policyId === clock.policyId ? ('owner' as const) : ('policy' as const) }]
  })
  await writeClocks(ctx, changes)
  await noteReclocked(ctx, changes)
}

function stateAfter(now: Date, lead: WatchedLead, { clock, terms, fired }: Kept, hours: HoursFor): ClockState {
  const stop = stopFor(now, lead, clock)
  const times = stop.stoppedAt === null ? timesFor(now, lead, clock, terms, hours) : clock
  const { runsAt, warn50At, warn80At, dueAt } = times
  const isOver = stop.stoppedAt === null ? fired.includes('breach') : (stop.stopReason === 'contact' || stop.stopReason === 'closed') && stop.stoppedAt > dueAt
  return {
    runsAt, warn50At, warn80At, dueAt, ...stop, breachedAt: isOver ? dueAt : null, nextTimerAt: stop.stoppedAt === null ? nextTimer(times, fired) : null,
    ownerId: stop.stoppedAt === null ? lead.ownerId : clock.ownerId, policyId: clock.policyId, policyVersion: clock.policyVersion,
  }
}

/**
 * A score that came after the clock began chooses its promise anew, from the same start: while the first answer is still open
 * and nobody was warned. Only where a cell is asked for on either side, and never one that would be broken already.
 */
function rescored(now: Date, lead: WatchedLead, policies: readonly Policy[], { clock, terms, fired }: Kept, after: ClockState, hours: HoursFor): ClockState {
  if (clock.turn !== 1 || after.stoppedAt !== null || fired.length > 0 || clock.breachedAt !== null || clock.dueAt <= now) return after
  const times = (policy: Policy) => clockTimes(clock.startedAt, { minutes: policy.firstMinutes, counting: policy.counting, calendar: hours(policy.calendar, lead.ownerId) })
  const chosen = choosePolicy(policies, atFirst(lead), (policy) => (times(policy)?.dueAt ?? now) > now)
  if (chosen === undefined || chosen.id === clock.policyId || chosen.madeAt > clock.startedAt || (chosen.conditions.cells.length === 0 && terms.conditions.cells.length === 0)) return after
  const anew = times(chosen)
  return anew === null ? after : { ...after, ...anew, nextTimerAt: nextTimer(anew, fired), policyId: chosen.id, policyVersion: chosen.version }
}

/** The first promise is that of how the lead came in, whatever became of it before this was told. */
const atFirst = (lead: WatchedLead): WatchedLead => ({ ...lead, stage: 'inquiry', amount: null })

function stopFor(now: Date, lead: WatchedLead, clock: ClockRow): Stop {
  if (lead.undone.has(clock.startedBy)) return stopped(clock, now, 'undone')
  const contact = clock.turn === 1 ? firstStop(lead) : stopOf(lead.contacts, beganAt(lead, clock), clock.startedBy)
  if (contact !== null) return { stoppedAt: contact.at, stopReason: 'contact', stoppedBy: contact.by }
  const closed = closedBy(lead)
  return closed === null ? running : stopped(clock, now, closed)
}

// What began the wait may lie before the step agreed in it: a contact in between ends it, too.
const beganAt = (lead: WatchedLead, { startedBy, startedAt }: ClockRow): Date => [...lead.contacts, ...lead.inbound].find(({ id }) => id === startedBy)?.at ?? startedAt

const stopped = (clock: ClockRow, now: Date, stopReason: NonNullable<Stop['stopReason']>): Stop =>
  ({ stoppedAt: clock.stopReason === stopReason && clock.stoppedAt !== null ? clock.stoppedAt : now, stopReason, stoppedBy: null })

// Another owner takes the clock on as it is, unless it counts the owner's hours: then the rest of it runs in theirs.
function timesFor(now: Date, lead: WatchedLead, clock: ClockRow, terms: Terms, hours: HoursFor): ClockTimes {
  const isMoved = clock.ownerId !== lead.ownerId && terms.calendar !== 'organisation' && terms.counting === 'working' && clock.dueAt > now
  if (!isMoved) return clock
  return continuedTimes(clock, now, hours(terms.calendar, clock.ownerId), hours(terms.calendar, lead.ownerId)) ?? clock
}

async function startNew(ctx: InTx, watched: readonly WatchedLead[], policies: readonly Policy[], clocks: readonly Kept[], hours: HoursFor): Promise<void> {
  const fresh = watched.flatMap((lead) => {
    if (lead.isImported || lead.duplicateOf !== null) return []
    const now = choosePolicy(policies, lead, () => true)
    const own = clocks.filter(({ clock }) => clock.leadId === lead.id)
    return turnsOf(lead, now === undefined || now.nextMinutes === null ? null : now.nextAfter).flatMap((turn) => {
      // Nobody could keep a promise of a cell that the lead got only when its time was over.
      const inTime = (policy: Policy) => (newClock(ctx, lead, policy, turn, hours)[0]?.dueAt ?? ctx.now) > ctx.now
      const policy = turn.turn === 1 ? choosePolicy(policies, atFirst(lead), inTime) : now
      const isKnown = own.some(({ clock }) => clock.startedBy === turn.startedBy || (turn.turn === 1 && clock.turn === 1))
      // No promise reaches back before it was made.
      return policy === undefined || isKnown || turn.startedAt < policy.madeAt ? [] : newClock(ctx, lead, policy, turn, hours)
    })
  })
  if (fresh.length > 0) await ctx.tx.insert(slaClocks).values(fresh).onConflictDoNothing()
}

function newClock(ctx: InTx, lead: WatchedLead, policy: Policy, { turn, startedBy, startedAt, stop }: Turn, hours: HoursFor): (typeof slaClocks.$inferInsert)[] {
  const minutes = turn === 1 ? policy.firstMinutes : (policy.nextMinutes ?? policy.firstMinutes)
  const times = clockTimes(startedAt, { minutes, counting: policy.counting, calendar: hours(policy.calendar, lead.ownerId) })
  // What is closed before its clock began waits for nobody.
  if (times === null || (stop === null && closedBy(lead) !== null)) return []
  const state: Stop = stop === null ? running : { stoppedAt: stop.at, stopReason: 'contact', stoppedBy: stop.by }
  const isOver = stop !== null && stop.at > times.dueAt
  return [{
    orgId: ctx.orgId, id: newId('slc'), leadId: lead.id, turn, startedBy, policyId: policy.id, policyVersion: policy.version, ownerId: lead.ownerId, startedAt,
    ...times, ...state, breachedAt: isOver ? times.dueAt : null, nextTimerAt: stop === null ? nextTimer(times, []) : null,
  }]
}
