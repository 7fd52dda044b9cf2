import { and, asc, eq, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { addDays, localDate } from '~/lib/period'
import { closesAt, isWorkingAt, nextWorkingMoment, type Span } from '~/lib/working-time'
import { members, teams } from '~db/schema'
import { can, memberOf, query } from '../kernel'
import { nothing } from '../kernel/contract'
import type { AbsenceKind, CalendarKind, WorkDayKind } from './vocabulary'
import { absencesFrom, keptHours, resolved, usualWeek } from './work-calendars'

export type HoursOf = { id: Id<'cal'> | null; kind: CalendarKind; teamId: Id<'team'> | null; memberId: Id<'mem'> | null; name: string | null; timeZone: string | null; ownDays: boolean; week: readonly (readonly Span[])[] }
export type WorkDay = { calendarId: Id<'cal'>; day: string; kind: WorkDayKind; likeWeekday: number | null; name: string; addedAt: Date; addedBy: string | null }
export type Absence = { id: Id<'abs'>; memberId: Id<'mem'>; name: string; kind: AbsenceKind; fromDay: string; toDay: string; fromMinute: number | null; toMinute: number | null; mayRemove: boolean }
export type WorkingHours = {
  organisation: HoursOf
  /** of teams and members that keep hours of their own */
  others: HoursOf[]
  /** holidays and extra working days from a month ago on */
  days: WorkDay[]
  /** one's own, or everybody's for whoever may assign leads */
  absences: Absence[]
  /** of the organisation, at the moment asked */
  now: { isOpen: boolean; closesAt: Date | null; opensAt: Date | null; timeZone: string; nextOff: { day: string; name: string } | null }
}

const shownBefore = 31

/** The hours of the organisation, its teams and members, its special days, and who is away; and what is true now. */
export const workingHours = query({
  name: 'calendar.read',
  permission: 'members:read',
  input: nothing,
  async run({ tx, ctx }): Promise<WorkingHours> {
    const kept = await keptHours(ctx)
    const calendar = resolved(kept, { teamId: null, memberId: null })
    const today = localDate(ctx.now, calendar.timeZone)
    const names = new Map<string, string>([
      ...(await tx.select({ id: teams.id, name: teams.name }).from(teams).where(eq(teams.orgId, ctx.orgId))).map(({ id, name }): [string, string] => [id, name]),
      ...(await tx.select({ id: members.id, name: members.name }).from(members).where(and(eq(members.orgId, ctx.orgId), sql`${members.id} in (select member_id from work_calendars where org_id = ${members.orgId})`)).orderBy(asc(members.id))).map(({ id, name }): [string, string] => [id, name]),
    ])
    const shown = kept.calendars.map(({ id, kind, teamId, memberId, timeZone, ownDays, week }): HoursOf => ({ id, kind, teamId, memberId, timeZone, ownDays, week, name: names.get(teamId ?? memberId ?? '') ?? null }))
    const organisation = shown.find(({ kind }) => kind === 'organisation')
    const me = memberOf(ctx.actor)
    const mayAll = can(ctx.actor, 'leads:assign')
    const away = mayAll || me !== null ? await absencesFrom(ctx, addDays(today, -shownBefore), mayAll ? null : me) : []
    const days = kept.days.filter(({ day }) => day >= addDays(today, -shownBefore)).sort((a, b) => (a.day < b.day ? -1 : 1))
    const nextOff = days.find(({ day, kind, calendarId }) => kind === 'off' && day > today && calendarId === organisation?.id)
    return {
      organisation: organisation ?? { id: null, kind: 'organisation', teamId: null, memberId: null, name: null, timeZone: null, ownDays: false, week: usualWeek },
      others: shown.filter(({ kind }) => kind !== 'organisation'),
      days: days.map(({ orgId: _org, ...day }) => day),
      absences: away.map(({ id, memberId, name, kind, fromDay, toDay, fromMinute, toMinute }) => ({ id, memberId, name, kind, fromDay, toDay, fromMinute, toMinute, mayRemove: mayAll || memberId === me })),
      now: {
        isOpen: isWorkingAt(ctx.now, calendar), closesAt: closesAt(ctx.now, calendar), opensAt: nextWorkingMoment(ctx.now, calendar), timeZone: calendar.timeZone,
        nextOff: nextOff === undefined ? null : { day: nextOff.day, name: nextOff.name },
      },
    }
  },
})
