import { addDays, localDate } from '~/lib/period'
import { parseDateTime } from '~/lib/dates'
import type { Step, StepId } from '~/ui/leads/outcome-pad'

const when: readonly [StepId, number, string][] = [['today', 0, '15:00'], ['tomorrow', 1, '09:00'], ['days3', 3, '09:00'], ['days7', 7, '09:00']]

/** Next steps as moments of the organisation's day; those that have passed are left out. */
export function nextSteps(now: Date, timeZone: string): Step[] {
  const today = localDate(now, timeZone)
  const steps = when.flatMap(([id, days, time]): Step[] => {
    const parsed = parseDateTime(`${addDays(today, days)} ${time}`, { timeZone })
    return parsed.ok && parsed.at > now ? [{ id, at: parsed.at }] : []
  })
  return [...steps, { id: 'none', at: null }]
}
