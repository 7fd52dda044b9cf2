import { createRoute, z } from '@hono/zod-openapi'
import { listSourceAlarms, listSources } from '~/domain/capture'
import { reading } from '~/domain/kernel'
import { apiContext } from '~/http'
import { SourceAnswer, sourceAnswer } from './capture-answers'
import { apiRouter, problems } from './router'

const SourcePage = z.object({ data: z.array(SourceAnswer), next_cursor: z.string().nullable(), has_more: z.boolean() }).openapi('SourcePage')
const list = createRoute({
  method: 'get', path: '/sources', summary: 'Every source by name, with its last delivery, the last 24 hours and what of it is not as usual', security: [{ key: [] }],
  responses: { 200: { description: 'All of them, in one page', content: { 'application/json': { schema: SourcePage } } }, ...problems },
})

/** Sources of the API, mounted beside the other resources of /api/v1. */
export const sources = apiRouter()

sources.openapi(list, async (c) => {
  const ctx = await apiContext(c.req.raw, 'sources:read')
  const { found, alarms } = await reading(ctx, async (ctx) => ({ found: await listSources(ctx, {}), alarms: await listSourceAlarms(ctx, { limit: 200 }) }))
  return c.json({ data: found.map((each) => sourceAnswer(each, alarms.filter(({ source }) => source.id === each.id))), next_cursor: null, has_more: false }, 200)
})
