import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { subscribe } from '~/domain/notifications'
import { now, requestFacts, userContext, viewerOf } from '~/http'

const HEARTBEAT_MS = 15_000

/** What happens in the signed-in person's organisation, as far as they may see it: kind and id, nothing personal. */
export const live = new Hono()

live.get('/', async (c) => {
  const ctx = await userContext()
  const request = c.req.raw
  const { requestId } = requestFacts()
  const again = async () => {
    const viewing = await viewerOf(request)
    return viewing && { orgId: viewing.orgId, actor: viewing.actor, now: now(), requestId }
  }
  const answer = streamSSE(c, async (stream) => {
    const lastEventId = c.req.header('last-event-id') ?? c.req.query('last') ?? null
    const subscription = subscribe(ctx, { lastEventId, again }, ({ id, kind, about }) =>
      stream.writeSSE({ ...(id === null ? {} : { id }), data: JSON.stringify({ kind, id: about }) }),
    )
    stream.onAbort(subscription.end)
    // A comment at once: the browser knows the stream is open, and so do proxies that wait for a first byte.
    await stream.write(': open\nretry: 2000\n\n')
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
    await subscription.ended
    clearInterval(heartbeat)
  })
  // After the fact: Hono writes a cache header of its own, and proxies must neither keep nor hold back a stream.
  answer.headers.set('Cache-Control', 'no-store, no-transform')
  answer.headers.set('X-Accel-Buffering', 'no')
  return answer
})
