import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import { activities } from '~db/schema'
import { command, DomainError, memberOf, type Context } from '../kernel'
import { UndoActivity } from './contract'
import { giveVerdict } from './give-verdict'
import { changeLead, lockedLead, type LeadRow } from './locked-lead'
import type { ContactBefore } from './log-contact'
import { nextStepOf, reopenCallbacks, withdrawCallbacks } from './task-writing'
import { placeInQueue } from './place-in-queue'
import { undoHours } from './undo-move'

type ActivityRow = typeof activities.$inferSelect

/**
 * Takes back one's own contact or note within 24 hours. The row stays, marked; clocks and next step go back to what
 * they were, as far as nothing newer has set them. Refuses: not-found, not-allowed (another's), undo-too-late, conflict (a mail).
 */
export const undoActivity = command({
  name: 'lead.undo-activity',
  permission: 'leads:write',
  input: UndoActivity,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number }> {
    const [wanted] = await tx.select().from(activities).where(eq(activities.id, input.activityId))
    if (wanted === undefined) throw new DomainError('not-found')
    const lead = await lockedLead(tx, ctx, wanted.leadId)
    // Read again behind the lock: two who undo one activity do it once.
    const [activity = wanted] = await tx.select().from(activities).where(eq(activities.id, wanted.id))
    if (activity.undoneAt !== null) return { version: lead.version }
    assertUndoable(ctx, activity)
    await tx.update(activities).set({ undoneAt: ctx.now }).where(eq(activities.id, activity.id))
    const version = activity.kind === 'note' ? lead.version : await restore(ctx, lead, activity)
    await audit(lead.id, { before: { kind: activity.kind, outcome: activity.outcome }, after: { undoneAt: ctx.now } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    await placeInQueue(ctx, [lead.id])
    return { version }
  },
})

function assertUndoable(ctx: Context, activity: ActivityRow): void {
  const member = memberOf(ctx.actor)
  if (member !== activity.memberId) throw new DomainError('not-allowed')
  // A mail that left stays sent.
  if (activity.outcome === 'sent' && activity.before === null) throw new DomainError('conflict')
  if (ctx.now.getTime() - madeAt(activity) > undoHours * 3_600_000) throw new DomainError('undo-too-late', { params: { hours: undoHours } })
}

// `at` may be backdated: a contact keeps when it was written down beside what it replaced.
const madeAt = ({ at, before }: ActivityRow): number => parsed((before as ContactBefore | null)?.recordedAt)?.getTime() ?? at.getTime()

// Clocks are read anew from the contacts that still stand; a next step goes back where no later contact has set one.
async function restore(ctx: Context & { tx: Tx }, lead: LeadRow, activity: ActivityRow): Promise<number> {
  const { tx } = ctx
  const before = activity.before as ContactBefore | null
  const standing = and(eq(activities.leadId, lead.id), isNull(activities.undoneAt), isNotNull(activities.outcome))
  const [rest] = await tx
    .select({ first: sql<Date | null>`min(${activities.at})`.mapWith(activities.at), last: sql<Date | null>`max(${activities.at})`.mapWith(activities.at) })
    .from(activities).where(and(standing, eq(activities.counts, true)))
  const [newer] = await tx.select({ id: activities.id }).from(activities).where(and(standing, gt(activities.id, activity.id))).limit(1)
  const wasFirst = before === null || before.firstResponseAt === null
  const isOpen = newer === undefined ? await putBack(ctx, lead, activity) : lead.isOpen
  const { version } = await changeLead(tx, lead, {
    firstResponseAt: wasFirst ? (rest?.first ?? null) : lead.firstResponseAt,
    lastContactAt: rest?.last ?? parsed(before?.lastContactAt),
    nextStepAt: isOpen ? await nextStepOf(ctx, lead.id) : null,
    ...(newer === undefined && lead.snoozedUntil === null ? { snoozedUntil: parsed(before?.snoozedUntil) } : {}),
  })
  return version
}

/** Takes back what the newest contact left to do, opens what it had closed, and lifts the verdict it gave. Answers whether the lead is open. */
async function putBack(ctx: Context & { tx: Tx }, lead: LeadRow, activity: ActivityRow): Promise<boolean> {
  await withdrawCallbacks(ctx, activity.id)
  await reopenCallbacks(ctx, activity.id, 'done')
  const gaveVerdict = lead.verdict === 'junk' && activity.dispositionId !== null && lead.junkAt?.getTime() === madeAt(activity)
  if (!gaveVerdict) return lead.isOpen
  await giveVerdict(ctx, { leadId: lead.id, verdict: 'valid' })
  return true
}

const parsed = (text: string | null | undefined): Date | null => (text === null || text === undefined ? null : new Date(text))
