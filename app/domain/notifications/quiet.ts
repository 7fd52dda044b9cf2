import { addDays, dayStart, localDate, localMoment } from '~/lib/period'
import { closesAt, workingSpans, type WorkCalendar } from '~/lib/working-time'

/** What decides when somebody may be disturbed: minutes of the day by the clock of `timeZone`; null is no quiet. */
export type Times = { quietFrom: number | null; quietTo: number | null; digestMinute: number; digestWorkingDays: boolean; timeZone: string }

const MOST_DAYS = 366

/** When the quiet that a moment falls into ends; null where it falls into none. Hours may pass midnight, and clock changes shift nothing. */
export function quietUntil({ quietFrom, quietTo, timeZone }: Times, at: Date): Date | null {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return null
  const hours = [{ from: quietFrom, to: quietTo > quietFrom ? quietTo : quietTo + 1_440 }]
  return closesAt(at, { timeZone, week: Array.from({ length: 7 }, () => hours), days: new Map(), away: [] })
}

/** The next digest after a moment; on working days of the member's calendar only, where they want it so. Without any within a year, the next day. */
export function nextDigest({ digestMinute, digestWorkingDays, timeZone }: Times, at: Date, work: WorkCalendar): Date {
  const today = localDate(at, timeZone)
  const moments = Array.from({ length: MOST_DAYS }, (_, days) => addDays(today, days)).map((day) => ({ day, at: localMoment(day, digestMinute, timeZone) })).filter((one) => one.at > at)
  const chosen = digestWorkingDays ? moments.find(({ day }) => worksOn(day, work)) : moments[0]
  return (chosen ?? moments[0] ?? { at }).at
}

/** Whether a day has any working time. */
export const worksOn = (day: string, work: WorkCalendar): boolean => workingSpans(dayStart(day, work.timeZone), dayStart(addDays(day, 1), work.timeZone), work).length > 0
