import type { Id } from '~/lib/ids'

const MOST_A_MINUTE = 60
const MINUTE_MS = 60_000
const MOST_SOURCES = 5_000
const counts = new Map<Id<'src'>, { minute: number; count: number }>()

/** Whether one more message that could not be verified may be kept for this source in this minute and process. */
export function mayKeepRejected(sourceId: Id<'src'>, now: Date): boolean {
  const minute = Math.floor(now.getTime() / MINUTE_MS)
  const known = counts.get(sourceId)
  const count = known?.minute === minute ? known.count + 1 : 1
  if (counts.size >= MOST_SOURCES) counts.clear()
  counts.set(sourceId, { minute, count })
  return count <= MOST_A_MINUTE
}
