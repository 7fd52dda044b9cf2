import { parseDateTime } from '~/lib/dates'
import { addDays, localDate } from '~/lib/period'
import type { StepId } from './vocabulary'

/** A moment that can be chosen with one press; `none` has no moment. */
export type NextStep = { id: StepId; at: Date | null }

const when: readonly [StepId, number, string][] = [['today', 0, '15:00'], ['tomorrow', 1, '09:00'], ['days3', 3, '09:00'], ['days7', 7, '09:00']]

/** Next steps: in an hour, or moments of the day in a time zone; those that have passed are left out. */
export function nextSteps(now: Date, timeZone: string): NextStep[] {
  const today = localDate(now, timeZone)
  const steps = when.flatMap(([id, days, time]): NextStep[] => {
    const parsed = parseDateTime(`${addDays(today, days)} ${time}`, { timeZone })
    return parsed.ok && parsed.at > now ? [{ id, at: parsed.at }] : []
  })
  return [{ id: 'hour', at: new Date(now.getTime() + 3_600_000) }, ...steps, { id: 'none', at: null }]
}
