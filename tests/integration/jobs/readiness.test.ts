import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { health } from '~/api/health'
import { withFacts } from '~/http/request-context'
import { beat } from '~/domain/operations'
import { newUuid } from '~/lib/ids'
import { forgetEnv } from '~/platform/env'
import { closeDatabase, serveAs } from '~db/client.server'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'

useCommittedRows()

const ending = vi.hoisted(() => ({ now: false }))
vi.mock('~/platform/lifecycle', async (original) => ({ ...(await original<object>()), isShuttingDown: () => ending.now }))

const app = new Hono()
app.use('*', (c, next) => withFacts({ requestId: 'test', ip: c.req.header('x-test-ip') ?? '127.0.0.1', now: new Date(), nonce: '', viewing: async () => null }, next))
app.route('/', health)
const ask = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
const workerId = newUuid()

beforeAll(() => serveAs('app'))
beforeEach(async () => {
  await asSuperuser((tx) => tx.execute(sql`delete from clew_ops.workers`))
  await beat({ workerId, queueAnswers: true, metrics: [{ name: 'clew_dead_letters_total', help: 'h', type: 'counter', aggregator: 'sum', values: [{ value: 3, labels: { handler: 'process-delivery' } }] }] })
})
afterAll(async () => {
  await closeDatabase()
})

const broken = async () => (await (await ask('/readyz?verbose')).json()) as Record<string, unknown>

test('ready with everything there; strangers learn one word', async () => {
  const answer = await ask('/readyz')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe('ready')
  expect(await (await ask('/readyz?verbose', { 'x-test-ip': '203.0.113.9' })).text()).toBe('ready')
  expect(await (await ask('/healthz')).text()).toBe('ready')
  expect(await broken()).toMatchObject({ ready: true, database: 'ok', migrations: 'ok', worker: 'ok', queue: 'ok' })
})

test('alive without anything else', async () => {
  expect((await ask('/livez')).status).toBe(200)
})

test('not ready while ending', async () => {
  ending.now = true
  expect((await ask('/readyz')).status).toBe(503)
  expect((await ask('/livez')).status).toBe(200)
  ending.now = false
})

test('not ready without a worker, after a minute of its silence, or when its queue does not answer', async () => {
  await asSuperuser((tx) => tx.execute(sql`update clew_ops.workers set seen_at = now() - interval '30 seconds'`))
  expect((await ask('/readyz')).status).toBe(200)
  await asSuperuser((tx) => tx.execute(sql`update clew_ops.workers set seen_at = now() - interval '1 minute'`))
  expect(await broken()).toMatchObject({ ready: false, database: 'ok', worker: 'broken', queue: 'broken' })
  await beat({ workerId, queueAnswers: false, metrics: null })
  expect(await broken()).toMatchObject({ ready: false, worker: 'ok', queue: 'broken' })
  await asSuperuser((tx) => tx.execute(sql`delete from clew_ops.workers`))
  expect(await broken()).toMatchObject({ ready: false, worker: 'broken', workerSilentSeconds: null })
})

test('not ready behind on migrations', async () => {
  await asSuperuser(async (tx) => {
    await tx.execute(sql`create table hidden as select * from drizzle.__drizzle_migrations order by id desc limit 1`)
    await tx.execute(sql`delete from drizzle.__drizzle_migrations where id in (select id from hidden)`)
  })
  expect(await broken()).toMatchObject({ ready: false, migrations: 'broken', database: 'ok' })
  await asSuperuser(async (tx) => {
    await tx.execute(sql`insert into drizzle.__drizzle_migrations select * from hidden`)
    await tx.execute(sql`drop table hidden`)
  })
  expect((await ask('/readyz')).status).toBe(200)
})

test('not ready without the database, and it says so in time', async () => {
  await closeDatabase()
  const url = process.env['DATABASE_URL']
  process.env['DATABASE_URL'] = 'postgres://clew_app@127.0.0.1:1/clew'
  forgetEnv()
  const from = Date.now()
  const answer = await ask('/readyz')
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(Date.now() - from).toBeLessThan(3_000)
  await closeDatabase()
  process.env['DATABASE_URL'] = url
  forgetEnv()
  expect((await ask('/readyz')).status).toBe(200)
})

test('metrics: for this machine, or by token; a worker\'s figures among them', async () => {
  const own = await (await ask('/metrics')).text()
  expect(own).toContain('clew_dead_letters_total{handler="process-delivery"} 3')
  expect((await ask('/metrics', { 'x-test-ip': '203.0.113.9' })).status).toBe(404)
  expect((await ask('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(404)
  process.env['METRICS_TOKEN'] = 'kq3V8-zWn2x_Rb7TgY5m'
  forgetEnv()
  expect((await ask('/metrics')).status).toBe(404)
  expect((await ask('/metrics', { authorization: 'Bearer kq3V8-zWn2x_Rb7TgY5m', 'x-test-ip': '203.0.113.9' })).status).toBe(200)
  delete process.env['METRICS_TOKEN']
  forgetEnv()
})
