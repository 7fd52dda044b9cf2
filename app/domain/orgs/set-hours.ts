import { and, eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { members, workCalendars } from '~db/schema'
import { actorId, command, DomainError, type Context } from '../kernel'
import { RemoveHours, SetHours } from './contract'
import { assertTeam } from './member-rows'
import { usualWeek } from './work-calendars'

type Whose = { teamId: Id<'team'> | null; memberId: Id<'mem'> | null }

/** Sets the weekly hours of the organisation, or of the team or member named. Refuses: not-found, invalid (both named). */
export const setHours = command({
  name: 'calendar.set',
  permission: 'settings:write',
  input: SetHours,
  async run({ tx, ctx, input, emit, audit }): Promise<{ calendarId: Id<'cal'> }> {
    if (input.teamId !== null && input.memberId !== null) throw new DomainError('invalid', { fields: { memberId: ['choice'] } })
    await assertTeam(tx, ctx, input.teamId)
    await assertMember(tx, ctx, input.memberId)
    const before = await ensureCalendar(tx, ctx, input)
    const set = { week: input.hours, timeZone: input.timeZone, ownDays: input.teamId !== null && input.ownDays, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }
    await tx.update(workCalendars).set(set).where(and(eq(workCalendars.orgId, ctx.orgId), eq(workCalendars.id, before.id)))
    await audit(before.id, { before: { kind: before.kind, timeZone: before.timeZone, week: before.week, ownDays: before.ownDays }, after: { kind: before.kind, timeZone: set.timeZone, week: set.week, ownDays: set.ownDays } })
    await emit('calendar.changed', { calendarId: before.id })
    return { calendarId: before.id }
  },
})

/** Takes the own hours of a team or member away: they keep the organisation's again. Refuses: not-found, conflict (the organisation's). */
export const removeHours = command({
  name: 'calendar.remove',
  permission: 'settings:write',
  input: RemoveHours,
  async run({ tx, ctx, input: { calendarId }, emit, audit }): Promise<{ calendarId: Id<'cal'> }> {
    const [before] = await tx.select().from(workCalendars).where(and(eq(workCalendars.orgId, ctx.orgId), eq(workCalendars.id, calendarId))).for('update')
    if (before === undefined) throw new DomainError('not-found')
    if (before.kind === 'organisation') throw new DomainError('conflict')
    await tx.delete(workCalendars).where(and(eq(workCalendars.orgId, ctx.orgId), eq(workCalendars.id, calendarId)))
    await audit(calendarId, { before: { kind: before.kind, timeZone: before.timeZone, week: before.week } })
    await emit('calendar.changed', { calendarId })
    return { calendarId }
  },
})

/** The calendar of the organisation, a team or a member, locked; made with the usual hours where there is none. */
export async function ensureCalendar(tx: Tx, ctx: Context, { teamId, memberId }: Whose): Promise<typeof workCalendars.$inferSelect> {
  const kind = memberId !== null ? 'member' : teamId !== null ? 'team' : 'organisation'
  const place = memberId !== null ? eq(workCalendars.memberId, memberId) : teamId !== null ? eq(workCalendars.teamId, teamId) : eq(workCalendars.kind, 'organisation')
  await tx.insert(workCalendars)
    .values({ orgId: ctx.orgId, id: newId('cal'), kind, teamId, memberId, timeZone: null, week: usualWeek, updatedAt: ctx.now, updatedBy: actorId(ctx.actor) }).onConflictDoNothing()
  const [row] = await tx.select().from(workCalendars).where(and(eq(workCalendars.orgId, ctx.orgId), place)).for('update')
  if (row === undefined) throw new DomainError('not-found')
  return row
}

/** Refuses `not-found` for a member of no or another organisation; nobody is fine. */
export async function assertMember(tx: Tx, ctx: Context, memberId: Id<'mem'> | null): Promise<void> {
  if (memberId === null) return
  const [row] = await tx.select({ id: members.id }).from(members).where(and(eq(members.orgId, ctx.orgId), eq(members.id, memberId)))
  if (row === undefined) throw new DomainError('not-found')
}
