import { addDays, dayDifference, isDate } from './period'
import type { Span } from './working-time'

const SPAN = /^(\d{1,2}):?(\d{2})?-(\d{1,2}):?(\d{2})?$/
const mostSpans = 6

/**
 * Reads the hours of a day as people write them: `09:00-12:00, 13:00-18:00`; nothing for a day off; `22:00-06:00` goes on
 * over midnight. Null where it is something else, or spans overlap.
 */
export function parseHours(text: string): Span[] | null {
  const parts = text.normalize('NFKC').replaceAll(/\s*(?:[–—~～至到]|-)\s*/g, '-').split(/[\s,;、,]+/).filter((part) => part !== '')
  if (parts.length > mostSpans) return null
  const spans = parts.map(spanOf)
  if (!spans.every((span) => span !== null)) return null
  const sorted = spans.sort((a, b) => a.from - b.from)
  return sorted.every(({ from }, index) => index === 0 || from >= (sorted[index - 1]?.to ?? 0)) ? sorted : null
}

function spanOf(part: string): Span | null {
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = SPAN.exec(part) ?? []
  if (fromHour === '') return null
  const [from, to] = [Number(fromHour) * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute)]
  if (Number(fromMinute) > 59 || Number(toMinute) > 59 || from >= 1_440 || to > 1_440 || from === to) return null
  return { from, to: to > from ? to : to + 1_440 }
}

/** Hours as `parseHours` reads them. */
export const hoursText = (spans: readonly Span[]): string => spans.map(({ from, to }) => `${clock(from)}–${clock(to > 1_440 ? to - 1_440 : to)}`).join(', ')

/** Minutes of a day as a clock shows them: 540 is 09:00. */
export const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export type NamedDay = { day: string; name: string }
const DATE = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/
const LINE = new RegExp(`^${DATE.source}(?:\\s*(?:\\.\\.|[-–—~～至到]|to)\\s*${DATE.source})?[\\s,;:、,]*(.*)$`)
const mostDays = 62

/** Reads pasted days, one a line: a date, or two and everything between, then a name. `bad` has the lines that are none. */
export function parseDayLines(text: string): { days: NamedDay[]; bad: number[] } {
  const days = new Map<string, NamedDay>()
  const bad: number[] = []
  for (const [index, line] of text.normalize('NFKC').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const found = daysOf(line.trim())
    if (found === null) bad.push(index + 1)
    else for (const each of found) days.set(each.day, each)
  }
  return { days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), bad }
}

function daysOf(line: string): NamedDay[] | null {
  const match = LINE.exec(line)
  if (match === null) return null
  const date = (at: number) => (match[at] === undefined ? null : `${match[at]}-${(match[at + 1] ?? '').padStart(2, '0')}-${(match[at + 2] ?? '').padStart(2, '0')}`)
  const first = date(1)
  const last = date(4) ?? first
  if (first === null || last === null || !isDate(first) || !isDate(last)) return null
  const count = dayDifference(first, last) + 1
  return count < 1 || count > mostDays ? null : Array.from({ length: count }, (_, later) => ({ day: addDays(first, later), name: (match[7] ?? '').trim().slice(0, 80) }))
}
