import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listDeliveries, pauseSource } from '~/domain/capture'
import { forgetEnv } from '~/platform/env'
import { closeDatabase } from '~db/client.server'
import { useCommittedRows } from '~tests/support/committed-rows'
import { asSuperuser, testAccess } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { aStandardSource, countIn, processAll } from './a-source'

useCommittedRows()
// The whole front but its pages.
vi.mock('virtual:remix/server-build', () => ({ routes: {}, assets: { routes: {} }, future: {}, entry: { module: {} } }))

const lead = { data: { external_id: 'a-1', full_name: '王芳', mobile: '13800138000' } }
let server: { port: number; close: () => Promise<void> }
let org: TestOrganisation
let source: Awaited<ReturnType<typeof aStandardSource>>
let sent = 0

beforeAll(async () => {
  server = await (await import('~/server')).createServer({ port: 0, host: '127.0.0.1' })
  org = await anOrganisation({ name: 'At the door' })
  source = await aStandardSource(org)
})

const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`http://127.0.0.1:${String(server.port)}${path}`, init)

afterAll(() => server.close())

type Knock = { key?: string; secret?: string; headers?: Record<string, string>; isChunked?: boolean }

/** Posts as a form would, over a socket, signed now by the public library. */
function knock(body: object | string, { key = source.sourceKey, secret = source.secret, headers = {}, isChunked = false }: Knock = {}) {
  sent += 1
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const [id, now] = [`msg_${String(sent)}`, new Date()]
  return ask(`/api/hooks/standard/${key}`, {
    method: 'POST', ...(isChunked ? { body: new Blob([text]).stream(), duplex: 'half' } : { body: text }),
    headers: {
      'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, text), ...headers,
    },
  })
}

const receiptOf = (answer: Response) => answer.headers.get('clew-receipt') ?? ''
const stateOf = async (receipt: string) => ((await (await ask(`/api/receipts/${receipt}`)).json()) as { state: string }).state
const rowsNow = () => countIn(org, 'deliveries', 'delivery_bodies', 'delivery_keys', 'delivery_outcomes', 'outbox')

describe('the door over HTTP', () => {
  it('keeps a right message, answers with its receipt, and the receipt opens over HTTP', async () => {
    const answer = await knock(lead)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await stateOf(receiptOf(answer))).toBe('stored')
    await processAll(org)
    expect(await stateOf(receiptOf(answer))).toBe('processed')
  })

  it('keeps a bad signature as rejected, without its body: 401', async () => {
    const before = await rowsNow()
    const answer = await knock(lead, { headers: { 'webhook-signature': 'v1,bm90IHRoZSBzaWduYXR1cmU=' } })
    expect(answer.status).toBe(401)
    const after = await rowsNow()
    expect(after).toEqual({ ...before, deliveries: (before['deliveries'] ?? 0) + 1, delivery_outcomes: (before['delivery_outcomes'] ?? 0) + 1 })
    expect((await listDeliveries(org.system, { state: 'rejected' })).deliveries).toMatchObject([{ replyStatus: 401, leadId: null }])
    expect(await stateOf(receiptOf(answer))).toBe('rejected')
  })

  it('keeps what it cannot read: 200, its bytes stored, and it is shown as unreadable with the reason', async () => {
    const before = await rowsNow()
    const answer = await knock('{"data": ')
    expect(answer.status).toBe(200)
    expect((await rowsNow())['delivery_bodies']).toBe((before['delivery_bodies'] ?? 0) + 1)
    await processAll(org)
    expect(await stateOf(receiptOf(answer))).toBe('unreadable')
    expect((await listDeliveries(org.system, { state: 'unreadable' })).deliveries).toMatchObject([{ issues: [{ code: 'not-json' }], receipt: receiptOf(answer) }])
  })

  it.each([['announced', true], ['found out while reading', false]])('refuses more than a megabyte, %s: 413, and keeps nothing', async (_how, isAnnounced) => {
    const before = await rowsNow()
    const body = JSON.stringify({ data: { message: 'x'.repeat(1024 * 1024) } })
    const answer = await knock(body, { isChunked: !isAnnounced })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'application/problem+json'])
    expect(await rowsNow()).toEqual(before)
  })

  it('knows no other address and no other connector: 404, and keeps nothing', async () => {
    const before = await rowsNow()
    expect((await knock(lead, { key: 'nobody-lives-here-at-all' })).status).toBe(404)
    expect((await ask(`/api/hooks/no-such-connector/${source.sourceKey}`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect((await ask(`/api/hooks/google-ads/${source.sourceKey}`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect(await rowsNow()).toEqual(before)
  })

  it('tells senders of a paused source to stop: 410', async () => {
    const paused = await aStandardSource(org, { name: 'Paused' })
    await pauseSource(org.system, { sourceId: paused.sourceId })
    expect((await knock(lead, { key: paused.sourceKey, secret: paused.secret })).status).toBe(410)
  })
})

describe('when the database is away', () => {
  /** The pools of this process lead to a port where nobody listens. */
  async function away(): Promise<void> {
    await closeDatabase()
    for (const name of ['DATABASE_URL', 'DATABASE_WORKER_URL', 'DATABASE_AUTH_URL', 'DATABASE_DIRECT_URL']) process.env[name] = 'postgres://clew_app:none@127.0.0.1:1/clew'
    forgetEnv()
  }

  async function back(): Promise<void> {
    await closeDatabase()
    const { accessVariables } = await import('~/cli/database')
    Object.assign(process.env, accessVariables(await testAccess()))
    forgetEnv()
  }

  it('every answer is 503 with Retry-After, never a 2xx; afterwards the same message is kept', async () => {
    const stranger = await aStandardSource(org, { name: 'Not asked before' })
    expect((await knock(lead)).status).toBe(200)
    const before = await rowsNow()
    await away()
    try {
      await refusesAll(stranger)
    } finally {
      await back()
    }
    expect(await rowsNow()).toEqual(before)
    expect((await knock(lead)).status).toBe(200)
    expect((await knock(lead, { key: stranger.sourceKey, secret: stranger.secret })).status).toBe(200)
  })

  async function refusesAll(stranger: { sourceKey: string; secret: string }): Promise<void> {
    const [known, unknown] = [await knock(lead), await knock(lead, { key: stranger.sourceKey, secret: stranger.secret })]
    const burst = await Promise.all(Array.from({ length: 30 }, () => knock(lead)))
    for (const answer of [known, unknown, ...burst]) expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    const ready = await ask('/readyz')
    expect([ready.status, await ready.text()]).toEqual([503, 'not ready'])
    expect((await ask('/livez')).status).toBe(200)
    expect((await ask('/api/receipts/rcp_' + '0'.repeat(39))).status).toBe(404)
  }

  it('the waiting list is bounded: beyond 2,000 the answer is 503 at once, also within one burst, and what was taken is kept', async () => {
    const { superuserUrl } = await testAccess()
    const other = postgres(superuserUrl, { max: 1, onnotice: () => undefined })
    const before = await rowsNow()
    expect((await knock(lead)).status).toBe(200)
    const held = await other.reserve()
    await held`begin`
    await held`lock table deliveries in exclusive mode`
    try {
      const posts = Array.from({ length: 2_000 }, () => source.post(lead, { now: new Date() }))
      // Two groups of 200 are on their way to the database now: there is room for as many again.
      await sleep(100)
      posts.push(...Array.from({ length: 600 }, () => source.post(lead, { now: new Date() })))
      const late = await knock(lead)
      expect([late.status, late.headers.get('retry-after')]).toEqual([503, '5'])
      await held`commit`
      const statuses = (await Promise.all(posts)).map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(2_400)
      expect(statuses.filter((status) => status === 503)).toHaveLength(200)
      expect((await rowsNow())['deliveries']).toBe((before['deliveries'] ?? 0) + 2_401)
    } finally {
      held.release()
      await other.end({ timeout: 2 })
    }
  })

  it('a session that the server ends does no harm: the next message is kept', async () => {
    expect((await knock(lead)).status).toBe(200)
    await asSuperuser((tx) => tx.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'clew' and datname = current_database()`))
    const statuses = []
    for (let turn = 0; turn < 8; turn += 1) statuses.push((await knock(lead)).status)
    expect(statuses.every((status) => status === 200 || status === 503)).toBe(true)
    expect(statuses.at(-1)).toBe(200)
  })
})
