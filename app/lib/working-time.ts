import { stretchAt, type Stretch } from './zone-stretches'
import { measured, tapeOf, piecesOn, reached, DAY_MS, type Tape } from './working-week'

/** Minutes of a day, from its midnight: 540 is 09:00. `to` may pass 1440: the span then goes on over midnight. */
export type Span = Readonly<{ from: number; to: number }>

/**
 * When somebody works: the hours of each weekday (Monday first) by the clock of `timeZone`; `days` (YYYY-MM-DD) has the hours
 * of days that differ, none on a holiday, some on an extra working day; `away` is time off. A span belongs to the day it begins on.
 */
export type WorkCalendar = Readonly<{
  timeZone: string
  week: readonly (readonly Span[])[]
  days: ReadonlyMap<string, readonly Span[]>
  away: readonly Readonly<{ from: Date; to: Date }>[]
}>

const MINUTE = 60_000
const farthestYears = 30 * 366 * DAY_MS

/*
 * A moment is working time when the local clock then shows a time within the hours. So where clocks change inside a span
 * its real elapsed minutes count: 00:00 to 08:00 has seven hours on the night of spring and nine on that of autumn.
 */

/** Working minutes from `a` to `b`, with fractions; 0 where `b` is not after `a`. */
export function workingTimeBetween(a: Date, b: Date, calendar: WorkCalendar): number {
  const tape = tapeOf(calendar)
  const [from, to] = [a.getTime(), b.getTime()]
  const off = tape.away.reduce((sum, away) => sum + plainBetween(Math.max(from, away.from), Math.min(to, away.to), tape), 0)
  return (plainBetween(from, to, tape) - off) / MINUTE
}

/**
 * The first moment by which so many working minutes (> 0) have passed since `start`; an hour before closing, 60 minutes end at
 * closing. `start` itself for 0. Null where the calendar has not that much time within thirty years.
 */
export function addWorkingTime(start: Date, minutes: number, calendar: WorkCalendar): Date | null {
  const at = addedTo(start.getTime(), Math.round(minutes * MINUTE), tapeOf(calendar))
  return at === null ? null : new Date(at)
}

/** `at` itself if it is working time, else the moment work begins next; null where it never does. */
export function nextWorkingMoment(at: Date, calendar: WorkCalendar): Date | null {
  const after = addedTo(at.getTime(), 1, tapeOf(calendar))
  return after === null ? null : new Date(after - 1)
}

/** Whether a moment is working time. */
export function isWorkingAt(at: Date, calendar: WorkCalendar): boolean {
  const tape = tapeOf(calendar)
  const now = at.getTime()
  return pieceEnd(now, stretchAt(now, tape.timeZone), tape) !== null && !tape.away.some(({ from, to }) => from <= now && now < to)
}

/** When the work that goes on at a moment ends; null outside working time and where it does not end within a year. */
export function closesAt(at: Date, calendar: WorkCalendar): Date | null {
  if (!isWorkingAt(at, calendar)) return null
  const tape = tapeOf(calendar)
  const now = at.getTime()
  const off = tape.away.find(({ from }) => from > now)?.from ?? Infinity
  let end = now
  while (end < off && end < now + 366 * DAY_MS) {
    const next = pieceEnd(end, stretchAt(end, tape.timeZone), tape)
    if (next === null) return new Date(end)
    end = next
  }
  return end >= off ? new Date(off) : null
}

/** Every stretch of working time from `a` to `b`, in order, cut at both. */
export function workingSpans(a: Date, b: Date, calendar: WorkCalendar): { from: Date; to: Date }[] {
  const spans: { from: Date; to: Date }[] = []
  for (let from = nextWorkingMoment(a, calendar); from !== null && from < b; ) {
    const end = closesAt(from, calendar)
    const to = end === null || end > b ? b : end
    spans.push({ from, to })
    from = end === null ? null : nextWorkingMoment(end, calendar)
  }
  return spans
}

function plainBetween(from: number, to: number, tape: Tape): number {
  let sum = 0
  for (let at = from; at < to; ) {
    const { until, offset } = stretchAt(at, tape.timeZone)
    const end = Math.min(until, to)
    sum += measured(end + offset, tape) - measured(at + offset, tape)
    at = end
  }
  return sum
}

function plainAdd(start: number, need: number, tape: Tape): number | null {
  if (need === 0) return start
  if (tape.perWeek === 0 && tape.odd.length === 0) return null
  let left = need
  for (let at = start; at < start + farthestYears; ) {
    const { until, offset } = stretchAt(at, tape.timeZone)
    const before = measured(at + offset, tape)
    const here = measured(until + offset, tape) - before
    if (here >= left) {
      const local = reached(before + left, tape)
      return local === null ? null : local - offset
    }
    left -= here
    at = until
  }
  return null
}

// Time off that begins before the end pushes the end out by the work it holds; in order, because it may then reach the next.
function addedTo(start: number, need: number, tape: Tape): number | null {
  let more = need
  let end = plainAdd(start, more, tape)
  for (const away of tape.away) {
    if (end === null || away.from >= end) break
    if (away.to <= start) continue
    more += plainBetween(Math.max(start, away.from), away.to, tape)
    end = plainAdd(start, more, tape)
  }
  return end
}

/** Where the piece of work around a moment ends, or its stretch of the zone; null outside working time. */
function pieceEnd(at: number, { until, offset }: Stretch, tape: Tape): number | null {
  const local = at + offset
  const day = Math.floor(local / DAY_MS)
  const piece = piecesOn(day, tape).find(({ from, to }) => from <= local - day * DAY_MS && local - day * DAY_MS < to)
  return piece === undefined ? null : Math.min(day * DAY_MS + piece.to - offset, until)
}
