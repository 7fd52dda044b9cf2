import * as z from 'zod'
import { ListDeliveries } from '~/domain/capture/contract'
import { localDay } from '~/domain/kernel/contract'
import { dayStart } from '~/lib/period'

const day = z.union([z.literal(''), localDay]).optional()

/** The log's filter as it stands in the address and in forms: days are of the organisation's time zone, `until` is not included. */
export const LogFilter = ListDeliveries.pick({ sourceId: true, state: true, way: true, search: true, after: true, before: true }).extend({ since: day, until: day })
export type LogFilter = z.output<typeof LogFilter>
type InMoments<T> = Omit<T, 'since' | 'until'> & { since: Date | null; until: Date | null }

/** The same filter in moments, as the verbs ask. */
export function inMoments<T extends { since?: string; until?: string }>({ since, until, ...rest }: T, timeZone: string): InMoments<T> {
  const start = (text: string | undefined) => (text === undefined || text === '' ? null : dayStart(text, timeZone))
  return { ...rest, since: start(since), until: start(until) }
}

/** What a replay may be asked for: some by id, or a range. */
export const ReplayFilter = z.object({
  deliveryId: z.union([z.string(), z.array(z.string()).max(200)]).optional(),
  sourceId: LogFilter.shape.sourceId, after: LogFilter.shape.after, since: day, until: day,
  state: z.union([z.literal(''), z.enum(['processed', 'test', 'unreadable', 'stored'])]).optional(),
})

/** The ids of a filter that names some. */
export const namedIn = (deliveryId: string | string[] | undefined): string[] | undefined => (deliveryId === undefined ? undefined : [deliveryId].flat())
