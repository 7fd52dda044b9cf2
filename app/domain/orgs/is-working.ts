import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { localDate } from '~/lib/period'
import { isWorkingAt, nextWorkingMoment } from '~/lib/working-time'
import { members } from '~db/schema'
import { query } from '../kernel'
import { IsWorking } from './contract'
import type { AttendanceWhy } from './vocabulary'
import { calendarsOf } from './work-calendars'

/** Whether somebody works at a moment, why not, and when they do next (null: never, as far as is known). */
export type Attendance = { isWorking: boolean; why: AttendanceWhy; backAt: Date | null }

/** Who of these members works at a moment (now where left out): hours, holidays and time off counted. Ids of nobody here are missing. */
export const isWorking = query({
  name: 'member.is-working',
  permission: 'members:read',
  input: IsWorking,
  async run({ tx, ctx, input }): Promise<Map<Id<'mem'>, Attendance>> {
    const at = input.at ?? ctx.now
    const calendars = await calendarsOf(ctx, input.memberIds)
    if (calendars.size === 0) return new Map()
    const rows = await tx.select({ id: members.id, status: members.status }).from(members).where(and(eq(members.orgId, ctx.orgId), inArray(members.id, [...calendars.keys()])))
    return new Map(rows.map(({ id, status }): [Id<'mem'>, Attendance] => {
      const calendar = calendars.get(id)
      if (calendar === undefined || status !== 'active') return [id, { isWorking: false, why: 'inactive', backAt: null }]
      if (isWorkingAt(at, calendar)) return [id, { isWorking: true, why: 'working', backAt: at }]
      const isAway = calendar.away.some(({ from, to }) => from <= at && at < to)
      const isOff = calendar.days.get(localDate(at, calendar.timeZone))?.length === 0
      return [id, { isWorking: false, why: isAway ? 'absent' : isOff ? 'day-off' : 'off-hours', backAt: nextWorkingMoment(at, calendar) }]
    }))
  },
})
