import { addDays, dayStart, localDate } from '~/lib/period'

/** The month of a day: 2026-11 of 2026-11-22. */
export const monthOf = (day: string): string => day.slice(0, 7)
export const firstDay = (month: string): string => `${month}-01`

/** A month so many months later (or earlier). */
export function monthAfter(month: string, more: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + more
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

const DAY_MS = 86_400_000
const spans = new Map<string, Map<number, { day: string; from: number }[]>>()

/** `localDate` for many thousand moments: the days a day of UTC touches are looked up once, then compared. */
export function localDay(at: Date, timeZone: string): string {
  const known = spans.get(timeZone) ?? new Map<number, { day: string; from: number }[]>()
  spans.set(timeZone, known)
  const utc = Math.floor(at.getTime() / DAY_MS)
  const days = known.get(utc) ?? touchedBy(utc, timeZone)
  known.set(utc, days)
  return days.reduce((found, { day, from }) => (from <= at.getTime() ? day : found), days[0]?.day ?? localDate(at, timeZone))
}

/** A day of UTC begins in one local day and may touch two more, where one has 23 hours. */
function touchedBy(utc: number, timeZone: string): { day: string; from: number }[] {
  const first = localDate(new Date(utc * DAY_MS), timeZone)
  return [0, 1, 2].map((later) => addDays(first, later)).map((day) => ({ day, from: dayStart(day, timeZone).getTime() }))
}
