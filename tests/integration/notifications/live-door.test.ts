import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { live } from '~/api/live'
import { claimEvents, emitIn, inTransaction, isRefusal, type Context } from '~/domain/kernel'
import { closeHub, liveMessages } from '~/domain/notifications'
import { withFacts } from '~/http/request-context'
import { closeDatabase, serveAs } from '~db/client.server'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation } from '~tests/support/organisations'
import { aLead } from '../leads/a-lead'

useCommittedRows()

const signedIn = vi.hoisted(() => ({ as: null as Context | null }))
vi.mock('~/http', async (original) => ({ ...(await original<object>()), viewerOf: async () => signedIn.as }))

const app = new Hono()
app.onError((error, c) => c.text(isRefusal(error) ? error.code : 'bug', isRefusal(error, 'not-signed-in') ? 401 : 500))
app.use('*', (_, next) => withFacts({ requestId: 'test', ip: '127.0.0.1', now: new Date(), nonce: '', viewing: async () => signedIn.as as never }, next))
app.route('/api/live', live)

beforeAll(() => serveAs('app'))
afterAll(async () => {
  await closeHub()
  await closeDatabase()
})

test('strangers hear nothing', async () => {
  signedIn.as = null
  expect((await app.request('/api/live')).status).toBe(401)
})

test('the stream says which and of what kind, and nothing personal; it ends when the person is gone', async () => {
  const org = await anOrganisation()
  signedIn.as = await org.as('admin')
  const { leadId } = await aLead(org)
  const answer = await app.request('/api/live')
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  expect(answer.headers.get('cache-control')).toContain('no-store')
  let said = ''
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) said += decoder.decode(part)
  })()
  await vi.waitFor(() => expect(said).toContain('retry: 2000'))
  await new Promise((done) => setTimeout(done, 300))
  await inTransaction(org.system, 'read write', (tx) => emitIn(tx, org.system)('lead.changed', { leadId, ownerId: null }))
  await claimEvents(500, new Date(), async (events) => ({ settled: events.map(({ id }) => id), live: liveMessages(events) }))
  await vi.waitFor(() => expect(said).toContain(`data: {"kind":"lead.changed","id":"${leadId}"}`), 3_000)
  expect(said).toMatch(/id: \d+/)
  expect(said).not.toContain(org.orgId)
  signedIn.as = null
  await reading
})
