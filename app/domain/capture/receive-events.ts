import { DomainError } from '../kernel'
import type { Reply } from './connectors/connector'
import { readEvents } from './connectors/segment/read-events'
import { writeKeyOf } from './connectors/segment/segment'
import { receiveDelivery, type Inbound } from './receive-delivery'

const MOST_TOLD = 100

/**
 * Takes tracking events by their write key alone, the same way as every delivery. A batch that is bad in part is kept
 * and answered 200 with what was wrong, item by item. Refuses `unknown-source` where the key leads nowhere.
 */
export async function receiveEvents(inbound: Omit<Inbound, 'connector' | 'sourceKey'> & { call: string | null }): Promise<Reply> {
  const { call, ...message } = inbound
  const sourceKey = writeKeyOf(message)?.split('.')[0] ?? ''
  if (sourceKey === '') throw new DomainError('unknown-source')
  // Kept among the headers, because older calls say only by their address what they are.
  const headers = call === null ? message.headers : { ...message.headers, 'x-clew-event': call }
  const reply = await receiveDelivery({ ...message, headers, connector: 'segment', sourceKey })
  if (reply.status !== 200) return reply
  const read = readEvents(message.raw, call)
  const errors = 'issues' in read ? read.issues.map(({ code }) => ({ index: 0, code })) : read.problems
  return { ...reply, body: JSON.stringify({ success: true, ...(errors.length > 0 ? { errors: errors.slice(0, MOST_TOLD) } : {}) }) }
}
