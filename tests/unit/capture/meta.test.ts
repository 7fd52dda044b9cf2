import { createHmac } from 'node:crypto'
import { sign } from '@octokit/webhooks-methods'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { meta } from '~/domain/capture/connectors/meta/meta'
import type { Listed } from '~/domain/capture/connectors/connector'
import type { LeadDraft } from '~/domain/capture/lead-draft'
import { keysOf, mapBody, pushTo } from '~tests/support/connectors'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { fakeMeta, type FakeMeta } from '~tests/support/platforms/meta'
import { seeded } from '~tests/support/seed'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

allowThisMachine()

const NOW = new Date('2024-05-15T04:00:00Z')
const SECRET = 'app-secret-0123456789abcdef'
const push = pushTo(meta)
// As Meta writes it: escaped unicode, lower-case hex. Written again, the bytes differ.
const BODY = '{"object":"page","entry":[{"id":"1","changes":[{"field":"leadgen","value":{"leadgen_id":"7","note":"caf\\u00e9 \\u738b"}}]}]}'
const verify = (body: string, header: string | undefined, secrets: string[]) =>
  push.verify({ raw: Buffer.from(body), headers: header === undefined ? {} : { 'x-hub-signature-256': header }, query: new URLSearchParams() }, keysOf(secrets), NOW)
const lead = (body: object | string): LeadDraft => {
  const mapped = mapBody(meta, body, keysOf(), 'fetch')
  if (!('leads' in mapped) || mapped.leads[0] === undefined) throw new Error(JSON.stringify(mapped))
  return mapped.leads[0]
}

describe('signature (T03)', () => {
  it('of an independent sender is right; every other is wrong', async () => {
    const right = await sign(SECRET, BODY)
    const rewritten = JSON.stringify(JSON.parse(BODY))
    expect(rewritten).not.toBe(BODY)
    const table: [string, boolean, string, string | undefined, string[]][] = [
      ['valid', true, BODY, right, [SECRET]],
      ['wrong secret', false, BODY, await sign('another-secret', BODY), [SECRET]],
      ['missing', false, BODY, undefined, [SECRET]],
      ['empty', false, BODY, '', [SECRET]],
      ['truncated', false, BODY, right.slice(0, -1), [SECRET]],
      ['without its prefix', false, BODY, right.slice(7), [SECRET]],
      ['upper case', false, BODY, `sha256=${right.slice(7).toUpperCase()}`, [SECRET]],
      ['the old sha1 header’s form', false, BODY, `sha1=${createHmac('sha1', SECRET).update(BODY).digest('hex')}`, [SECRET]],
      ['body written again', false, rewritten, right, [SECRET]],
      ['new secret during rotation', true, BODY, right, [SECRET, 'former-secret']],
      ['former secret during rotation', true, BODY, await sign('former-secret', BODY), [SECRET, 'former-secret']],
      ['former secret after it', false, BODY, await sign('former-secret', BODY), [SECRET]],
      ['second tenant’s secret', false, BODY, await sign('tenant-two-secret', BODY), [SECRET]],
      ['no secret configured', false, BODY, right, []],
      ['an empty secret', false, BODY, createHmac('sha256', '').update(BODY).digest('hex'), ['']],
    ]
    for (const [name, isRight, body, header, secrets] of table) expect([name, verify(body, header, secrets).ok]).toEqual([name, isRight])
    expect(verify(BODY, right, [SECRET])).toEqual({ ok: true, dedupeKey: null })
  })

  sharedTest('holds the vectors of others', 'fixtures/webhooks/signature-vectors.json', (path) => {
    type Vector = { scheme: string; secret: string; headers: Record<string, string>; rawBody: string }
    const vectors = (JSON.parse(readSharedFile(path)) as { vectors: Vector[] }).vectors.filter(({ scheme }) => scheme.startsWith('x-hub-signature-256'))
    expect(vectors).toHaveLength(3)
    for (const { secret, headers, rawBody } of vectors) {
      const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-hub-signature-256')?.[1]
      expect(verify(rawBody, given, [secret]).ok).toBe(true)
      expect(verify(`${rawBody} `, given, [secret]).ok).toBe(false)
    }
  })
})

describe('handshake', () => {
  const ask = (query: Record<string, string>, token = 'leadAdsRockPlayer') => push.handshake?.({ raw: Buffer.of(), headers: {}, query: new URLSearchParams(query) }, keysOf(SECRET, { keys: { verify_token: token } }), NOW)
  const right = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'leadAdsRockPlayer' }

  it('answers exactly the challenge as plain text, else 403', () => {
    expect(ask(right)).toEqual({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: '1158201444' })
    const wrongs: Record<string, string>[] = [{ ...right, 'hub.verify_token': 'x' }, { ...right, 'hub.mode': 'unsubscribe' }, { 'hub.mode': 'subscribe', 'hub.verify_token': 'leadAdsRockPlayer' }, {}]
    for (const wrong of wrongs) expect(ask(wrong)?.status).toBe(403)
    expect(ask({ ...right, 'hub.verify_token': '' }, '')?.status).toBe(403)
  })

  sharedTest("holds the vendor's sample", 'fixtures/webhooks/meta/verify-get.json', (path) => {
    const sample = JSON.parse(readSharedFile(path)) as { query: { key: string; value: string }[]; expect: { status: number; bodyText: string } }
    expect(ask(Object.fromEntries(sample.query.map(({ key, value }) => [key, value])))).toMatchObject({ status: sample.expect.status, body: sample.expect.bodyText })
  })

  it('answers pushes 200, wrong ones 401, ours when we are away 503', () => {
    expect(push.reply({ kind: 'stored', receipt: 'rcp_x' }, keysOf())).toMatchObject({ status: 200, headers: { 'Clew-Receipt': 'rcp_x' } })
    expect(push.reply({ kind: 'wrong-signature', receipt: null }, keysOf()).status).toBe(401)
    expect(push.reply({ kind: 'busy', retryAfter: 5 }, keysOf()).status).toBe(503)
  })
})

describe('a push', () => {
  const change = (value: unknown, field = 'leadgen') => ({ field, ...(value === undefined ? {} : { value }) })

  it('names leads of several entries and changes, each once, digit for digit', () => {
    const body = '{"object":"page","entry":[{"id":138124712925158,"changes":[{"field":"leadgen","value":{"leadgen_id":17890000000000000001,"form_id":9007199254740993,"adgroup_id":"23"}},{"field":"feed","value":{"item":"post"}}]},'
      + '{"id":"2","changes":[{"field":"leadgen","value":{"leadgen_id":"8","page_id":"2"}},{"field":"leadgen","value":{"leadgen_id":8}}]}]}'
    expect(mapBody(meta, body)).toEqual({ leads: [], fetches: [
      { externalId: '17890000000000000001', order: { page_id: '138124712925158', form_id: '9007199254740993', adgroup_id: '23' } },
      { externalId: '8', order: { page_id: '2' } },
    ] })
  })

  it('says what cannot be asked for, and lets other fields be', () => {
    expect(mapBody(meta, { entry: [{ id: '1', changes: [change(undefined)] }] })).toEqual({ issues: [{ path: 'entry.0.changes.0.value.leadgen_id', code: 'required' }] })
    expect(mapBody(meta, { entry: [{ id: '1', changes: [change(undefined), change({ leadgen_id: '5' })] }] })).toMatchObject({ fetches: [{ externalId: '5' }] })
    expect(mapBody(meta, { entry: [{ id: '1', changes: [change({ leadgen_id: '../me' })] }] })).toHaveProperty('issues')
    expect(mapBody(meta, { object: 'page', entry: [{ id: '1', changes: [change({}, 'feed')] }] })).toEqual({ leads: [], ignored: 'other-event' })
    expect(mapBody(meta, { object: 'page', entry: [] })).toEqual({ leads: [], ignored: 'other-event' })
    expect(mapBody(meta, { object: 'page' })).toEqual({ issues: [{ path: 'entry', code: 'required' }] })
  })

  sharedTest("is read from the vendor's sample", 'fixtures/webhooks/meta/leadgen-notification.body.json', (path) => {
    expect(mapBody(meta, readSharedFile(path))).toEqual({ leads: [], fetches: [{ externalId: '233370042045345', order: { page_id: '138124712925158', form_id: '172036835026334', created_time: '1630087926' } }] })
  })
})

describe('an answer', () => {
  it('becomes a draft: own questions are answers, ids stay as they are', () => {
    const draft = lead({
      id: '233370042045345', created_time: '2024-05-15T03:00:00+0000', form_id: '172036835026334', campaign_id: '23851234567890123', campaign_name: 'Robots DE', adset_id: '23', adset_name: 'Set', ad_id: '24', platform: 'ig', is_organic: false,
      field_data: [
        { name: 'full_name', values: ['Zoë Müller'] }, { name: 'email', values: ['zoe@acme.de', 'z@acme.de'] }, { name: 'phone_number', values: ['+49 170 1234567'] }, { name: 'company_name', values: ['Acme GmbH'] },
        { name: 'job_title', values: ['CTO'] }, { name: 'wie_viele?', values: ['2', '3'] }, { name: 'empty', values: [] }, { name: 'missing' }, { name: 'city', values: ['Köln', 'Bonn'] },
      ],
    })
    expect(draft).toMatchObject({
      externalId: '233370042045345', at: new Date('2024-05-15T03:00:00Z'), fullName: 'Zoë Müller', emails: ['zoe@acme.de', 'z@acme.de'], phones: ['+49 170 1234567'], company: 'Acme GmbH', title: 'CTO', city: 'Köln', campaign: 'Robots DE',
      external: { lead_id: '233370042045345', form_id: '172036835026334', campaign_id: '23851234567890123', ad_group_id: '23', ad_group_name: 'Set', ad_id: '24', platform: 'ig', is_organic: 'false' },
      answers: [{ question: 'wie_viele?', answer: '2, 3' }],
    })
  })

  it('may lack everything but its id', () => {
    expect(lead({ id: '5' })).toMatchObject({ externalId: '5', emails: [], answers: [], external: { lead_id: '5' } })
    expect(lead('{"id": 17890000000000000001, "field_data": {}, "ad_id": 9007199254740993}')).toMatchObject({ externalId: '17890000000000000001', external: { ad_id: '9007199254740993' } })
    expect(mapBody(meta, { field_data: [] }, keysOf(), 'fetch')).toEqual({ issues: [{ path: 'id', code: 'required' }] })
  })

  it('of the testing tool is a test', () => {
    expect(mapBody(meta, { id: '5', field_data: [{ name: 'email', values: ['test@meta.com'] }, { name: 'full_name', values: ['<test lead: dummy data for full_name>'] }] }, keysOf(), 'fetch')).toEqual({ test: true })
    expect(lead({ id: '5', field_data: [{ name: 'note', values: ['this is no <test lead: dummy data for x>'] }] }).answers).toHaveLength(1)
  })
})

describe('anything else', () => {
  it('is read or named, and never throws', () => {
    const name = fc.constantFrom('id', 'field_data', 'name', 'values', 'entry', 'changes', 'field', 'value', 'leadgen_id', 'error', '__proto__', 'constructor')
    const text = fc.constantFrom<unknown>('leadgen', 'full_name', 'email', '\u0000', '\ud800', '9'.repeat(400), null, true, 1e308, -0, '')
    const json = fc.letrec((tie) => ({ value: fc.oneof({ depthSize: 'small' }, text, fc.string(), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 5 })) })).value
    fc.assert(fc.property(fc.dictionary(name, json, { maxKeys: 6 }), fc.constantFrom('push' as const, 'fetch' as const, 'pull' as const), (body, way) => {
      const mapped = mapBody(meta, body, keysOf(), way)
      expect('leads' in mapped || 'issues' in mapped || 'test' in mapped).toBe(true)
      expect(JSON.stringify(mapped)).not.toMatch(/\\u0000|\\ud800/)
    }), seeded({ numRuns: 3_000 }))
  })
})

describe('asking', () => {
  let platform: FakeMeta
  beforeAll(async () => { platform = await fakeMeta() })
  afterAll(() => platform.close())
  beforeEach(() => { platform.asked.length = 0; platform.next.length = 0; platform.leads.clear() })
  const keys = (more: Record<string, string> = {}, token = platform.token) => keysOf(SECRET, { keys: { access_token: token }, settings: { api_base: platform.base, ...more } })
  const fetch = (externalId: string, with_ = keys()) => meta.fetch?.({ externalId, order: {} }, with_, NOW)

  it('for one lead names its fields, version and token as documented', async () => {
    platform.leads.set('7', { id: '7', field_data: [] })
    const answer = await fetch('7')
    expect(answer).toMatchObject({ ok: true, contentType: 'application/json' })
    expect(platform.asked).toHaveLength(1)
    expect(platform.asked[0]?.path).toBe('/v23.0/7')
    expect(platform.asked[0]?.query.get('fields')).toBe('id,created_time,field_data,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,platform,is_organic')
    await fetch('7', keys({ api_version: '24.0' }))
    expect(platform.asked[1]?.path).toBe('/v24.0/7')
  })

  it('turns every error into what it means', async () => {
    const table: [Parameters<FakeMeta['error']>, object][] = [
      [[400, 190, { subcode: 463 }], { problem: 'not-permitted', detail: '190/463' }], [[403, 10], { problem: 'not-permitted' }], [[403, 200], { problem: 'not-permitted' }], [[403, 294], { problem: 'not-permitted' }],
      [[400, 100, { subcode: 33 }], { problem: 'gone' }], [[400, 100], { problem: 'unreadable' }],
      [[400, 4, { headers: { 'retry-after': '120' } }], { problem: 'rate-limited', retryAfterMs: 120_000 }], [[400, 17], { problem: 'rate-limited' }], [[400, 32], { problem: 'rate-limited' }], [[400, 613], { problem: 'rate-limited' }],
      [[400, 80_005, { headers: { 'x-business-use-case-usage': '{"1381":[{"type":"leadgen","call_count":100,"estimated_time_to_regain_access":9}]}' } }], { problem: 'rate-limited', retryAfterMs: 540_000 }],
      [[500, 2], { problem: 'unreachable' }], [[500, 99], { problem: 'unreachable', detail: '500' }], [[200, 190], { problem: 'not-permitted' }],
    ]
    for (const [error, expected] of table) {
      platform.next.push(platform.error(...error))
      expect([error, await fetch('7')]).toMatchObject([error, { ok: false, ...expected }])
    }
    const bodies: [Parameters<typeof platform.next.push>[0], string][] = [
      [{ status: 502, body: '<html>' }, 'unreachable'], [{ body: 'hello' }, 'unreadable'], [{ body: { id: '8' } }, 'unreadable'], [{ status: 429, headers: { 'retry-after': 'Wed, 15 May 2024 04:01:00 GMT' }, body: '' }, 'rate-limited'], [{ status: 302, headers: { location: 'http://127.0.0.1/' }, body: '' }, 'unreadable'],
    ]
    for (const [told, problem] of bodies) {
      platform.next.push(told)
      expect(await fetch('7')).toMatchObject({ ok: false, problem })
    }
    expect(await fetch('7', keys({ api_base: 'http://127.0.0.1:9' }))).toMatchObject({ ok: false, problem: 'unreachable' })
    expect(await fetch('7', keys({ api_base: 'http://10.0.0.1' }))).toMatchObject({ ok: false, problem: 'unreachable', detail: 'refused-address' })
  })

  it('for its own list pages through every form of a period', async () => {
    const at = (minute: number) => new Date(NOW.getTime() - minute * 60_000).toISOString()
    for (const [id, form, minute] of [['1', '11', 90], ['2', '11', 50], ['3', '11', 40], ['4', '11', 30], ['5', '12', 20], ['6', '13', 10]] as const) platform.leads.set(id, { id, form_id: form, created_time: at(minute), field_data: [] })
    const listed = async (more: Record<string, string>) => {
      const ids: string[] = []
      for (let cursor: string | null = null, turn = 0; turn < 10; turn += 1) {
        const page: Listed | undefined = await meta.list?.({ since: new Date(NOW.getTime() - 3_600_000), until: NOW, cursor }, keys(more), NOW)
        if (page?.ok !== true) throw new Error(JSON.stringify(page))
        ids.push(...page.entries.map(({ externalId }) => externalId))
        if (page.next === null) return ids
        cursor = page.next
      }
      throw new Error('it never ended')
    }
    expect(await listed({ form_ids: '11, 12' })).toEqual(['2', '3', '4', '5'])
    expect(await listed({})).toEqual(['2', '3', '4', '5', '6'])
    expect(await meta.list?.({ since: NOW, until: NOW, cursor: null }, keys({}, 'expired'), NOW)).toMatchObject({ ok: false, problem: 'not-permitted' })
  })
})
