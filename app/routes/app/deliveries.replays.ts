import * as z from 'zod'
import { countReadable, replayDeliveries, type Replay } from '~/domain/capture'
import { page, submit } from '~/http'
import { inMoments, LogFilter } from './deliveries/log-filter'

const pagesAtMost = 10
const perPage = 1_000
const replayable = z.enum(['processed', 'test', 'unreadable', 'stored'])

/** How many deliveries a replay of this range would read. */
export const loader = page({ permission: 'deliveries:replay', search: LogFilter }, async ({ ctx, search, viewer }) => ({
  count: await countReadable(ctx, { ...inMoments(search, viewer.org.timeZone), after: null }),
}))

const One = z.object({ deliveryId: z.string() })
const Range = LogFilter.omit({ after: true }).extend({ state: z.union([z.literal(''), replayable]).optional() })

/** Reads deliveries again with the present mapping: one, or those of a range in pages, each a transaction of its own. */
export const action = submit({ permission: 'deliveries:replay', form: z.union([One, Range]) }, async ({ ctx, input, viewer }) => {
  if ('deliveryId' in input) return { ...(await replayDeliveries(ctx, { deliveryIds: [input.deliveryId as never] })), isMore: false }
  const { state, ...filter } = input
  const { since, until, sourceId } = inMoments({ ...filter, state: null, after: null }, viewer.org.timeZone)
  let [replayed, after]: [number, Replay['next']] = [0, null]
  for (let n = 0; n < pagesAtMost; n += 1) {
    const done: Replay = await replayDeliveries(ctx, { sourceId, since, until, state: state === '' ? null : state, after, limit: perPage })
    replayed += done.replayed
    after = done.next
    if (after === null) break
  }
  return { replayed, isMore: after !== null }
})
