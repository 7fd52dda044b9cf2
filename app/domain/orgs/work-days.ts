import { and, eq, sql } from 'drizzle-orm'
import { parseDayLines } from '~/lib/hours-text'
import type { Id } from '~/lib/ids'
import { workDays } from '~db/schema'
import { actorId, command, DomainError } from '../kernel'
import { AddWorkDays, RemoveWorkDay } from './contract'
import { assertTeam } from './member-rows'
import { ensureCalendar } from './set-hours'

/**
 * Adds holidays or extra working days to the organisation's calendar, or a team's: pasted lines, a date or two and a name each.
 * A day that is there already is replaced. Where they come from is who added them. Refuses: not-found, invalid (names the lines).
 */
export const addWorkDays = command({
  name: 'calendar.add-days',
  permission: 'settings:write',
  input: AddWorkDays,
  async run({ tx, ctx, input, emit, audit }): Promise<{ calendarId: Id<'cal'>; added: number }> {
    await assertTeam(tx, ctx, input.teamId)
    const { days, bad } = parseDayLines(input.lines)
    if (bad.length > 0 || days.length === 0) throw new DomainError('invalid', { fields: { lines: ['not-days'] }, params: { lines: bad.slice(0, 10).join(', ') } })
    const { id: calendarId } = await ensureCalendar(tx, ctx, { teamId: input.teamId, memberId: null })
    const likeWeekday = input.kind === 'working' ? input.likeWeekday : null
    const stamp = { kind: input.kind, likeWeekday, addedAt: ctx.now, addedBy: actorId(ctx.actor) }
    await tx.insert(workDays).values(days.map(({ day, name }) => ({ orgId: ctx.orgId, calendarId, day, name, ...stamp })))
      .onConflictDoUpdate({ target: [workDays.orgId, workDays.calendarId, workDays.day], set: { ...stamp, name: sql`excluded.name` } })
    await audit(calendarId, { after: { kind: input.kind, from: days[0]?.day, to: days.at(-1)?.day, counts: days.length } })
    await emit('calendar.changed', { calendarId })
    return { calendarId, added: days.length }
  },
})

/** Takes a holiday or an extra working day out of a calendar. Refuses: not-found. */
export const removeWorkDay = command({
  name: 'calendar.remove-day',
  permission: 'settings:write',
  input: RemoveWorkDay,
  async run({ tx, ctx, input: { calendarId, day }, emit, audit }): Promise<{ calendarId: Id<'cal'> }> {
    const [gone] = await tx.delete(workDays).where(and(eq(workDays.orgId, ctx.orgId), eq(workDays.calendarId, calendarId), eq(workDays.day, day))).returning()
    if (gone === undefined) throw new DomainError('not-found')
    await audit(calendarId, { before: { kind: gone.kind, from: day } })
    await emit('calendar.changed', { calendarId })
    return { calendarId }
  },
})
