import { createRoute, z } from '@hono/zod-openapi'
import { deliveryDetail, listDeliveries, replayDeliveries } from '~/domain/capture'
import type { ListDeliveries, ReplayDeliveries } from '~/domain/capture/contract'
import { deliveryVerdicts, ways } from '~/domain/capture/vocabulary'
import { DomainError } from '~/domain/kernel'
import { apiContext } from '~/http'
import { DeliveryAnswer, deliveryAnswer, DeliveryWithHistory, deliveryWithHistory } from './capture-answers'
import { once } from './once'
import { apiRouter, problems } from './router'

const security = [{ key: [] }]
const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
const text = z.string().optional()
const moment = text.openapi({ format: 'date-time' })

// What is asked is checked by the verb; this says it to readers.
const DeliveryQuery = z.object({
  source: text, state: z.enum(deliveryVerdicts).optional(), way: z.enum(ways).optional(), since: moment, until: moment,
  q: text.openapi({ description: 'a receipt, an id of a lead or delivery, or the sender’s id' }), cursor: text, limit: text,
})
const DeliveryPage = z.object({ data: z.array(DeliveryAnswer), next_cursor: z.string().nullable(), has_more: z.boolean() }).openapi('DeliveryPage')
const ReplayOrder = z.object({
  delivery_ids: z.array(z.string()).optional(), source: text, state: z.enum(['processed', 'test', 'unreadable', 'stored']).optional(), since: moment, until: moment, cursor: text,
  limit: z.number().int().optional(),
}).openapi('ReplayOrder', { description: 'deliveries by id, or a range, newest first' })
const ReplayAnswer = z.object({ replayed: z.number().int(), next_cursor: z.string().nullable() }).openapi('Replay')

const list = createRoute({ method: 'get', path: '/deliveries', summary: 'The log of deliveries, newest first', security, request: { query: DeliveryQuery }, responses: { 200: { description: 'A page; Link names the next', content: json(DeliveryPage) }, ...problems } })
const get = createRoute({
  method: 'get', path: '/deliveries/{deliveryId}', summary: 'One delivery with every verdict on it', security, request: { params: z.object({ deliveryId: z.string() }) },
  responses: { 200: { description: 'The delivery, without its body', content: json(DeliveryWithHistory) }, ...problems },
})
const replay = createRoute({
  method: 'post', path: '/deliveries/replays', summary: 'Reads deliveries again with the present mapping; never a second lead', security,
  request: { headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }), body: { required: true, content: json(ReplayOrder) } },
  responses: { 202: { description: 'How many will be read again; with next_cursor, go on from there', content: json(ReplayAnswer) }, ...problems },
})

/** Deliveries of the API, mounted beside the other resources of /api/v1. */
export const deliveries = apiRouter()

deliveries.openapi(list, async (c) => {
  const ctx = await apiContext(c.req.raw, 'deliveries:read')
  const { source, q, cursor, ...asked } = c.req.valid('query')
  const { deliveries: rows, next } = await listDeliveries(ctx, { ...asked, sourceId: source, search: q, after: cursor } as z.input<typeof ListDeliveries>)
  if (next !== null) {
    const following = new URL(c.req.url)
    following.searchParams.set('cursor', next)
    c.header('Link', `<${following.pathname}${following.search}>; rel="next"`)
  }
  return c.json({ data: rows.map(deliveryAnswer), next_cursor: next, has_more: next !== null }, 200)
})

deliveries.openapi(get, async (c) => {
  const ctx = await apiContext(c.req.raw, 'deliveries:read')
  const found = await deliveryDetail(ctx, { deliveryId: c.req.valid('param').deliveryId as never }).catch((error: unknown) => {
    throw error instanceof DomainError && error.code === 'invalid' ? new DomainError('not-found') : error
  })
  return c.json(deliveryWithHistory(found), 200)
})

deliveries.openapi(replay, (c) =>
  once(c, 'deliveries:replay', async (ctx) => {
    const { delivery_ids: deliveryIds, source, cursor, ...range } = c.req.valid('json')
    const { replayed, next } = await replayDeliveries(ctx, { ...range, deliveryIds, sourceId: source, after: cursor } as z.input<typeof ReplayDeliveries>)
    return { status: 202, answer: { replayed, next_cursor: next } }
  }) as never)
