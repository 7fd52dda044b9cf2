import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { Availability } from './vocabulary'

export type AvailabilityAt = (memberId: Id<'mem'>, at: Date) => Availability

/**
 * Where members are, for any moment between two: the one place where assignment asks the calendars of working hours,
 * holidays and leave. Until those are there, everybody works always.
 */
export function availabilityOf(_tx: Tx, _ctx: Context, _memberIds: readonly Id<'mem'>[], _between: { from: Date; to: Date }): Promise<AvailabilityAt> {
  return Promise.resolve(() => 'working')
}
