import { afterAll, beforeAll, expect, it } from 'vitest'
import { forgetEnv } from '~/platform/env'
import { closeDatabase, serveAs } from '~db/client.server'
import type { Handler } from '~jobs/handler'
import { handlers } from '~jobs/handlers/registry'
import { subscriptions } from '~jobs/subscriptions'
import { sweep } from '~jobs/relay'
import { startWorker, type RunningWorker } from '~jobs/start-worker'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation } from '~tests/support/organisations'
import { aRedisServer, hasRedis, type RedisServer } from '~tests/support/redis-server'
import { aStandardSource, countIn } from '../capture/a-source'
import { eventually, outboxOf } from './handled'

useCommittedRows()

const isHere = hasRedis()
if (!isHere) process.stdout.write('skipped: jobs on Redis (no redis-server on the path)\n')
const test = isHere ? it : it.skip
const real = handlers['process-delivery'].load
const ran = new Map<string, number>()
let redis: RedisServer
let worker: RunningWorker
let gate: Promise<void> = Promise.resolve()
let begun = 0

beforeAll(async () => {
  if (!isHere) return
  // One job an event: how many lie where is what this test counts.
  Reflect.deleteProperty(handlers['process-delivery'], 'loadBatch')
  subscriptions['lead.captured'] = []
  handlers['process-delivery'].load = async () => {
    const handle = await real()
    const counting: Handler = async (ctx, event) => {
      begun += 1
      await gate
      await handle(ctx, event)
      ran.set(event.id, (ran.get(event.id) ?? 0) + 1)
    }
    return counting
  }
  redis = await aRedisServer()
  process.env['REDIS_URL'] = redis.url
  forgetEnv()
  serveAs('worker')
  // The worker comes first: it must not need its Redis to start.
  worker = await startWorker({ firstRetryMs: 20 })
  await redis.start()
}, 30_000)

afterAll(async () => {
  if (!isHere) return
  await worker.stop()
  await redis.stop()
  Reflect.deleteProperty(process.env, 'REDIS_URL')
  forgetEnv()
  await closeDatabase()
}, 30_000)

test('a Redis that is killed and comes back empty costs nothing: posts go on, and everything is handled once', async () => {
  const org = await anOrganisation()
  const source = await aStandardSource(org)
  let sent = 0
  const post = async (many: number) => {
    for (let i = 0; i < many; i += 1) {
      sent += 1
      expect((await source.post({ data: { external_id: `r-${String(sent)}`, full_name: 'Ann', mobile: `1380013${String(8000 + sent)}` } })).status).toBe(200)
    }
  }
  const doneIs = (many: number) => eventually(async () => (await outboxOf(org.orgId)).done === many, 25_000)

  // Events without a handler, "lead.captured" for one, are relayed too.
  const waitingIs = (many: number) => eventually(async () => (await outboxOf(org.orgId)).waiting === many)

  await post(10)
  await doneIs(10)

  // Eight are being worked on and four lie in Redis when it dies with them.
  let open = () => {}
  gate = new Promise((opened) => { open = opened })
  begun = 0
  await post(12)
  await eventually(async () => begun === 8 && (await worker.queues.capture.getJobCounts('waiting'))['waiting'] === 4)
  await redis.kill()
  open()
  await doneIs(18)
  await waitingIs(0)

  await post(10)
  expect(await outboxOf(org.orgId)).toMatchObject({ waiting: 10, unsettled: 4, done: 18 })

  await redis.start()
  // The four that died with it are sent again as soon as another Redis is seen; no sweep is waited for.
  await doneIs(32)
  expect(await sweep({ queues: worker.queues }, new Date(Date.now() + 121_000))).toBe(0)
  await waitingIs(0)

  expect(await outboxOf(org.orgId)).toMatchObject({ waiting: 0, unsettled: 0, done: 32, dead: 0 })
  expect(ran.size).toBe(32)
  expect(new Set(ran.values())).toEqual(new Set([1]))
  expect(await countIn(org, 'deliveries', 'inquiries', 'leads')).toEqual({ deliveries: 32, inquiries: 32, leads: 32 })
}, 90_000)
