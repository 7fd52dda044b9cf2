import { OpenAPIHono } from '@hono/zod-openapi'
import { deliveries } from './deliveries'
import { leads } from './leads'
import { reports } from './reports'
import { sources } from './sources'

/** Resources of the public API, each a router with its own paths. A new one is one line here. */
const resources: readonly OpenAPIHono[] = [leads, sources, deliveries, reports]

export const v1 = new OpenAPIHono()
for (const resource of resources) v1.route('/', resource)

v1.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer', description: 'A key of the organisation, with scopes' })

v1.doc31('/openapi.json', {
  openapi: '3.1.0',
  info: { title: 'Clew', version: '1', description: 'Leads in, numbers out. Refusals are RFC 9457 problem details; lists page by cursor; ids and external ids are strings; money is a decimal string with its currency.' },
  servers: [{ url: '/api/v1' }],
})
