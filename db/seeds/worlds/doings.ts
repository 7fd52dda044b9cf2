import { addDays, dayStart, localDate } from '~/lib/period'
import { isWorkingAt, nextWorkingMoment } from '~/lib/working-time'
import type { Told } from './tell'

const HOUR = 3_600_000

/** What people wrote down to do beside their callbacks, and what the organisation's own fields say of its leads. */
export function writeDoings(told: Told): void {
  const { world, chance: luck, house, rows } = told
  const { orgId, end } = house
  for (const [place, { who, kind, title, due, stage }] of world.tasks.entries()) {
    const seat = house.seats.find(({ story }) => story.local === who)
    if (seat === undefined) continue
    const lead = stage === undefined ? undefined : rows.leads.find(({ id, ownerId, isOpen }) => isOpen && ownerId === seat.id && rows.leadStages.some((row) => row.leadId === id && row.stage === stage) && !rows.tasks.some((task) => task.leadId === id))
    if (stage !== undefined && lead === undefined) continue
    const dueAt = dueIn(told, due, place)
    rows.tasks.push({ orgId, id: luck.id('tsk', end), leadId: lead?.id ?? null, kind, title, dueAt, timeZone: world.timeZone, assigneeId: seat.id, createdBy: seat.id, createdAt: new Date(end.getTime() - 20 * HOUR) })
    if (lead !== undefined) lead.nextStepAt = dueAt
  }
}

/** What the fields of the organisation say of a lead that somebody talked to. */
export function fillFields({ world, chance: luck, house, rows }: Told, leadId: (typeof rows.leads)[number]['id'], at: Date): void {
  const today = localDate(at, world.timeZone)
  world.fields.forEach(({ kind, value }, position) => {
    const said = value(luck, today)
    const fieldId = rows.fieldDefinitions[position]?.id
    if (said === null || fieldId === undefined) return
    const isNumber = kind === 'number' || kind === 'money'
    rows.leadFieldValues.push({ orgId: house.orgId, leadId, fieldId, ...(isNumber ? { number: said } : kind === 'date' ? { day: said } : { text: said }), updatedAt: at })
  })
}

/** Nobody calls at night: what falls out of hours is done some time after work begins again. */
export function atWork({ chance: luck, house: { calendar } }: Told, at: Date, pace: number): Date {
  const opens = nextWorkingMoment(at, calendar) ?? at
  return opens.getTime() === at.getTime() ? at : new Date(opens.getTime() + luck.around(25 * pace, 0.8) * 60_000)
}

// What was due is past, what is to be done lies ahead, both in hours of work.
function dueIn({ house: { calendar, end } }: Told, hours: number, place: number): Date {
  const at = new Date(end.getTime() + hours * HOUR)
  if (hours > 0) return quarter(new Date((nextWorkingMoment(at, calendar) ?? at).getTime() + place * 45 * 60_000))
  let back = at
  for (let step = 0; step < 400 && !isWorkingAt(back, calendar); step += 1) back = new Date(back.getTime() - HOUR)
  return quarter(back)
}

const quarter = (at: Date): Date => new Date(Math.ceil(at.getTime() / 900_000) * 900_000)

/** A quarter of an hour on a working day, so many days after the end of the world. */
export function workingHour({ world, chance: luck, house, rows }: Told, days: number): Date {
  let day = localDate(new Date(house.end.getTime() + days * 24 * HOUR), world.timeZone)
  while ([0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()) || rows.workDays.some((off) => off.day === day)) day = addDays(day, 1)
  return new Date(dayStart(day, world.timeZone).getTime() + (36 + luck.below(32)) * 15 * 60_000)
}
