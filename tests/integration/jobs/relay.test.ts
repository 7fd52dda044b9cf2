import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimEvents, markHandled, type RelayedEvent } from '~/domain/kernel'
import { toUuid } from '~/lib/ids'
import { closeDatabase, listen, serveAs } from '~db/client.server'
import { connectQueues, type QueueConnection } from '~jobs/connection'
import type { Handler } from '~jobs/handler'
import { handlers } from '~jobs/handlers/registry'
import { queueNames } from '~jobs/queues'
import { relayWaiting, sweep, type Queues } from '~jobs/relay'
import { startWorker, type RunningWorker } from '~jobs/start-worker'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { emitDeliveries, emitLeadChanges, eventually, outboxOf } from './handled'

useCommittedRows()

const ran = new Map<string, number>()
let handle: Handler = async () => undefined
let connection: QueueConnection
let queues: Queues
let worker: RunningWorker | undefined

beforeAll(async () => {
  serveAs('worker')
  handlers['process-delivery'].load = async () => async (ctx, event) => {
    ran.set(event.id, (ran.get(event.id) ?? 0) + 1)
    await handle(ctx, event)
  }
  // All or nothing, as the real one in its transaction: what failed together has not run.
  handlers['process-delivery'].loadBatch = async () => async (ctx, events) => {
    for (const event of events) await handle(ctx, event)
    for (const { id } of events) ran.set(id, (ran.get(id) ?? 0) + 1)
  }
  connection = connectQueues()
  queues = Object.fromEntries(queueNames.map((name) => [name, connection.openQueue(name)])) as Queues
})

afterAll(async () => {
  await worker?.stop()
  await Promise.all(Object.values(queues).map((queue) => queue.close()))
  await connection.close()
  await closeDatabase()
})

const nothing = { settled: [], live: [] }

test('two relays at once never take the same event', async () => {
  const { system, orgId } = await anOrganisation()
  await emitDeliveries(system, 60)
  const taken: string[] = []
  const take = async (events: RelayedEvent[]) => {
    taken.push(...events.filter((event) => event.orgId === orgId).map(({ id }) => id))
    await new Promise((done) => setTimeout(done, 30))
    return nothing
  }
  const relay = async () => { while ((await claimEvents(7, new Date(), take)) > 0); }
  await Promise.all([relay(), relay()])
  expect(taken).toHaveLength(60)
  expect(new Set(taken).size).toBe(60)
  expect(await outboxOf(orgId)).toMatchObject({ waiting: 0, unsettled: 60 })
  await asSuperuser((tx) => tx.execute(sql`update outbox set settled_at = now() where org_id = ${toUuid(orgId)}`))
})

test('a relay that dies between sending and marking sends again, and the job is one', async () => {
  const { system, orgId } = await anOrganisation()
  await emitDeliveries(system, 3)
  const before = (await queues.capture.getJobCounts('waiting'))['waiting'] ?? 0
  const dies = { ...queues, capture: { ...queues.capture, name: 'capture', addBulk: async (jobs: never[]) => {
    await queues.capture.addBulk(jobs)
    throw new Error('killed after sending')
  } } } as unknown as Queues
  await expect(relayWaiting({ queues: dies })).rejects.toThrow('killed after sending')
  expect(await outboxOf(orgId)).toMatchObject({ waiting: 3 })
  await relayWaiting({ queues })
  expect((await queues.capture.getJobCounts('waiting'))['waiting']).toBe(before + 1)

  worker = await startWorker({ firstRetryMs: 5 })
  await eventually(async () => (await outboxOf(orgId)).settled === 3)
  expect([...ran.values()].every((times) => times === 1)).toBe(true)
})

test('an event nobody reacts to is settled by relaying it, and open pages hear of it in small messages', async () => {
  const { system, orgId } = await anOrganisation()
  const heard: string[] = []
  const deafen = await listen('clew_live', (message) => heard.push(message))
  await emitLeadChanges(system, 150)
  await eventually(async () => (await outboxOf(orgId)).settled === 150)
  await eventually(() => heard.flatMap((message) => JSON.parse(message) as { org: string }[]).filter(({ org }) => org === orgId).length === 150)
  expect(Math.max(...heard.map((message) => Buffer.byteLength(message)))).toBeLessThanOrEqual(7_900)
  await deafen()
})

test('a poison event is given up after eight tries with its reason, and stops only itself', async () => {
  const { system, orgId } = await anOrganisation()
  let poisonTries = 0
  let poisoned: string | undefined
  handle = async (_ctx, event) => {
    poisoned ??= event.id
    if (event.id !== poisoned) return
    poisonTries += 1
    throw Object.assign(new TypeError('zhang@example.com could not be read'), { code: 'E_POISON' })
  }
  await emitDeliveries(system, 20)
  await eventually(async () => (await outboxOf(orgId)).done === 19, 5_000)
  await eventually(async () => (await outboxOf(orgId)).dead === 1)
  handle = async () => undefined
  // Once with the others, then eight times alone.
  expect(poisonTries).toBe(9)
  expect(await outboxOf(orgId)).toMatchObject({ waiting: 0, unsettled: 0, settled: 20, reasons: ['TypeError E_POISON'] })
})

test('a queue that was wiped loses nothing: the sweep sends again what nobody answered', async () => {
  const { system, orgId } = await anOrganisation()
  await worker?.stop()
  await emitDeliveries(system, 5)
  await relayWaiting({ queues })
  await asSuperuser((tx) => tx.execute(sql`delete from bullmq.job where id like 'ob-%'`))
  ran.clear()
  const later = new Date(Date.now() + 121_000)
  expect(await sweep({ queues }, new Date())).toBe(0)
  expect(await sweep({ queues }, later)).toBe(5)
  worker = await startWorker({ firstRetryMs: 5 })
  await eventually(async () => (await outboxOf(orgId)).settled === 5)
  expect([...ran.values()]).toEqual([1, 1, 1, 1, 1])
  expect(await sweep({ queues }, later)).toBe(0)
})

test('a worker killed after its receipt and before settling: the job that comes again settles, and does nothing twice', async () => {
  const { system, orgId } = await anOrganisation()
  await worker?.stop()
  await emitDeliveries(system, 1)
  await claimEvents(100, new Date(), async (events) => {
    for (const { orgId: org, id: eventId } of events) {
      await markHandled([{ orgId: org, eventId, handler: 'process-delivery', state: 'done', attempts: 1, now: new Date(), of: 2 }])
    }
    throw new Error('killed')
  }).catch(() => undefined)
  ran.clear()
  worker = await startWorker({ firstRetryMs: 5 })
  await eventually(async () => (await outboxOf(orgId)).settled === 1)
  expect(ran.size).toBe(0)
})

test('the time of a job is the clock, not the event', async () => {
  const { system, orgId } = await anOrganisation()
  let now: Date | undefined
  handle = async (ctx) => { now = ctx.now }
  await emitDeliveries({ ...system, now: NOON }, 1)
  await eventually(async () => (await outboxOf(orgId)).settled === 1)
  handle = async () => undefined
  expect(now?.getTime()).toBeGreaterThan(NOON.getTime() + 1_000_000)
})
