import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSource, processDelivery, receiveDelivery } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { newId } from '~/lib/ids'
import { forgetEnv } from '~/platform/env'
import { useCommittedRows } from '~tests/support/committed-rows'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { attendance, registration, ZOOM_SECRET, zoomMessage } from '~tests/support/platforms/zoom'
import { countIn, deliveryIds, rowsIn } from './a-source'

useCommittedRows()
vi.mock('virtual:remix/server-build', () => ({ routes: {}, assets: { routes: {} }, future: {}, entry: { module: {} } }))

describe('at once', () => {
  it('forty people who join while they register are joined, each once, by workers that pass each other', async () => {
    const org = await anOrganisation()
    const source = await createSource(org.system, { connector: 'zoom', name: 'Webinar', secret: ZOOM_SECRET })
    const send = (body: object) => receiveDelivery({ ...zoomMessage(body, NOON), connector: 'zoom', sourceKey: source.sourceKey, requestId: 'test', now: NOON })
    const people = Array.from({ length: 40 }, (_, n) => [
      attendance({ step: 'joined', at: '2024-05-15T02:00:00Z', registrant: `R${String(n)}`, user: String(n) }), registration({ id: `R${String(n)}`, email: `p${String(n)}@acme.com` }),
      attendance({ step: 'left', at: '2024-05-15T02:30:00Z', registrant: `R${String(n)}`, user: String(n) }),
    ])
    await Promise.all(people.flat().map(send))
    const ctx = systemContext(org.orgId, 'process-delivery', NOON)
    const again = async (deliveryId: Awaited<ReturnType<typeof deliveryIds>>[number]): Promise<unknown> => processDelivery(ctx, { deliveryId }).catch(() => processDelivery(ctx, { deliveryId }))
    const ids = await deliveryIds(org)
    await Promise.all([...ids, ...ids.toReversed()].map(again))
    expect(await countIn(org, 'inquiries', 'people', 'touches', 'touch_details', 'visitor_events')).toEqual({ inquiries: 40, people: 40, touches: 120, touch_details: 80, visitor_events: 0 })
    expect((await rowsIn<{ person_id: string | null; inquiry_id: string | null }>(org, 'touches')).filter((touch) => touch.person_id === null)).toEqual([])
    expect((await rowsIn<{ minutes: number | null }>(org, 'touch_details')).map(({ minutes }) => minutes).sort()).toEqual([...Array.from({ length: 40 }, () => 30), ...Array.from({ length: 40 }, () => null)])
  })
})

describe('at the door', () => {
  let server: { port: number; close: () => Promise<void> }
  beforeAll(async () => {
    forgetEnv()
    server = await (await import('~/server')).createServer({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => server.close())
  const ask = (path: string, init: RequestInit) => fetch(`http://127.0.0.1:${String(server.port)}${path}`, init)

  it('takes what libraries send from any page, by whatever path they append', async () => {
    const org = await anOrganisation({ name: `Site ${newId('x')}` })
    const source = await createSource(org.system, { connector: 'segment', name: 'Site' })
    const key = source.secret ?? ''
    const asked = await ask('/api/events/v1/t', { method: 'OPTIONS', headers: { origin: 'https://acme.cn', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } })
    expect([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('access-control-allow-credentials')]).toEqual([204, '*', null])
    const headers = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, origin: 'https://acme.cn' }
    const send = (path: string, body: object, more: Record<string, string> = headers) => ask(path, { method: 'POST', headers: { 'content-type': 'text/plain', ...more }, body: JSON.stringify(body) })
    const answers = await Promise.all([
      send('/api/events', { batch: [{ type: 'page', messageId: 'a', anonymousId: 'v' }] }), send('/api/events/v1/batch', { batch: [{ type: 'page', messageId: 'b', anonymousId: 'v' }], writeKey: key }, {}),
      send('/api/events/v1/page', { messageId: 'c', userId: 'v' }), send('/api/events/t', { messageId: 'd', anonymousId: 'v', event: 'Seen' }), send('/api/events/capture', { api_key: key, event: '$pageview', distinct_id: 'v', uuid: 'e' }, {}),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([1, 2, 3, 4, 5].map(() => ({ success: true })))
    expect(answers[0]?.headers.get('access-control-allow-origin')).toBe('*')
    const nobody = await send('/api/events', {}, { origin: 'https://acme.cn' })
    expect([nobody.status, await nobody.json()]).toMatchObject([404, { status: 404 }])
    const large = await send('/api/events', { batch: ['x'.repeat(500_000)], writeKey: key })
    await large.arrayBuffer()
    expect([large.status, large.headers.get('access-control-allow-origin')]).toEqual([413, '*'])
    const got = await ask('/api/events', { method: 'GET' })
    expect([got.status, await got.json()]).toMatchObject([404, { status: 404 }])
    const ctx = systemContext(org.orgId, 'process-delivery', NOON)
    for (const deliveryId of await deliveryIds(org)) expect(await processDelivery(ctx, { deliveryId })).toMatchObject({ verdict: 'processed', issues: null })
    expect(await countIn(org, 'visitor_events')).toEqual({ visitor_events: 5 })
  })
})
