import { isValidSlackRequest } from '@slack/bolt'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Listed } from '~/domain/capture/connectors/connector'
import { signZoom } from '~/domain/capture/connectors/zoom/verify-zoom'
import { zoom } from '~/domain/capture/connectors/zoom/zoom'
import { forgetEnv } from '~/platform/env'
import { keysOf, mapBody, pushTo } from '~tests/support/connectors'
import { attendance, registration, ZOOM_SECRET, zoomMessage, zoomServer } from '~tests/support/platforms/zoom'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

const NOW = new Date('2024-05-15T04:00:00Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const verify = (message: { raw: Uint8Array; headers: Record<string, string> }, secrets = [ZOOM_SECRET]) => pushTo(zoom).verify({ query: new URLSearchParams(), ...message }, keysOf(secrets), NOW)
const joined = attendance({ step: 'joined', at: '2024-05-15T03:00:00Z', registrant: 'R1' })
const good = zoomMessage(joined, NOW)
const leadOf = (body: object, settings = {}) => {
  const mapped = mapBody(zoom, body, keysOf([], { settings }))
  if (!('leads' in mapped) || !mapped.leads[0]) throw new Error(JSON.stringify(mapped))
  return mapped.leads[0]
}

describe('Zoom signatures', () => {
  it.each([
    ['valid', good, [ZOOM_SECRET], null],
    ['old and new secret', good, ['zoom-secret-token-2', ZOOM_SECRET], null],
    ['wrong secret', zoomMessage(joined, NOW, 'another-secret'), [ZOOM_SECRET], 'signature-wrong'],
    ['no secret set', good, [], 'no-key-configured'],
    ['missing', { ...good, headers: {} }, [ZOOM_SECRET], 'signature-missing'],
    ['truncated', { ...good, headers: { ...good.headers, 'x-zm-signature': (good.headers['x-zm-signature'] ?? '').slice(0, 20) } }, [ZOOM_SECRET], 'signature-wrong'],
    ['another body', { ...good, raw: Buffer.from(JSON.stringify(joined, null, 1)) }, [ZOOM_SECRET], 'signature-wrong'],
    ['299 s old', zoomMessage(joined, later(-299)), [ZOOM_SECRET], null],
    ['301 s old', zoomMessage(joined, later(-301)), [ZOOM_SECRET], 'timestamp-outside-tolerance'],
    ['301 s ahead', zoomMessage(joined, later(301)), [ZOOM_SECRET], 'timestamp-outside-tolerance'],
    ['another time', { ...good, headers: { ...good.headers, 'x-zm-request-timestamp': String(NOW.getTime() / 1000 - 1) } }, [ZOOM_SECRET], 'signature-wrong'],
    ['no time', { ...good, headers: { ...good.headers, 'x-zm-request-timestamp': 'soon' } }, [ZOOM_SECRET], 'timestamp-unreadable'],
  ])('%s', (_name, message, secrets, why) => {
    const key = 'webinar.participant_joined:uuid==:P-16778240:2024-05-15T03:00:00Z:'
    expect(verify(message, secrets)).toEqual(why === null ? { ok: true, dedupeKey: key } : { ok: false, why })
  })

  it('are built as an outside library builds and checks them', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (body, secret) => {
      const seconds = NOW.getTime() / 1000
      const signature = signZoom(secret, String(seconds), Buffer.from(body))
      expect(isValidSlackRequest({ signingSecret: secret, body, headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds }, nowMilliseconds: NOW.getTime() })).toBe(true)
    }))
  })

  it('of a published example are the same', () => {
    const body = 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    expect(signZoom('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', Buffer.from(body))).toBe('v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503')
  })

  it('are not given away by the address check', () => {
    const forged = { event: 'endpoint.url_validation', payload: { plainToken: `v0:${String(NOW.getTime() / 1000)}:{}` } }
    expect(verify({ raw: Buffer.from(JSON.stringify(forged)), headers: {} })).toEqual({ ok: false, why: 'signature-missing' })
  })

  sharedTest('answer the address check as documented', 'fixtures/webhooks/zoom/endpoint.url_validation.json', (path) => {
    const { requestBody, secretToken, expect: wanted } = JSON.parse(readSharedFile(path)) as { requestBody: object; secretToken: string; expect: { status: number; body: object } }
    for (const message of [{ raw: Buffer.from(JSON.stringify(requestBody)), headers: {} }, zoomMessage(requestBody, NOW, secretToken)]) {
      const answer = verify(message, [secretToken])
      if (!('handshake' in answer)) throw new Error(JSON.stringify(answer))
      expect([answer.handshake.status, JSON.parse(answer.handshake.body)]).toEqual([wanted.status, wanted.body])
    }
    expect(verify(zoomMessage(requestBody, NOW, 'another'), [secretToken])).toEqual({ ok: false, why: 'signature-wrong' })
  })
})

describe('Zoom events', () => {
  it('ask for contact only where a question offers it and the answer is yes', () => {
    const asked = (title: string, value: string, settings = {}) => leadOf(registration({ id: 'R1', email: 'a@b.co', questions: [{ title, value }] }), settings).isRequest
    expect([asked('May we call you back? Contact me', 'Yes'), asked('是否需要顾问联系您？', '是'), asked('Would you like a demo?', 'No'), asked('What is your goal?', 'Yes')]).toEqual([true, true, false, false])
    expect([asked('Beratung gewünscht', 'yes', { contact_question: 'beratung' }), asked('Would you like a demo?', 'yes', { contact_question: 'beratung' })]).toEqual([true, false])
  })

  it('keep big ids and name the registration of the webinar, sent as number or text', () => {
    const body = JSON.stringify(registration({ id: 'R1', email: 'a@b.co' }, 1)).replace('"id":1,', '"id":94000000001234567890,')
    const mapped = mapBody(zoom, body)
    expect(mapped).toMatchObject({ leads: [{ externalId: '94000000001234567890:R1' }] })
    expect(mapBody(zoom, attendance({ step: 'joined', at: '2024-05-15T03:00:00Z', registrant: 'R1' }, '94000000001234567890'))).toMatchObject({ touches: [{ who: { externalId: '94000000001234567890:R1' } }] })
  })

  it('say what they lack', () => {
    expect(mapBody(zoom, { event: 'webinar.registration_created', payload: {} })).toEqual({ issues: [{ path: 'payload.object', code: 'required' }] })
    expect(mapBody(zoom, { event: 'webinar.registration_created', payload: { object: { id: 1 } } })).toEqual({ issues: [{ path: 'payload.object.registrant.id', code: 'required' }] })
    expect(mapBody(zoom, { event: 'webinar.participant_joined', payload: { object: { id: 1, participant: {} } } })).toEqual({ issues: [{ path: 'payload.object.participant.user_id', code: 'required' }] })
    expect(mapBody(zoom, { event: 'recording.completed', payload: { object: { id: 1 } } })).toEqual({ leads: [], ignored: 'event-ignored' })
  })

  it('survive any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom('webinar.registration_created', 'webinar.participant_left'), (object, person, event) => {
      mapBody(zoom, { event, payload: { object } })
      mapBody(zoom, { event, payload: { object: { id: 1, registrant: person, participant: person } } })
      mapBody(zoom, JSON.stringify(object), keysOf(), 'pull')
    }))
  })

  sharedTest('are mapped as recorded', 'fixtures/webhooks/zoom/webinar.registration_created.body.json', (path) => {
    const registered = readSharedFile(path)
    expect(leadOf(JSON.parse(registered) as object)).toMatchObject({
      externalId: '94000000001:REGID000001', givenName: 'Ana', familyName: 'Example', emails: ['ana@example.com'], phones: ['5550100'], company: 'Example Ltd', title: 'VP Ops', city: 'Hangzhou', country: 'CN',
      industry: 'Software', utm: { utm_source: 'linkedin-sept' }, isRequest: false, at: new Date('2025-09-01T09:20:00Z'),
      external: { webinar_id: '94000000001', registrant_id: 'REGID000001', webinar_uuid: 'EXAMPLEuuid==', tracking_source_id: 'TS0001', tracking_source: 'linkedin-sept' },
      answers: [{ question: 'topic', answer: 'Product webinar' }, { question: 'What is your goal?', answer: 'Pipeline' }, { question: 'purchasing_time_frame', answer: '1-3 months' }, { question: 'role_in_purchase_process', answer: 'Decision Maker' }, { question: 'no_of_employees', answer: '51-100' }],
    })
    const attended = readSharedFile(path.replace('registration_created', 'participant_joined'))
    expect(mapBody(zoom, attended)).toMatchObject({
      leads: [], touches: [{ id: 'webinar.participant_joined:EXAMPLEuuid==:EXAMPLE-PUUID:2026-09-10T02:01:40Z:', kind: 'webinar', at: new Date('2026-09-10T02:01:40Z'), who: { externalId: '94000000001:REGID000001', emails: ['ana@example.com'] } }],
    })
    const [started, ended, arrived, left] = (JSON.parse(readSharedFile(path.replace('webinar.registration_created.body', 'meeting-samples'))) as { body: object }[]).map(({ body }) => mapBody(zoom, body))
    expect([started, ended]).toEqual([{ leads: [], ignored: 'event-ignored' }, { leads: [], ignored: 'event-ignored' }])
    expect([arrived, left]).toMatchObject([
      { touches: [{ session: '4nR0i/L9Q2mfrfXtEWMnGA== 16779264', answers: [{ answer: 'joined' }, { answer: 'Weekly Product Sync' }] }] },
      { touches: [{ session: '4nR0i/L9Q2mfrfXtEWMnGA== 16779264', at: new Date('2026-07-15T14:50:00Z') }] },
    ])
  })
})

describe('Zoom’s own list', () => {
  let server: Awaited<ReturnType<typeof zoomServer>>
  const people = (...ids: string[]) => ids.map((id) => ({ id, email: `${id}@b.co`, first_name: id, create_time: '2024-05-14T10:00:00Z' }))

  beforeAll(async () => {
    process.env['CLEW_EGRESS_ALLOW'] = '127.0.0.1'
    forgetEnv()
    server = await zoomServer({ '101': [people('a', 'b'), people('c')], '102': [[...people('d'), { id: 'old', create_time: '2024-04-01T10:00:00Z' }]] })
  })
  afterAll(async () => {
    await server.close()
    delete process.env['CLEW_EGRESS_ALLOW']
    forgetEnv()
  })

  it('is read page by page, and each entry is what a push would have been', async () => {
    const settings = { account_id: 'account', client_id: 'client', api_base: server.base, login_base: server.base }
    const present = keysOf([ZOOM_SECRET], { keys: { client_secret: 'client-secret' }, settings })
    const period = { since: new Date('2024-05-14T00:00:00Z'), until: NOW }
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page: Listed | undefined = await zoom.list?.({ ...period, cursor }, present, NOW)
      if (!page?.ok) throw new Error(JSON.stringify(page))
      for (const entry of page.entries) {
        found.push(entry.externalId)
        expect(mapBody(zoom, entry.raw ?? '', present, 'pull')).toMatchObject({ leads: [{ externalId: entry.externalId, at: new Date('2024-05-14T10:00:00Z') }] })
      }
      cursor = page.next
    } while (cursor !== null)
    expect(found).toEqual(['101:a', '101:b', '101:c', '102:d'])
    expect(server.asked.filter((path) => path === 'POST /oauth/token')).toHaveLength(1)
    expect(await zoom.list?.({ ...period, cursor: null }, keysOf(), NOW)).toEqual({ ok: false, problem: 'not-permitted', detail: 'no-key-configured' })
    expect(await zoom.list?.({ ...period, cursor: null }, keysOf([], { keys: { client_secret: 'x' }, settings }), NOW)).toEqual({ ok: false, problem: 'not-permitted', detail: '401' })
  })
})
