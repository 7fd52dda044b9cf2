import { addDays, localDate } from '~/lib/period'
import { toUuid, type Id } from '~/lib/ids'
import type { WorkCalendar } from '~/lib/working-time'
import type { Seat } from './house'
import type { Chance } from './random'
import type { WorldRows } from './rows'
import type { World } from './world'

/** Where leads without an owner lie, and its rules in days or hours. */
export const poolRules = { dailyCap: 10, heldCap: 300, protectionDays: 15, maxProtectionDays: 120, firstContactHours: 48, idleDays: 30, coolDownHours: 72 } as const
type About = { orgId: Id<'org'>; start: Date; end: Date; seats: readonly Seat[] }

/** What the administrator set up before the first lead: hours and holidays, who is away, who takes what, the pool. */
export function furnishOffice(world: World, chance: Chance, rows: WorldRows, { orgId, start, end, seats }: About): { poolId: Id<'pool'>; calendar: WorkCalendar } {
  const admin = seats.find(({ role }) => role === 'admin')?.id ?? null
  const calendarId = chance.id('cal', start)
  const day = [{ from: 9 * 60, to: 12 * 60 }, { from: 13 * 60, to: 18 * 60 }]
  rows.workCalendars.push({ orgId, id: calendarId, kind: 'organisation', timeZone: world.timeZone, week: [day, day, day, day, day, [], []], updatedAt: start, updatedBy: admin })
  const year = Number(localDate(start, world.timeZone).slice(0, 4))
  for (const { day: off, name } of [year, year + 1, year + 2].flatMap((each) => world.holidays(each))) {
    rows.workDays.push({ orgId, calendarId, day: off, kind: 'off', name, addedAt: start, addedBy: admin })
  }
  const today = localDate(end, world.timeZone)
  for (const seat of seats.filter(({ story }) => story.away !== undefined)) {
    const [from = 0, to = 0] = seat.story.away ?? []
    rows.absences.push({ orgId, id: chance.id('abs', start), memberId: seat.id, fromDay: addDays(today, from), toDay: addDays(today, to), kind: 'leave', addedAt: start, addedBy: seat.id })
  }
  for (const seat of seats.filter(({ role }) => role !== 'partner')) {
    const takesLeads = seat.role === 'rep'
    rows.assignmentMembers.push({ orgId, memberId: seat.id, openCap: seat.story.openCap ?? null, languages: [...(seat.story.languages ?? [])], skills: [], takesLeads, updatedAt: start })
  }
  const poolId = chance.id('pool', start)
  rows.pools.push({ orgId, id: poolId, isDefault: true, forEveryone: true, ...poolRules, rulesSince: start, createdAt: start })
  const manager = seats.find(({ role }) => role === 'manager')
  if (manager !== undefined) rows.poolPeople.push({ orgId, poolId, kind: 'member', subjectId: toUuid(manager.id), role: 'administers', addedAt: start })
  world.fields.forEach(({ key, kind, en, zh, choices }, at) => {
    rows.fieldDefinitions.push({ orgId, id: chance.id('cf', start), key, kind, labelEn: en, labelZh: zh, choices: [...(choices ?? [])], currency: kind === 'money' ? world.currency : null, position: at + 1, createdAt: start })
  })
  const week = [day, day, day, day, day, [], []]
  return { poolId, calendar: { timeZone: world.timeZone, week, days: new Map(rows.workDays.map((off) => [off.day, []])), away: [] } }
}
