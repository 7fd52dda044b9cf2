import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context as Asked } from 'hono'
import type { Inbound, Reply } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { httpSeconds } from '~/platform/metrics'
import { bodyCaps } from './body-caps'
import { admit } from './rate-limit'
import { errorAnswer } from './refusal'
import { addressFrom, now, requestFacts, requestIdFrom } from './request-context'

/** Any longer value is no header a platform signs with. */
const MOST_HEADER = 2_000
const DOOR = /^\/api\/hooks\/([\w-]{1,40})\/([\w-]{1,80})(?:\?(.*))?$/
const ROUTE = '/api/hooks/:connector/:sourceKey'
type Receive = (inbound: Inbound) => Promise<Reply>

/**
 * The door of deliveries: keeps the raw bytes as they came, and knows no platform. The address names connector
 * and source; the answer is whatever `receive` says. The body's cap stands before it.
 */
export function hook(receive: Receive) {
  return async (c: Asked): Promise<Response> => {
    const { now: arrived, requestId, ip } = requestFacts()
    const raw = new Uint8Array(await c.req.raw.arrayBuffer())
    const headers = Object.fromEntries([...c.req.raw.headers].map(([name, value]) => [name, value.slice(0, MOST_HEADER)]))
    const query = new URL(c.req.url).searchParams
    const reply = await knownOnly(receive({ connector: c.req.param('connector') ?? '', sourceKey: c.req.param('sourceKey') ?? '', raw, headers, query, now: arrived, requestId }), () => ip)
    return new Response(reply.body === '' ? null : reply.body, { status: reply.status, headers: { 'Cache-Control': 'no-store', ...reply.headers } })
  }
}

/**
 * The same door on Node's own request, for the messages that come by the thousand: a POST whose length is told and
 * allowed. Answers whether it took the request; every other one goes the long way round.
 */
export function hookListener(receive: Receive) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const door = request.method === 'POST' ? DOOR.exec(request.url ?? '') : null
    const length = Number(request.headers['content-length'] ?? Number.NaN)
    if (door === null || !(length <= bodyCaps.hook) || request.headers['transfer-encoding'] !== undefined) return false
    void answer(request, response, { connector: door[1] ?? '', sourceKey: door[2] ?? '', query: new URLSearchParams(door[3] ?? '') }, receive)
    return true
  }
}

type Place = Pick<Inbound, 'connector' | 'sourceKey' | 'query'>

async function answer(request: IncomingMessage, response: ServerResponse, place: Place, receive: Receive): Promise<void> {
  const started = performance.now()
  const requestId = requestIdFrom(request.headers['x-request-id'])
  let reply: Reply
  try {
    const raw = await bodyOf(request)
    if (raw === null) return
    reply = await knownOnly(receive({ ...place, raw, headers: headersOf(request), now: now(), requestId }), () => addressFrom(textOf(request.headers['x-forwarded-for']), () => request.socket.remoteAddress))
  } catch (error) {
    reply = errorAnswer(error, requestId)
  }
  response.writeHead(reply.status, { 'Cache-Control': 'no-store', 'X-Request-Id': requestId, ...reply.headers, 'Content-Length': Buffer.byteLength(reply.body) })
  response.end(reply.body)
  httpSeconds.observe({ route: ROUTE, method: 'POST', status: reply.status }, (performance.now() - started) / 1000)
}

/** The whole body, or null where the sender went away before its end. */
function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  return new Promise((done) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => { done(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)) })
    request.on('error', () => { done(null) })
  })
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const told: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) told[name] = textOf(value).slice(0, MOST_HEADER)
  }
  return told
}

const textOf = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join(', ') : (value ?? ''))

// Whoever tries addresses at which nobody lives is slowed down; a known source is never.
async function knownOnly(reply: Promise<Reply>, ip: () => string): Promise<Reply> {
  try {
    return await reply
  } catch (error) {
    if (isRefusal(error, 'unknown-source')) await admit('unknown', ip())
    throw error
  }
}
