import type { Span, WorkCalendar } from './working-time'

export const DAY_MS = 86_400_000
const MINUTE = 60_000
const DAY_MINUTES = 1_440

/** A piece of one day, in milliseconds from its midnight by the local clock. */
type Piece = { from: number; to: number }
/** A day whose hours differ from its weekday's; `before` is how much more work than usual all such days before it had. */
type OddDay = { day: number; pieces: readonly Piece[]; total: number; before: number }

/**
 * A calendar laid out along the local clock, so that the work before any local time is a sum of whole weeks, a part of a week
 * and what odd days differ by. Days are counted from 1970-01-01, a Thursday.
 */
export type Tape = Readonly<{
  timeZone: string
  week: readonly (readonly Piece[])[]
  perDay: readonly number[]
  /** work of a week before each weekday */
  before: readonly number[]
  perWeek: number
  odd: readonly OddDay[]
  /** time off, in order, without overlaps; moments, not local */
  away: readonly { from: number; to: number }[]
}>

const tapes = new WeakMap<WorkCalendar, Tape>()

export function tapeOf(calendar: WorkCalendar): Tape {
  const known = tapes.get(calendar)
  if (known !== undefined) return known
  const made = layOut(calendar)
  tapes.set(calendar, made)
  return made
}

/** Work before a local time, in milliseconds, from an origin that only differences have meaning for. */
export function measured(local: number, tape: Tape): number {
  const day = Math.floor(local / DAY_MS)
  const at = oddFrom(day, tape)
  return usualBefore(day, tape) + moreBefore(at, tape) + workIn(piecesOn(day, tape), local - day * DAY_MS)
}

/** The first local time before which there is so much work; null where there never is. */
export function reached(work: number, tape: Tape): number | null {
  const at = firstIndex(tape.odd.length, (index) => workBefore(index, tape) + (tape.odd[index]?.total ?? 0) >= work)
  const odd = tape.odd[at]
  if (odd !== undefined && workBefore(at, tape) < work) return odd.day * DAY_MS + placeOf(work - workBefore(at, tape), odd.pieces)
  if (tape.perWeek === 0) return null
  const usual = work - moreBefore(at, tape)
  const week = Math.ceil(usual / tape.perWeek) - 1
  const rest = usual - week * tape.perWeek
  const weekday = tape.before.findLastIndex((before) => before < rest)
  return (week * 7 + weekday - 3) * DAY_MS + placeOf(rest - (tape.before[weekday] ?? 0), tape.week[weekday] ?? [])
}

export function piecesOn(day: number, tape: Tape): readonly Piece[] {
  const odd = tape.odd[oddFrom(day, tape)]
  return odd?.day === day ? odd.pieces : (tape.week[weekdayOf(day)] ?? [])
}

/** Monday is 0. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

const usualBefore = (day: number, tape: Tape) => Math.floor((day + 3) / 7) * tape.perWeek + (tape.before[weekdayOf(day)] ?? 0)
const oddFrom = (day: number, tape: Tape) => firstIndex(tape.odd.length, (index) => (tape.odd[index]?.day ?? 0) >= day)
const workBefore = (index: number, tape: Tape) => usualBefore(tape.odd[index]?.day ?? 0, tape) + moreBefore(index, tape)

function moreBefore(index: number, { odd, perDay }: Tape): number {
  const next = odd[index]
  if (next !== undefined) return next.before
  const last = odd.at(-1)
  return last === undefined ? 0 : last.before + last.total - (perDay[weekdayOf(last.day)] ?? 0)
}

function firstIndex(length: number, isIt: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isIt(middle)) high = middle
    else low = middle + 1
  }
  return low
}

const workIn = (pieces: readonly Piece[], until: number) => pieces.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, until) - from), 0)

function placeOf(work: number, pieces: readonly Piece[]): number {
  let left = work
  for (const { from, to } of pieces) {
    if (to - from >= left) return from + left
    left -= to - from
  }
  return DAY_MS
}

function layOut({ timeZone, week, days, away }: WorkCalendar): Tape {
  const usual = (weekday: number) => week[(weekday + 7) % 7] ?? []
  const pieces = Array.from({ length: 7 }, (_, weekday) => piecesOf(usual(weekday), usual(weekday - 1)))
  const perDay = pieces.map((list) => workIn(list, DAY_MS))
  const before = perDay.map((_, weekday) => perDay.slice(0, weekday).reduce((a, b) => a + b, 0))
  const special = new Map([...days].map(([date, spans]) => [dayOf(date), spans]))
  const hours = (day: number) => special.get(day) ?? usual(weekdayOf(day))
  // What begins on a day may end on the next: that one differs, too.
  const touched = [...new Set([...special.keys()].flatMap((day) => [day, day + 1]))].sort((a, b) => a - b)
  const odd: OddDay[] = []
  let more = 0
  for (const day of touched) {
    const list = piecesOf(hours(day), hours(day - 1))
    const total = workIn(list, DAY_MS)
    odd.push({ day, pieces: list, total, before: more })
    more += total - (perDay[weekdayOf(day)] ?? 0)
  }
  const perWeek = perDay.reduce((a, b) => a + b, 0)
  return { timeZone, week: pieces, perDay, before, perWeek, odd, away: united(away.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }))) }
}

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** The pieces of a day: what begins on it, and what is left of the night before. */
function piecesOf(own: readonly Span[], night: readonly Span[]): Piece[] {
  const begun = own.map(({ from, to }) => ({ from, to: Math.min(to, DAY_MINUTES) }))
  const left = night.map(({ from, to }) => ({ from: Math.max(0, from - DAY_MINUTES), to: to - DAY_MINUTES }))
  return united([...begun, ...left].map(({ from, to }) => ({ from: from * MINUTE, to: to * MINUTE })))
}

function united(pieces: readonly Piece[]): Piece[] {
  const sorted = pieces.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)
  const list: Piece[] = []
  for (const { from, to } of sorted) {
    const last = list.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else list.push({ from, to })
  }
  return list
}
