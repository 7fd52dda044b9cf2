import { and, eq, isNull } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { absences } from '~db/schema'
import { actorId, can, command, DomainError, memberOf, type Context } from '../kernel'
import { AddAbsence, RemoveAbsence } from './contract'
import { assertMember } from './set-hours'

/**
 * Notes that somebody is away: oneself, or another for whoever may assign leads. Days of the member's zone, both included;
 * with times, from and until then. Refuses: not-found, not-allowed, invalid (ends before it begins).
 */
export const addAbsence = command({
  name: 'absence.add',
  permission: 'absences:write',
  input: AddAbsence,
  async run({ tx, ctx, input, emit, audit }): Promise<{ absenceId: Id<'abs'> }> {
    const memberId = input.memberId ?? memberOf(ctx.actor)
    if (memberId === null) throw new DomainError('invalid', { fields: { memberId: ['required'] } })
    await assertMember(tx, ctx, memberId)
    assertMayKeep(ctx, memberId)
    const toDay = input.toDay ?? input.fromDay
    const isBackwards = toDay < input.fromDay || (toDay === input.fromDay && (input.toTime ?? 1_440) <= (input.fromTime ?? 0))
    if (isBackwards) throw new DomainError('invalid', { fields: { toDay: ['ends-before-it-begins'] } })
    const absenceId = newId('abs')
    await tx.insert(absences).values({
      orgId: ctx.orgId, id: absenceId, memberId, fromDay: input.fromDay, toDay, fromMinute: input.fromTime, toMinute: input.toTime, kind: input.kind,
      addedAt: ctx.now, addedBy: actorId(ctx.actor),
    })
    // Why somebody is away may be about their health: the log, which nobody can erase, keeps only its digest.
    await audit(memberId, { after: { absence: input.kind, from: input.fromDay, to: toDay } })
    await emit('calendar.changed', { calendarId: null })
    return { absenceId }
  },
})

/** Takes an absence back. Refuses: not-found, not-allowed (another's). Twice changes nothing. */
export const removeAbsence = command({
  name: 'absence.remove',
  permission: 'absences:write',
  input: RemoveAbsence,
  async run({ tx, ctx, input: { absenceId }, emit, audit }): Promise<{ absenceId: Id<'abs'> }> {
    const [before] = await tx.select().from(absences).where(and(eq(absences.orgId, ctx.orgId), eq(absences.id, absenceId))).for('update')
    if (before === undefined) throw new DomainError('not-found')
    assertMayKeep(ctx, before.memberId)
    if (before.removedAt !== null) return { absenceId }
    await tx.update(absences).set({ removedAt: ctx.now }).where(and(eq(absences.orgId, ctx.orgId), eq(absences.id, absenceId), isNull(absences.removedAt)))
    await audit(before.memberId, { before: { absence: before.kind, from: before.fromDay, to: before.toDay } })
    await emit('calendar.changed', { calendarId: null })
    return { absenceId }
  },
})

function assertMayKeep(ctx: Context, memberId: Id<'mem'>): void {
  if (memberOf(ctx.actor) !== memberId && !can(ctx.actor, 'leads:assign')) throw new DomainError('not-allowed')
}
