import { sql, type SQL } from 'drizzle-orm'
import { addDays, dayStart } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { organisations } from '~db/schema'
import type { Context } from '../kernel'

/** The organisation's zone and money: what decides the days of a report. */
export async function organisationOf(tx: Tx): Promise<{ timeZone: string; currency: string }> {
  const [org] = await tx.select({ timeZone: organisations.timeZone, currency: organisations.currency }).from(organisations)
  return org ?? { timeZone: 'UTC', currency: 'USD' }
}

/** The first instant of a day, some days later. */
export const day = (text: string, later: number, timeZone: string): SQL => sql`${dayStart(addDays(text, later), timeZone).toISOString()}::timestamptz`

/** What a report may know: everything before the end of `as_of`, and never more than has happened. */
export const horizonOf = (ctx: Context, asOf: string | undefined, timeZone: string): SQL =>
  asOf === undefined ? sql`${ctx.now.toISOString()}::timestamptz` : sql`least(${day(asOf, 1, timeZone)}, ${ctx.now.toISOString()}::timestamptz)`
