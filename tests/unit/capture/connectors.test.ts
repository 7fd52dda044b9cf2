import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { googleAds } from '~/domain/capture/connectors/google-ads/google-ads'
import { connectors } from '~/domain/capture/connectors/registry'
import { standard } from '~/domain/capture/connectors/standard/standard'
import { keysOf, mapBody as mapped, pushTo } from '~tests/support/connectors'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

const NOW = new Date('2024-05-15T04:00:00Z')
const draftOf = (connector: typeof standard, body: object | string) => {
  const result = mapped(connector, body)
  if (!('leads' in result) || !result.leads[0]) throw new Error(JSON.stringify(result))
  return result.leads[0]
}

describe('signed JSON', () => {
  it('is read from an envelope and from a flat body alike', () => {
    const data = { external_id: 7, first_name: '芳', last_name: '王', mobile: 13800138000, company: 'Acme', landing_page: 'https://a.cn/?utm_source=baidu&bd_vid=Xy1', budget: '10k', answers: [{ question: 'When?', answer: 'soon' }] }
    const [enveloped, flat] = [draftOf(standard, { type: 'lead.submitted', timestamp: '2024-05-15T03:00:00Z', data }), draftOf(standard, data)]
    expect(enveloped).toMatchObject({
      externalId: '7', at: new Date('2024-05-15T03:00:00Z'), givenName: '芳', familyName: '王', phones: ['13800138000'], utm: { utm_source: 'baidu' }, clickIds: { bd_vid: 'Xy1' },
      answers: [{ question: 'When?', answer: 'soon' }, { question: 'budget', answer: '10k' }],
    })
    expect({ ...flat, at: enveloped.at }).toEqual(enveloped)
  })

  it('keeps ids digit for digit', () => {
    expect(draftOf(standard, '{"external_id": 12345678901234567890, "campaign_id": 9007199254740993}')).toMatchObject({ externalId: '12345678901234567890', external: { campaign_id: '9007199254740993' } })
  })

  it('says what nobody can use', () => {
    expect(mapped(standard, 'hello')).toEqual({ issues: [{ path: '', code: 'not-json' }] })
    expect(mapped(standard, [])).toEqual({ issues: [{ path: '', code: 'not-an-object' }] })
    expect(mapped(standard, { data: {} })).toEqual({ issues: [{ path: 'data', code: 'nobody-named' }] })
    expect(mapped(standard, { data: { external_id: 'x', test: true } })).toEqual({ test: true })
    expect('leads' in mapped(standard, { data: { external_id: 'x', test: 'no' } })).toBe(true)
  })

  it('cleans what the database cannot hold', () => {
    const draft = draftOf(standard, { external_id: 'x', full_name: 'A\u0000B\ud800', message: 'é'.normalize('NFD') })
    expect(draft).toMatchObject({ fullName: 'A B', message: 'é' })
  })

  it('verifies what the public library signs, and its own test message', () => {
    const secret = pushTo(standard).newSecret?.() ?? ''
    const signature = new Webhook(secret).sign('m1', NOW, '{"a":"é"}')
    const headers = { 'webhook-id': 'm1', 'webhook-timestamp': String(NOW.getTime() / 1000), 'webhook-signature': signature }
    const message = { raw: Buffer.from('{"a":"é"}'), headers, query: new URLSearchParams() }
    expect(pushTo(standard).verify(message, keysOf([secret]), NOW)).toEqual({ ok: true, dedupeKey: 'm1' })
    expect(pushTo(standard).verify(message, keysOf([]), NOW)).toEqual({ ok: false, why: 'signature-wrong' })
    expect(pushTo(standard).verify({ ...message, raw: Buffer.from('{"a":"\\u00e9"}') }, keysOf([secret]), NOW)).toEqual({ ok: false, why: 'signature-wrong' })
    const sample = pushTo(standard).sample?.(keysOf(secret), 't', NOW) ?? { raw: Buffer.of(), headers: {} }
    expect(() => new Webhook(secret).verify(Buffer.from(sample.raw).toString(), sample.headers)).toThrow('too old')
    expect(pushTo(standard).verify({ ...sample, query: new URLSearchParams() }, keysOf(['whsec_AAAA', secret]), NOW).ok).toBe(true)
  })
})

describe('Google lead forms', () => {
  const verify = (body: object, secrets: string[]) => pushTo(googleAds).verify({ raw: Buffer.from(JSON.stringify(body)), headers: {}, query: new URLSearchParams() }, keysOf(secrets), NOW)

  it('compare the key, however it is spelt, and never an empty one', () => {
    expect(verify({ google_key: 'k-12345678' }, ['k-12345678'])).toEqual({ ok: true, dedupeKey: null })
    expect(verify({ Google_key: 'k-12345678' }, ['other', 'k-12345678'])).toEqual({ ok: true, dedupeKey: null })
    expect(verify({ google_key: '' }, [''])).toEqual({ ok: false, why: 'key-missing' })
    expect(verify({ google_key: 'x' }, [])).toEqual({ ok: false, why: 'no-key-configured' })
    expect(verify({ google_key: 'k-1234567' }, ['k-12345678'])).toEqual({ ok: false, why: 'key-wrong' })
  })

  it('are a test only where that is said outright', () => {
    const lead = { lead_id: 'L', user_column_data: [{ column_id: 'EMAIL', string_value: 'a@b.de' }] }
    expect(mapped(googleAds, { ...lead, is_test: true })).toEqual({ test: true })
    for (const is_test of [false, 'true', 1, null, undefined]) expect(draftOf(googleAds, { ...lead, is_test })).toMatchObject({ externalId: 'L', emails: ['a@b.de'] })
  })

  it('answer as Google wants: 200 {}, 401, 503', () => {
    expect(pushTo(googleAds).reply({ kind: 'duplicate', receipt: 'rcp_x' }, keysOf())).toMatchObject({ status: 200, body: '{}', headers: { 'Clew-Receipt': 'rcp_x' } })
    expect(pushTo(googleAds).reply({ kind: 'wrong-signature', receipt: null }, keysOf()).status).toBe(401)
    expect(pushTo(googleAds).reply({ kind: 'busy', retryAfter: 5 }, keysOf())).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } })
  })

  sharedTest("the console's test button is a test", 'fixtures/webhooks/google/lead-test-button.body.json', (path) => {
    expect(mapped(googleAds, readSharedFile(path))).toEqual({ test: true })
    expect(pushTo(googleAds).verify({ raw: Buffer.from(readSharedFile(path)), headers: {}, query: new URLSearchParams() }, keysOf('testkey'), NOW).ok).toBe(true)
  })
})

describe('every connector', () => {
  const key = fc.constantFrom('data', 'email', 'phone', 'external_id', 'lead_id', 'user_column_data', 'column_id', 'string_value', 'answers', '__proto__', 'constructor', 'created_at', 'landing_page', 'employees', 'test', 'is_test')
  const strange = fc.constantFrom<unknown>('\u0000', '\ud800', '\u202e', '9'.repeat(30), -0, 1e308, null, true, '0000-01-01', '9999-12-31T23:59:59Z', 'http://[', '١٢٣', '')
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, strange, fc.string({ unit: 'grapheme' }), fc.double(), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.oneof(key, fc.string()), tie('value'), { maxKeys: 6 })),
  })).value

  it.each(Object.entries(connectors))('%s: maps or names issues, and never throws', (_name, connector) => {
    fc.assert(fc.property(fc.dictionary(key, json, { maxKeys: 8 }), (body) => {
      const result = mapped(connector, body)
      expect('leads' in result || 'issues' in result || 'test' in result).toBe(true)
      expect(JSON.stringify(result)).not.toMatch(/\\u0000|\\ud800/)
    }), { numRuns: 2_000 })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (raw) => void mapped(connector, raw)), { numRuns: 500 })
    const { push } = connector
    if (push) fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (raw) => void push.verify({ raw, headers: {}, query: new URLSearchParams() }, keysOf('whsec_AAAA'), NOW)), { numRuns: 500 })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
