import * as z from 'zod'
import { ListDeliveries } from '~/domain/capture/contract'
import { localDay } from '~/domain/kernel/contract'
import { dayStart } from '~/lib/period'

const day = z.union([z.literal(''), localDay]).optional()

/** The log's filter as it stands in the address and in forms: days are of the organisation's time zone, `until` is not included. */
export const LogFilter = ListDeliveries.pick({ sourceId: true, state: true, after: true }).extend({ since: day, until: day })
export type LogFilter = z.output<typeof LogFilter>

/** The same filter in moments, as the verbs ask. */
export function inMoments({ since, until, ...rest }: LogFilter, timeZone: string): Omit<LogFilter, 'since' | 'until'> & { since: Date | null; until: Date | null } {
  const start = (text: string | undefined) => (text === undefined || text === '' ? null : dayStart(text, timeZone))
  return { ...rest, since: start(since), until: start(until) }
}
