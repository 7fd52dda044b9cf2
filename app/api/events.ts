import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { receiveEvents } from '~/domain/capture'
import { admit, requestFacts } from '~/http'
import { bodyCaps } from '~/http/body-caps'
import { capped } from '~/http/middleware'

const MOST_HEADER = 2_000
const SHORT: Record<string, string> = { t: 'track', p: 'page', i: 'identify', s: 'screen', g: 'group', a: 'alias' }

/**
 * Tracking events of websites and products: any origin may send, with a write key and never with cookies. Whatever
 * path a library appends (`/v1/batch`, `/t`, `/capture`) leads here; its last part may say what a single call is.
 */
export const events = new Hono()
  .use('*', cors({ origin: '*', allowMethods: ['POST', 'OPTIONS'], allowHeaders: ['Content-Type', 'Authorization'], maxAge: 86_400 }), capped(bodyCaps.events))
  .post('*', async (c) => {
    const { now, requestId, ip } = requestFacts()
    await admit('api', ip)
    const raw = new Uint8Array(await c.req.raw.arrayBuffer())
    const headers = Object.fromEntries([...c.req.raw.headers].map(([name, value]) => [name, value.slice(0, MOST_HEADER)]))
    const last = c.req.path.split('/').at(-1) ?? ''
    const call = SHORT[last] ?? (Object.values(SHORT).includes(last) ? last : null)
    const reply = await receiveEvents({ raw, headers, query: new URLSearchParams(), requestId, now, call })
    return new Response(reply.body, { status: reply.status, headers: { 'Cache-Control': 'no-store', ...reply.headers } })
  })
