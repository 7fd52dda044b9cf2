import type { Context as Asked } from 'hono'
import type { Inbound, Reply } from '~/domain/capture'
import { requestFacts } from './request-context'

/** Any longer value is no header a platform signs with. */
const MOST_HEADER = 2_000

/**
 * The door of deliveries: keeps the raw bytes as they came, and knows no platform. The address names connector
 * and source; the answer is whatever `receive` says. The body's cap stands before it.
 */
export function hook(receive: (inbound: Inbound) => Promise<Reply>) {
  return async (c: Asked): Promise<Response> => {
    const { now, requestId } = requestFacts()
    const raw = new Uint8Array(await c.req.raw.arrayBuffer())
    const headers = Object.fromEntries([...c.req.raw.headers].map(([name, value]) => [name, value.slice(0, MOST_HEADER)]))
    const query = new URL(c.req.url).searchParams
    const reply = await receive({ connector: c.req.param('connector') ?? '', sourceKey: c.req.param('sourceKey') ?? '', raw, headers, query, now, requestId })
    return new Response(reply.body === '' ? null : reply.body, { status: reply.status, headers: { 'Cache-Control': 'no-store', ...reply.headers } })
  }
}
