import { addWorkingTime, nextWorkingMoment, workingTimeBetween, type WorkCalendar } from '~/lib/working-time'
import { firingKinds, type Counting, type FiringKind } from './vocabulary'

/** When a clock's hours begin, when it warns, when it is due. */
export type ClockTimes = { runsAt: Date; warn50At: Date; warn80At: Date; dueAt: Date }
export type Rule = { minutes: number; counting: Counting; calendar: WorkCalendar }

const MINUTE = 60_000

/** The times of a clock that starts at a moment; null where its calendar has no such time. */
export function clockTimes(startedAt: Date, { minutes, counting, calendar }: Rule): ClockTimes | null {
  const after = (share: number) => (counting === 'calendar' ? new Date(startedAt.getTime() + minutes * share * MINUTE) : addWorkingTime(startedAt, minutes * share, calendar))
  const runsAt = counting === 'calendar' ? startedAt : nextWorkingMoment(startedAt, calendar)
  const [warn50At, warn80At, dueAt] = [after(0.5), after(0.8), after(1)]
  return runsAt === null || warn50At === null || warn80At === null || dueAt === null ? null : { runsAt, warn50At, warn80At, dueAt }
}

/** The same clock in other hours: what is left of it by the old ones is left of it by the new. What has passed stays as it was. */
export function continuedTimes(times: ClockTimes, now: Date, before: WorkCalendar, after: WorkCalendar): ClockTimes | null {
  const moved = (at: Date) => (at <= now ? at : addWorkingTime(now, workingTimeBetween(now, at, before), after))
  const runsAt = times.runsAt <= now ? times.runsAt : nextWorkingMoment(now, after)
  const [warn50At, warn80At, dueAt] = [moved(times.warn50At), moved(times.warn80At), moved(times.dueAt)]
  return runsAt === null || warn50At === null || warn80At === null || dueAt === null ? null : { runsAt, warn50At, warn80At, dueAt }
}

/** Minutes between two moments as a rule counts them. */
export const countedMinutes = (a: Date, b: Date, counting: Counting, calendar: WorkCalendar): number =>
  counting === 'calendar' ? (b.getTime() - a.getTime()) / MINUTE : workingTimeBetween(a, b, calendar)

const momentOf = (times: ClockTimes, kind: FiringKind): Date => ({ warn_50: times.warn50At, warn_80: times.warn80At, breach: times.dueAt })[kind]
const openAfter = (fired: readonly FiringKind[]) => firingKinds.slice(Math.max(-1, ...fired.map((kind) => firingKinds.indexOf(kind))) + 1)

/** When a clock speaks next, after what it has said; null when it has said the last. */
export function nextTimer(times: ClockTimes, fired: readonly FiringKind[]): Date | null {
  const [next] = openAfter(fired)
  return next === undefined ? null : momentOf(times, next)
}

/** What a clock has to say at a moment: only the latest, however late it is asked; null where nothing is due. */
export function dueFiring(times: ClockTimes, fired: readonly FiringKind[], now: Date): FiringKind | null {
  return openAfter(fired).findLast((kind) => momentOf(times, kind) <= now) ?? null
}
