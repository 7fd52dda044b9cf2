import type { Id } from '~/lib/ids'
import { isWorkingAt } from '~/lib/working-time'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { calendarsOf, keptHours } from '../orgs'
import type { Availability } from './vocabulary'

export type AvailabilityAt = (memberId: Id<'mem'>, at: Date) => Availability

/**
 * Where members are at any moment: on leave, outside their hours, or there. An organisation that has said no hours
 * works at all of them; leave counts all the same.
 */
export async function availabilityOf(tx: Tx, ctx: Context, memberIds: readonly Id<'mem'>[]): Promise<AvailabilityAt> {
  const inTx = { ...ctx, tx }
  const calendars = await calendarsOf(inTx, memberIds)
  const hasHours = (await keptHours(inTx)).calendars.length > 0
  return (memberId, at) => {
    const calendar = calendars.get(memberId)
    if (calendar === undefined) return 'working'
    if (calendar.away.some(({ from, to }) => from <= at && at < to)) return 'away'
    return !hasHours || isWorkingAt(at, calendar) ? 'working' : 'outside-hours'
  }
}
