import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { HonoAdapter } from '@bull-board/hono'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Queue } from 'bullmq'
import { Hono, type Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { onShutdown } from '~/platform/lifecycle'
import { connectQueues } from './connection'
import { queueNames } from './queues'

const PATH = '/admin/jobs'

/** The queue as the operator sees it. Others are told that there is nothing here; its queues open on the first visit. */
export function board(isOperator: (c: Context) => Promise<boolean>): Hono {
  const app = new Hono()
  let pages: Hono | undefined
  app.use('*', headers())
  app.use('*', async (c, next) => {
    if (!(await isOperator(c))) return c.text('not found', 404)
    c.header('Cache-Control', 'private, no-store')
    return next()
  })
  app.all('*', (c) => (pages ??= openBoard()).fetch(c.req.raw))
  return app
}

// Its page sets a base address and asks Google for fonts: its own policy, and the fonts are refused.
const headers = () =>
  secureHeaders({
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
  })

function openBoard(): Hono {
  const connection = connectQueues()
  const queues = queueNames.map((name) => connection.openQueue(name) as unknown as Queue)
  onShutdown(async () => {
    await Promise.all(queues.map((queue) => queue.close()))
    await connection.close()
  })
  const adapter = new HonoAdapter(serveStatic)
  adapter.setBasePath(PATH)
  createBullBoard({ queues: queues.map((queue) => new BullMQAdapter(queue)), serverAdapter: adapter, options: { uiConfig: { boardTitle: 'Clew' } } })
  const app = new Hono()
  app.route(PATH, adapter.registerPlugin())
  return app
}
