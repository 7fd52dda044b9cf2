import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { addDays, dayStart, localMoment } from '~/lib/period'
import type { Span, WorkCalendar } from '~/lib/working-time'
import type { Tx } from '~db/client.server'
import { absences, members, organisations, workCalendars, workDays } from '~db/schema'
import type { Context } from '../kernel'

type InTx = Context & { tx: Tx }
export type CalendarRow = Omit<typeof workCalendars.$inferSelect, 'week'> & { week: Span[][] }
export type DayRow = typeof workDays.$inferSelect
export type AbsenceRow = typeof absences.$inferSelect
type Kept = { timeZone: string; calendars: CalendarRow[]; days: DayRow[] }

const office: readonly Span[] = [{ from: 540, to: 1_080 }]
/** Hours of an organisation that has not said any: Monday to Friday, 09:00 to 18:00. */
export const usualWeek: readonly (readonly Span[])[] = [office, office, office, office, office, [], []]

/** Everything an organisation has said about hours. */
export async function keptHours({ tx, orgId }: InTx): Promise<Kept> {
  const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations).where(eq(organisations.orgId, orgId))
  const rows = await tx.select().from(workCalendars).where(eq(workCalendars.orgId, orgId))
  const days = rows.length === 0 ? [] : await tx.select().from(workDays).where(eq(workDays.orgId, orgId))
  return { timeZone: org?.timeZone ?? 'UTC', calendars: rows.map((row) => ({ ...row, week: row.week as Span[][] })), days }
}

type Whose = { teamId: Id<'team'> | null; memberId: Id<'mem'> | null }

/** The hours that hold for somebody: the nearest calendar's, in the nearest zone; a member's own hours keep the team's holidays. */
export function resolved({ timeZone: ofOrganisation, calendars, days }: Kept, { teamId, memberId }: Whose, away: readonly AbsenceRow[] = []): WorkCalendar {
  const organisation = calendars.find(({ kind }) => kind === 'organisation')
  const team = teamId === null ? undefined : calendars.find((row) => row.teamId === teamId)
  const member = memberId === null ? undefined : calendars.find((row) => row.memberId === memberId)
  const week = (member ?? team ?? organisation)?.week ?? usualWeek
  const timeZone = member?.timeZone ?? team?.timeZone ?? organisation?.timeZone ?? ofOrganisation
  const keeps = [team?.ownDays === true ? undefined : organisation, team].filter((row) => row !== undefined)
  const special = keeps.flatMap((row) => days.filter(({ calendarId }) => calendarId === row.id))
  return {
    timeZone, week,
    days: new Map(special.map(({ day, kind, likeWeekday }) => [day, kind === 'off' ? [] : (week[(likeWeekday ?? 1) - 1] ?? [])])),
    away: away.map((absence) => ({
      from: absence.fromMinute === null ? dayStart(absence.fromDay, timeZone) : localMoment(absence.fromDay, absence.fromMinute, timeZone),
      to: absence.toMinute === null ? dayStart(addDays(absence.toDay, 1), timeZone) : localMoment(absence.toDay, absence.toMinute, timeZone),
    })),
  }
}

/** The calendars of members, time off included, in four statements; ids of nobody here are missing. */
export async function calendarsOf(ctx: InTx, memberIds: readonly Id<'mem'>[]): Promise<Map<Id<'mem'>, WorkCalendar>> {
  if (memberIds.length === 0) return new Map()
  const { tx, orgId } = ctx
  const wanted = [...new Set(memberIds)]
  const people = await tx.select({ id: members.id, teamId: members.teamId }).from(members).where(and(eq(members.orgId, orgId), inArray(members.id, wanted)))
  const off = await tx.select().from(absences).where(and(eq(absences.orgId, orgId), inArray(absences.memberId, wanted), isNull(absences.removedAt)))
  const kept = await keptHours(ctx)
  return new Map(people.map(({ id, teamId }) => [id, resolved(kept, { teamId, memberId: id }, off.filter(({ memberId }) => memberId === id))]))
}

/** The calendar of the organisation, of a team or of a member. One that is not known here has the organisation's. */
export async function calendarOf(ctx: InTx, who: 'organisation' | { teamId: Id<'team'> } | { memberId: Id<'mem'> }): Promise<WorkCalendar> {
  const own = typeof who === 'object' && 'memberId' in who ? (await calendarsOf(ctx, [who.memberId])).get(who.memberId) : undefined
  if (own !== undefined) return own
  const teamId = typeof who === 'object' && 'teamId' in who ? who.teamId : null
  return resolved(await keptHours(ctx), { teamId, memberId: null })
}

/** Absences that are not over, and those of the last days; soonest first. */
export async function absencesFrom({ tx, orgId }: InTx, day: string, memberId: Id<'mem'> | null): Promise<(AbsenceRow & { name: string })[]> {
  const rows = await tx.select({ absence: absences, name: members.name }).from(absences)
    .innerJoin(members, and(eq(members.orgId, absences.orgId), eq(members.id, absences.memberId)))
    .where(and(eq(absences.orgId, orgId), isNull(absences.removedAt), memberId === null ? undefined : eq(absences.memberId, memberId)))
  return rows.map(({ absence, name }) => ({ ...absence, name })).filter(({ toDay }) => toDay >= day).sort((a, b) => (a.fromDay < b.fromDay ? -1 : 1))
}

