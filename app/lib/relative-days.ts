import { addDays } from './period'

/** Days from `from` up to and without `until`; an absent end is open. */
export type DaySpan = { from?: string; until?: string }

/** Spans people choose by name, as seen from a day. Weeks begin on Monday. */
export const namedSpans = ['today', 'yesterday', 'tomorrow', 'week', 'last_week', 'next_week', 'month', 'last_month', 'next_month', 'quarter', 'year'] as const
export type NamedSpan = (typeof namedSpans)[number]

const monday = (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
const firstOfMonth = (day: string, later: number, step = 1): string => {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const months = year * 12 + Math.floor((month - 1) / step) * step + later
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`
}
const week = (day: string, later: number): DaySpan => ({ from: addDays(monday(day), 7 * later), until: addDays(monday(day), 7 * (later + 1)) })
const months = (day: string, later: number, step = 1): DaySpan => ({ from: firstOfMonth(day, later, step), until: firstOfMonth(day, later + step, step) })
const one = (day: string): DaySpan => ({ from: day, until: addDays(day, 1) })

const named: Record<NamedSpan, (today: string) => DaySpan> = {
  today: one, yesterday: (day) => one(addDays(day, -1)), tomorrow: (day) => one(addDays(day, 1)),
  week: (day) => week(day, 0), last_week: (day) => week(day, -1), next_week: (day) => week(day, 1),
  month: (day) => months(day, 0), last_month: (day) => months(day, -1), next_month: (day) => months(day, 1),
  quarter: (day) => months(day, 0, 3), year: (day) => months(day, 0, 12),
}

/**
 * The days that a question about time means today: `in.month`, `last.7` (today included), `next.7` (today included),
 * `ago.14` (more than 14 days ago), `from.day`, `to.day` (included), `between.day.day`. Null for anything else.
 */
export function relativeSpan(op: string, values: readonly string[], today: string): DaySpan | null {
  const [first = '', second = ''] = values
  switch (op) {
    case 'in': return Object.hasOwn(named, first) ? named[first as NamedSpan](today) : null
    case 'last': return { from: addDays(today, 1 - Number(first)), until: addDays(today, 1) }
    case 'next': return { from: today, until: addDays(today, Number(first)) }
    case 'ago': return { until: addDays(today, -Number(first)) }
    case 'from': return { from: first }
    case 'to': return { until: addDays(first, 1) }
    case 'between': return { from: first, until: addDays(second, 1) }
    default: return null
  }
}
