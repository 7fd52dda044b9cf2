import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents } from '~/domain/capture/connectors/segment/read-events'
import { segment } from '~/domain/capture/connectors/segment/segment'
import { keysOf, mapBody, pushTo } from '~tests/support/connectors'

const NOW = new Date('2024-05-15T04:00:00Z')
const KEY = pushTo(segment).newSecret?.('source-key-0123456789') ?? ''
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` })
const page = (more: object = {}) => ({
  type: 'page', messageId: 'm1', anonymousId: 'anon-1', timestamp: '2024-05-15T03:59:00Z', sentAt: '2024-05-15T03:59:30Z',
  context: { userAgent: 'Mozilla/5.0 Chrome/124', page: { url: 'https://acme.cn/pricing?utm_source=baidu&bd_vid=Xy1', referrer: 'https://baidu.com/', title: 'Pricing' }, campaign: { name: 'spring', medium: 'cpc' } }, ...more,
})
const verify = (body: object | string, { secrets = [KEY], headers = basic(KEY) }: { secrets?: string[]; headers?: Record<string, string> } = {}) =>
  pushTo(segment).verify({ raw: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), headers, query: new URLSearchParams() }, keysOf(secrets), NOW)

describe('write keys', () => {
  it('begin with the key of their source', () => expect(KEY).toMatch(/^source-key-0123456789\.[\w-]{22}$/))

  it.each([
    ['name of Basic', page(), {}, { ok: true, dedupeKey: 'page:m1' }],
    ['in the body', page({ writeKey: KEY }), { headers: {} }, { ok: true, dedupeKey: 'page:m1' }],
    ['PostHog’s name', { api_key: KEY, event: '$pageview', distinct_id: 'd', uuid: 'u1' }, { headers: {} }, { ok: true, dedupeKey: 'page:u1' }],
    ['old and new', page(), { secrets: ['another-write-key', KEY] }, { ok: true, dedupeKey: 'page:m1' }],
    ['wrong', page(), { headers: basic('another-write-key') }, { ok: false, why: 'key-wrong' }],
    ['truncated', page(), { headers: basic(KEY.slice(0, -1)) }, { ok: false, why: 'key-wrong' }],
    ['missing', page(), { headers: {} }, { ok: false, why: 'key-missing' }],
    ['none set', page(), { secrets: [] }, { ok: false, why: 'key-wrong' }],
    ['empty one set', page(), { secrets: [''], headers: basic('') }, { ok: false, why: 'key-missing' }],
    ['a batch', { batch: [page(), page({ messageId: 'm2' })] }, {}, { ok: true, dedupeKey: null }],
  ])('%s', (_name, body, more, wanted) => expect(verify(body, more)).toEqual(wanted))

  it('of whoever opted out are answered, and nothing is kept', () => {
    const opted = [verify(page(), { headers: { ...basic(KEY), 'sec-gpc': '1' } }), verify(page(), { headers: { ...basic(KEY), dnt: '1' } }), verify(page({ context: { gpc: true } })), verify({ batch: [page({ context: { doNotTrack: '1' } })] })]
    for (const answer of opted) expect(answer).toMatchObject({ ok: true, handshake: { status: 200, body: '{"success":true}' } })
    expect(verify(page({ context: { gpc: false } }))).toMatchObject({ dedupeKey: 'page:m1' })
  })
})

describe('events', () => {
  it('of pages are touches with what brought the visitor', () => {
    expect(mapBody(segment, page())).toMatchObject({
      leads: [], introductions: [], touches: [{
        id: 'm1', kind: 'ad_click', verdict: 'human', at: new Date('2024-05-15T03:59:00Z'), sentAt: new Date('2024-05-15T03:59:30Z'), who: { visitor: 'anon-1', emails: [] },
        utm: { utm_source: 'baidu', utm_campaign: 'spring', utm_medium: 'cpc' }, clickIds: { bd_vid: 'Xy1' },
        answers: [{ question: 'event', answer: 'viewed' }, { question: 'title', answer: 'Pricing' }, { question: 'page', answer: 'https://acme.cn/pricing?utm_source=baidu&bd_vid=Xy1' }, { question: 'referrer', answer: 'https://baidu.com/' }],
      }],
    })
    const kinds = [{ context: {} }, { context: { userAgent: 'Googlebot/2.1' } }, { type: 'track', event: 'Video Played' }].map((more) => mapBody(segment, page(more)))
    expect(kinds).toMatchObject([{ touches: [{ kind: 'page_view', verdict: 'unsure' }] }, { touches: [{ verdict: 'machine' }] }, { touches: [{ kind: 'event', answers: [{ question: 'name', answer: 'Video Played' }, {}, {}, {}] }] }])
  })

  it('that are a form are inquiries; identify only says who it is', () => {
    const form = { type: 'track', messageId: 'f1', anonymousId: 'anon-1', event: 'Form Submitted', properties: { email: 'fang@acme.cn', name: '王芳', company: 'Acme', budget: '10k' }, context: { page: { url: 'https://acme.cn/demo?gclid=G1' } } }
    expect(mapBody(segment, form)).toMatchObject({
      touches: [], introductions: [{ id: 'who f1', who: { emails: ['fang@acme.cn'], visitor: 'anon-1' } }],
      leads: [{ externalId: 'f1', fullName: '王芳', emails: ['fang@acme.cn'], company: 'Acme', isRequest: true, clickIds: { gclid: 'G1' }, external: { visitor_id: 'anon-1' }, answers: [{ question: 'budget', answer: '10k' }] }],
    })
    expect(mapBody(segment, { ...form, properties: { budget: '10k' } })).toMatchObject({ leads: [], touches: [{ kind: 'event' }] })
    expect(mapBody(segment, form, keysOf([], { settings: { form_events: 'Demo Requested, Trial' } }))).toMatchObject({ leads: [], touches: [{ kind: 'event' }] })
    const identify = { type: 'identify', messageId: 'i1', anonymousId: 'anon-1', userId: 'u7', traits: { email: 'fang@acme.cn', phone: '13800138000' } }
    expect(mapBody(segment, identify)).toMatchObject({ leads: [], touches: [], introductions: [{ who: { emails: ['fang@acme.cn'], phones: ['13800138000'], visitor: 'anon-1', aliases: ['u7'] } }] })
    expect(mapBody(segment, identify, keysOf([], { settings: { identify_opens: true } }))).toMatchObject({ leads: [{ externalId: 'user:u7', isRequest: false }] })
  })

  it('of PostHog are the same ones', () => {
    const batch = { api_key: 'k', batch: [
      { event: '$pageview', distinct_id: 'd1', uuid: 'p1', timestamp: '2024-05-15T03:00:00Z', properties: { $current_url: 'https://acme.cn/?gclid=G1', utm_source: 'google', $raw_user_agent: 'Firefox' } },
      { event: '$identify', uuid: 'p2', properties: { distinct_id: 'u7', $anon_distinct_id: 'd1', $set: { email: 'fang@acme.cn' } } },
    ] }
    expect(mapBody(segment, batch)).toMatchObject({ touches: [{ id: 'p1', kind: 'ad_click', utm: { utm_source: 'google' }, clickIds: { gclid: 'G1' }, who: { visitor: 'd1' } }], introductions: [{ who: { visitor: 'd1', aliases: ['u7'], emails: ['fang@acme.cn'] } }] })
  })

  it('that are bad are named one by one, and the rest counts', () => {
    const batch = JSON.stringify({ batch: [page(), 7, { type: 'page' }, { messageId: 'x', userId: 'u' }, page({ messageId: 'big', properties: { text: 'x'.repeat(33_000) } }), page({ anonymousId: 'null' })] })
    const read = readEvents(Buffer.from(batch), null)
    expect('problems' in read && read.problems).toEqual([{ index: 1, code: 'not-an-object' }, { index: 2, code: 'nobody-named' }, { index: 3, code: 'type-unknown' }, { index: 4, code: 'too-large' }, { index: 5, code: 'nobody-named' }])
    expect(mapBody(segment, batch)).toMatchObject({ touches: [{ id: 'm1' }], ignored: 'some-events-unreadable' })
    expect(mapBody(segment, { batch: [7] })).toEqual({ issues: [{ path: 'batch.0', code: 'not-an-object' }] })
    expect(mapBody(segment, 'no')).toEqual({ issues: [{ path: '', code: 'not-json' }] })
    expect(mapBody(segment, { batch: [page({ context: { gpc: 1 } }), page({ messageId: 'm2' })] })).toMatchObject({ touches: [{ id: 'm2' }] })
  })

  it('survive any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom('track', 'identify', 'page', 'alias'), (one, two, type) => {
      mapBody(segment, { batch: [one, { type, anonymousId: 'a', event: 'lead', properties: one, traits: two, context: two }, { event: 'lead', distinct_id: 'd', properties: one, $set: two }] })
      verify(JSON.stringify(one))
    }))
  })
})
