import { existsSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { Hono } from 'hono'
import * as build from 'virtual:remix/server-build'
import { calendar } from '~/api/calendar'
import { events } from '~/api/events'
import { forms } from '~/api/forms'
import { health } from '~/api/health'
import { hooks, takeDelivery } from '~/api/hooks'
import { live } from '~/api/live'
import { receipts } from '~/api/receipts'
import { v1 } from '~/api/v1'
import { admit, isOperator, requestFacts } from '~/http'
import { bodyCaps } from '~/http/body-caps'
import { addressOf, answerError, capped, facts, noSuchDoor, pageHeadersBut, pagesSameOriginOnly, sameOriginOnly } from '~/http/middleware'
import { env } from '~/platform/env'
import { board } from '~jobs/board'

const development = import.meta.env.DEV
const year = 'public, max-age=31536000, immutable'

/** The front: hot doors first, then files, then pages. */
export function createApp(): Hono {
  const app = new Hono()
  app.onError(answerError)
  app.use(facts)
  app.route('/', health)

  app.use('/api/hooks/*', capped(bodyCaps.hook))
  app.route('/api/hooks', hooks)
  app.route('/api/events', events)
  app.use('/api/forms/*', capped(bodyCaps.form))
  app.route('/api/forms', forms)
  app.route('/api/receipts', receipts)
  app.route('/api/calendar', calendar)
  app.use('/api/v1/*', async (c, next) => {
    await admit('api', addressOf(c))
    await next()
  }, capped(bodyCaps.api))
  app.route('/api/v1', v1)
  app.use('/api/live', sameOriginOnly)
  app.route('/api/live', live)
  app.all('/api/*', noSuchDoor)

  if (!development) addFiles(app)
  app.use('/admin/jobs/*', sameOriginOnly)
  app.route('/admin/jobs', board(isOperator))
  addPages(app)
  return app
}

function addFiles(app: Hono): void {
  const onFound = (path: string, c: { header: (name: string, value: string) => void }) => {
    c.header('Cache-Control', path.includes('/assets/') ? year : 'public, max-age=3600')
    c.header('X-Content-Type-Options', 'nosniff')
  }
  app.use('*', serveStatic({ root: 'build/client', onFound }))
  app.all('/assets/*', (c) => c.text('Not found', 404))
}

function addPages(app: Hono): void {
  const handle = createRequestHandler(build as unknown as ServerBuild, development ? 'development' : 'production')
  app.use('*', pageHeadersBut(development), pagesSameOriginOnly)
  const [asPage, asUpload, asPhoto] = [capped(bodyCaps.page), capped(bodyCaps.upload), capped(bodyCaps.photo)]
  // A script sends the same form to /imports.data; everything else, also what only begins like it, is a page.
  app.use('*', (c, next) => (/^\/imports\/?(?:\.data)?$/.test(c.req.path) ? asUpload : /^\/leads\/new\/?(?:\.data)?$/.test(c.req.path) ? asPhoto : asPage)(c, next))
  app.all('*', async (c) => {
    await admit('page', addressOf(c))
    const answer = await handle(c.req.raw, { nonce: requestFacts().nonce })
    const response = new Response(answer.body, answer)
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private, no-store')
    return response
  })
}

let answer: ReturnType<typeof getRequestListener> | undefined

/** The listener for a Node server. Names that only a proxy may write are dropped unless one is configured. */
export async function requestListener(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (takeDelivery(request, response)) return
  answer ??= getRequestListener(createApp().fetch, { overrideGlobalObjects: false })
  dropForwardedHost(request)
  await answer(request, response)
}

function dropForwardedHost(request: IncomingMessage): void {
  if (env().TRUST_PROXY > 0) return
  delete request.headers['x-forwarded-host']
  for (let i = request.rawHeaders.length - 2; i >= 0; i -= 2) {
    if (request.rawHeaders[i]?.toLowerCase() === 'x-forwarded-host') request.rawHeaders.splice(i, 2)
  }
}

/** Serves on a port until closed; `close` lets requests in flight finish. */
export async function createServer({ port, host }: { port: number; host: string }): Promise<{ port: number; close: () => Promise<void> }> {
  if (!development && !existsSync('build/client')) throw new Error('The application is not built; run npm run build')
  const server = createHttpServer({ keepAliveTimeout: 65_000, requestTimeout: 60_000 }, (request, response) => void requestListener(request, response))
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(port, host, ready))
  const address = server.address()
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeIdleConnections()
    })
  return { port: typeof address === 'object' && address !== null ? address.port : port, close }
}
