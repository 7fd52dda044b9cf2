import { and, eq } from 'drizzle-orm'
import type * as z from 'zod'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { activities, dispositions, leadCalls, leadPeople } from '~db/schema'
import { command, DomainError, memberOf, type Context } from '../kernel'
import { LogContact } from './contract'
import { giveVerdict } from './give-verdict'
import { placeInQueue } from './place-in-queue'
import { changeLead, lockedLead, type LeadRow } from './locked-lead'
import { callingZone, momentOfRule } from './next-step'
import { closeCallbacks, nextStepOf, openTask } from './task-writing'
import { detailsOf, type JunkReason, type NextStepRule, type Outcome } from './vocabulary'

const clockSkew = 5 * 60_000
export type Logged = { activityId: Id<'act'>; version: number; nextStepAt: Date | null }
/** What an undone contact puts back. */
export type ContactBefore = { firstResponseAt: string | null; lastContactAt: string | null; snoozedUntil: string | null; recordedAt: string }
/** What an outcome does: whether it stops the clock, whether somebody answered, and what follows from it. */
type Effect = { outcome: Outcome; counts: boolean; isTwoWay: boolean | null; nextStep: NextStepRule; junkReason: JunkReason | null }

/**
 * Keeps an attempt to reach somebody: its way, outcome, length and note. The first one that counts is the lead's first
 * response. It closes the callback it answers, and ends the call of whoever logs; its next step is the new one. A
 * disposition may close the lead as junk.
 * Refuses: not-found, invalid (a time ahead, a detail of another kind).
 */
export const logContact = command({
  name: 'lead.log-contact',
  permission: 'leads:write',
  input: LogContact,
  async run({ tx, ctx, input, emit, audit }): Promise<Logged> {
    const at = input.at ?? ctx.now
    if (at.getTime() > ctx.now.getTime() + clockSkew) throw new DomainError('invalid', { fields: { at: ['not-in-the-future'] } })
    if (input.detail !== undefined && detailsOf[input.kind]?.includes(input.detail) !== true) throw new DomainError('invalid', { fields: { detail: ['choice'] } })
    const lead = await lockedLead(tx, ctx, input.leadId)
    if (input.personId !== undefined) await assertOnLead(tx, lead, input.personId)
    const effect = await effectOf(tx, ctx, input)
    const timeZone = await callingZone(tx, lead)
    const nextStepAt = input.nextStepAt === undefined ? momentOfRule(effect.nextStep, ctx.now, timeZone) : input.nextStepAt
    const activityId = newId('act')
    await tx.insert(activities).values({
      orgId: ctx.orgId, id: activityId, leadId: lead.id, personId: input.personId ?? lead.personId, kind: input.kind, outcome: effect.outcome, note: input.note || null, nextStepAt, at,
      memberId: memberOf(ctx.actor), before: contactBefore(lead, ctx.now), dispositionId: input.dispositionId ?? null, direction: input.direction ?? null, detail: input.detail ?? null,
      durationSeconds: input.duration ?? null, counts: effect.counts, isTwoWay: effect.isTwoWay,
    })
    await closeCallbacks(ctx, lead.id, activityId, 'done')
    if (nextStepAt !== null && lead.isOpen) await openTask(ctx, { leadId: lead.id, kind: 'callback', dueAt: nextStepAt, timeZone, assigneeId: lead.ownerId ?? memberOf(ctx.actor), fromActivity: activityId })
    const { version } = await changeLead(tx, lead, {
      ...(effect.counts ? clocks(lead, at) : {}), snoozedUntil: null, nextStepAt: lead.isOpen ? await nextStepOf(ctx, lead.id) : null,
    })
    await audit(lead.id, { before: { nextStepAt: lead.nextStepAt }, after: { kind: input.kind, outcome: effect.outcome, nextStepAt, note: input.note } })
    await emit('lead.contact-logged', { leadId: lead.id, ownerId: lead.ownerId, activityId })
    const caller = await hangUp(tx, ctx, lead)
    if (caller !== null) await emit('lead.call-ended', { leadId: lead.id, ownerId: lead.ownerId, memberId: caller })
    await placeInQueue(ctx, [lead.id])
    if (effect.junkReason === null || lead.verdict === 'junk') return { activityId, version, nextStepAt }
    return { activityId, nextStepAt, version: (await giveVerdict(ctx, { leadId: lead.id, verdict: 'junk', reason: effect.junkReason })).version }
  },
})

/** Takes the mark of one's own running call off the lead; answers who called, where there was one. */
async function hangUp(tx: Tx, ctx: Context, lead: LeadRow): Promise<Id<'mem'> | null> {
  const memberId = memberOf(ctx.actor)
  if (memberId === null) return null
  const gone = await tx.delete(leadCalls).where(and(eq(leadCalls.orgId, ctx.orgId), eq(leadCalls.leadId, lead.id), eq(leadCalls.memberId, memberId))).returning({ until: leadCalls.until })
  return gone.some(({ until }) => until > ctx.now) ? memberId : null
}

function clocks(lead: LeadRow, at: Date): Pick<LeadRow, 'firstResponseAt' | 'lastContactAt'> {
  return { firstResponseAt: lead.firstResponseAt ?? at, lastContactAt: lead.lastContactAt !== null && lead.lastContactAt > at ? lead.lastContactAt : at }
}

/** What a disposition of this organisation says, or the plain outcome. */
async function effectOf(tx: Tx, ctx: Context, { dispositionId, outcome }: z.output<typeof LogContact>): Promise<Effect> {
  if (dispositionId === undefined) return { outcome, counts: true, isTwoWay: null, nextStep: 'none', junkReason: null }
  const [row] = await tx.select().from(dispositions).where(and(eq(dispositions.orgId, ctx.orgId), eq(dispositions.id, dispositionId)))
  if (row === undefined) throw new DomainError('not-found')
  return row
}

function contactBefore(lead: LeadRow, now: Date): ContactBefore {
  const shown = (at: Date | null) => at?.toISOString() ?? null
  return { firstResponseAt: shown(lead.firstResponseAt), lastContactAt: shown(lead.lastContactAt), snoozedUntil: shown(lead.snoozedUntil), recordedAt: now.toISOString() }
}

async function assertOnLead(tx: Tx, lead: LeadRow, personId: Id<'per'>): Promise<void> {
  const rows = await tx.select({ id: leadPeople.personId }).from(leadPeople).where(and(eq(leadPeople.leadId, lead.id), eq(leadPeople.personId, personId)))
  if (rows.length === 0 && personId !== lead.personId) throw new DomainError('not-found')
}
