import { eq } from 'drizzle-orm'
import { zoneOfCountry } from '~/lib/country-zones'
import { addDays, dayStart, localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { people } from '~db/schema'
import { timeZoneOf } from './list-leads'
import type { LeadRow } from './locked-lead'
import type { NextStepRule } from './vocabulary'

const HOUR = 3_600_000
const daysAhead: Record<'tomorrow' | 'days3', number> = { tomorrow: 1, days3: 3 }

/** The moment a rule means: in an hour, or at nine on the clock of `timeZone`, also on the days clocks change. Null is no next step. */
export function momentOfRule(rule: NextStepRule, now: Date, timeZone: string): Date | null {
  if (rule === 'none') return null
  if (rule === 'hour') return new Date(now.getTime() + HOUR)
  return atNine(addDays(localDate(now, timeZone), daysAhead[rule]), timeZone)
}

/** Nine o'clock of a day. Clocks change at night: nine hours after midnight may be eight or ten. */
function atNine(day: string, timeZone: string): Date {
  const guess = new Date(dayStart(day, timeZone).getTime() + 9 * HOUR)
  const hour = Number(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(guess))
  return new Date(guess.getTime() + (9 - hour) * HOUR)
}

/** The time zone in which a lead is called: that of its person's country where it has one only, else the organisation's. */
export async function callingZone(tx: Tx, lead: Pick<LeadRow, 'personId'>): Promise<string> {
  const zone = await timeZoneOf(tx)
  if (lead.personId === null) return zone
  const [person] = await tx.select({ country: people.country }).from(people).where(eq(people.id, lead.personId))
  return zoneOfCountry(person?.country ?? null) ?? zone
}
