import { Hono, type Context } from 'hono'
import { health as ask, mayReadMetrics, metricsText } from '~/domain/operations'
import { requestFacts } from '~/http'

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const bearerOf = (c: Context) => /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null

/** Liveness, readiness and metrics. Strangers learn ready or not, nothing else. */
export const health = new Hono()

health.use('*', async (c, next) => {
  await next()
  if (/^\/(livez|readyz|healthz|metrics)$/.test(c.req.path)) c.header('Cache-Control', 'no-store')
})

health.get('/livez', (c) => c.text('ok'))

const ready = async (c: Context) => {
  const found = await ask()
  const status = found.ready ? 200 : 503
  if (!found.ready) c.header('Retry-After', '5')
  if (c.req.query('verbose') !== undefined && mayReadAll(c)) return c.json(found, status)
  return c.text(found.ready ? 'ready' : 'not ready', status)
}
health.get('/readyz', ready)
health.get('/healthz', ready)

health.get('/metrics', async (c) => {
  if (!mayReadAll(c)) return c.text('not found', 404)
  const { contentType, text } = await metricsText()
  return c.body(text, 200, { 'Content-Type': contentType })
})

// Behind a proxy on this machine every caller has a loopback address; the proxy's own headers give it away.
function mayReadAll(c: Context): boolean {
  const proxied = c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined
  const here = !proxied && loopback.test(requestFacts().ip)
  return mayReadMetrics(bearerOf(c), here)
}
