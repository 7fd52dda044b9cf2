import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { linkedin } from '~/domain/capture/connectors/linkedin/linkedin'
import type { LeadDraft } from '~/domain/capture/lead-draft'
import { keysOf, mapBody, pushTo } from '~tests/support/connectors'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { aLinkedinForm, fakeLinkedin, type FakeLinkedin } from '~tests/support/platforms/linkedin'
import { seeded } from '~tests/support/seed'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

allowThisMachine()

const NOW = new Date('2024-05-15T04:00:00Z')
const SECRET = 'client-secret-0123456789'
const ID = '00000000-1111-2222-3333-444444444444-5'
const push = pushTo(linkedin)
const BODY = `{"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:${ID}","leadAction":"CREATED","note":"caf\\u00e9"}`
// Written here by hand, apart from the code under test: the prefix is signed, and stands nowhere else.
const sign = (body: string, secret = SECRET) => createHmac('sha256', secret).update(`hmacsha256=${body}`).digest('hex')
const verify = (body: string, header: string | undefined, secrets: string[]) =>
  push.verify({ raw: Buffer.from(body), headers: header === undefined ? {} : { 'x-li-signature': header }, query: new URLSearchParams() }, keysOf(secrets), NOW)
const lead = (body: object): LeadDraft => {
  const mapped = mapBody(linkedin, body, keysOf(), 'fetch')
  if (!('leads' in mapped) || mapped.leads[0] === undefined) throw new Error(JSON.stringify(mapped))
  return mapped.leads[0]
}

describe('signature (T03)', () => {
  it('is over the prefix and the bytes; every other is wrong', () => {
    const rewritten = JSON.stringify(JSON.parse(BODY))
    expect(rewritten).not.toBe(BODY)
    const table: [string, boolean, string, string | undefined, string[]][] = [
      ['valid', true, BODY, sign(BODY), [SECRET]],
      ['wrong secret', false, BODY, sign(BODY, 'another-secret'), [SECRET]],
      ['missing', false, BODY, undefined, [SECRET]],
      ['truncated', false, BODY, sign(BODY).slice(0, -1), [SECRET]],
      ['prefix in the header', false, BODY, `hmacsha256=${sign(BODY)}`, [SECRET]],
      ['prefix not signed', false, BODY, createHmac('sha256', SECRET).update(BODY).digest('hex'), [SECRET]],
      ['body written again', false, rewritten, sign(BODY), [SECRET]],
      ['new secret during rotation', true, BODY, sign(BODY), [SECRET, 'former-secret']],
      ['former secret during rotation', true, BODY, sign(BODY, 'former-secret'), [SECRET, 'former-secret']],
      ['former secret after it', false, BODY, sign(BODY, 'former-secret'), [SECRET]],
      ['second tenant’s secret', false, BODY, sign(BODY, 'tenant-two-secret'), [SECRET]],
      ['no secret configured', false, BODY, sign(BODY), []],
      ['an empty secret', false, BODY, sign(BODY, ''), ['']],
    ]
    for (const [name, isRight, body, header, secrets] of table) expect([name, verify(body, header, secrets).ok]).toEqual([name, isRight])
  })

  it('names response and action as what makes a push the same', () => {
    expect(verify(BODY, sign(BODY), [SECRET])).toEqual({ ok: true, dedupeKey: `urn:li:leadGenFormResponse:${ID} CREATED` })
    expect(verify('{}', sign('{}'), [SECRET])).toEqual({ ok: true, dedupeKey: null })
    expect(verify('no json', sign('no json'), [SECRET])).toEqual({ ok: true, dedupeKey: null })
  })

  sharedTest('holds the recorded notification, and maps it', 'fixtures/webhooks/linkedin/lead-action.json', (path) => {
    const { rawBody, clientSecret, headers } = JSON.parse(readSharedFile(path)) as { rawBody: string; clientSecret: string; headers: { 'X-LI-Signature': string } }
    expect(verify(rawBody, headers['X-LI-Signature'], [clientSecret])).toEqual({ ok: true, dedupeKey: `urn:li:leadGenFormResponse:${ID} CREATED` })
    expect(mapBody(linkedin, rawBody)).toEqual({ leads: [], fetches: [{ externalId: ID, order: { form_id: '3162', account_id: '500000001', creative_id: '600000001', lead_type: 'SPONSORED', at: '2025-09-01T12:30:00.000Z' } }] })
  })
})

describe('challenge', () => {
  const ask = (query: Record<string, string>, secrets: string[]) => push.handshake?.({ raw: Buffer.of(), headers: {}, query: new URLSearchParams(query) }, keysOf(secrets), NOW)

  sharedTest('holds the recorded one, with and without applicationId', 'fixtures/webhooks/linkedin/challenge.json', (path) => {
    const { request, clientSecret, expect: wanted } = JSON.parse(readSharedFile(path)) as { request: { query: { challengeCode: string } }; clientSecret: string; expect: { status: number; contentType: string; body: object } }
    for (const query of [request.query, { ...request.query, applicationId: '123' }]) {
      const reply = ask(query, [clientSecret, 'former-secret'])
      expect(reply).toMatchObject({ status: wanted.status, headers: { 'Content-Type': wanted.contentType } })
      expect(JSON.parse(reply?.body ?? '')).toEqual(wanted.body)
    }
  })

  it('without a code or a secret is refused', () => {
    expect(ask({}, [SECRET])?.status).toBe(400)
    expect(ask({ challengeCode: 'x' }, [])?.status).toBe(400)
  })
})

describe('a push', () => {
  const body = (more: object) => ({ type: 'LEAD_ACTION', leadGenFormResponse: `urn:li:leadGenFormResponse:${ID}`, leadAction: 'CREATED', ...more })

  it('of a deletion is an erasure; of anything else it is let be', () => {
    expect(mapBody(linkedin, body({ leadAction: 'DELETED' }))).toEqual({ leads: [], erasures: [ID] })
    expect(mapBody(linkedin, body({ leadAction: 'ARCHIVED' }))).toEqual({ leads: [], ignored: 'other-event' })
    expect(mapBody(linkedin, body({ type: 'ORGANIZATION_SOCIAL_ACTION' }))).toEqual({ leads: [], ignored: 'other-event' })
    expect(mapBody(linkedin, body({ leadGenFormResponse: undefined }))).toEqual({ issues: [{ path: 'leadGenFormResponse', code: 'required' }] })
    expect(mapBody(linkedin, body({ leadGenFormResponse: 'urn:li:leadGenFormResponse:../../me' }))).toHaveProperty('issues')
  })
})

describe('an answer', () => {
  const said = (questionId: number, answer: string) => ({ questionId, answerDetails: { textQuestionAnswer: { answer } } })
  const response = {
    id: ID, submittedAt: 1_715_742_000_000, testLead: false, leadType: 'SPONSORED', owner: { sponsoredAccount: 'urn:li:sponsoredAccount:500000001' },
    leadMetadata: { sponsoredLeadMetadata: { campaign: 'urn:li:sponsoredCampaign:17890000000000000001' } }, associatedEntity: { associatedCreative: 'urn:li:sponsoredCreative:600000001' },
    versionedLeadGenFormUrn: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)',
    formResponse: { answers: [said(1, 'Ana'), said(2, 'ana@example.com'), { questionId: 3, answerDetails: { multipleChoiceAnswer: { options: [2] } } }, said(9, 'off the form')], consentResponses: [{ accepted: true, consentId: 1 }, { accepted: false, consentId: 2 }] },
  }

  it('is read with the questions of its form', () => {
    expect(lead({ lead: response, form: aLinkedinForm })).toMatchObject({
      externalId: ID, at: new Date('2024-05-15T03:00:00Z'), givenName: 'Ana', emails: ['ana@example.com'],
      external: { lead_id: ID, form_id: '3162', campaign_id: '17890000000000000001', creative_id: '600000001', account_id: '500000001', lead_type: 'SPONSORED' },
      answers: [{ question: 'How many robots?', answer: 'More than 10' }, { question: 'question 9', answer: 'off the form' }, { question: 'You may write to me', answer: 'accepted' }, { question: 'consent 2', answer: 'not accepted' }],
    })
  })

  it('without the form keeps every answer, and takes an address for what it is', () => {
    expect(lead({ lead: response, form: null })).toMatchObject({
      externalId: ID, givenName: null, emails: ['ana@example.com'],
      answers: [{ question: 'question 1', answer: 'Ana' }, { question: 'question 3', answer: '2' }, { question: 'question 9', answer: 'off the form' }, { question: 'consent 1', answer: 'accepted' }, { question: 'consent 2', answer: 'not accepted' }],
    })
  })

  it('is a test where LinkedIn says so', () => {
    expect(mapBody(linkedin, { lead: { ...response, testLead: true }, form: null }, keysOf(), 'fetch')).toEqual({ test: true })
    expect(lead({ ...response, testLead: 'true' }).externalId).toBe(ID)
    expect(mapBody(linkedin, { lead: {}, form: null }, keysOf(), 'fetch')).toEqual({ issues: [{ path: 'id', code: 'required' }] })
  })

  sharedTest('recorded by others is read alone', 'fixtures/webhooks/linkedin/lead-response-get.json', (path) => {
    const draft = lead(JSON.parse(readSharedFile(path)) as object)
    expect(draft).toMatchObject({ externalId: ID, emails: ['ana@example.com'], external: { campaign_id: '700000001', form_id: '3162', creative_id: '600000001' } })
    expect(lead({ lead: JSON.parse(readSharedFile(path)) as object, form: aLinkedinForm })).toMatchObject({ givenName: 'Ana', answers: [{ question: 'How many robots?', answer: 'More than 10' }, { question: 'You may write to me', answer: 'accepted' }] })
  })
})

describe('anything else', () => {
  it('is read or named, and never throws', () => {
    const name = fc.constantFrom('type', 'leadAction', 'leadGenFormResponse', 'id', 'lead', 'form', 'content', 'questions', 'questionId', 'question', 'localized', 'formResponse', 'answers', 'answerDetails', 'textQuestionAnswer', 'answer', 'multipleChoiceAnswer', 'options', '__proto__')
    const text = fc.constantFrom<unknown>('LEAD_ACTION', 'CREATED', 'DELETED', 'urn:li:leadGenFormResponse:1', 'urn:li:x:(', '\u0000', '\ud800', '9'.repeat(400), 1, null, true, '')
    const json = fc.letrec((tie) => ({ value: fc.oneof({ depthSize: 'small' }, text, fc.string(), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 5 })) })).value
    fc.assert(fc.property(fc.dictionary(name, json, { maxKeys: 6 }), fc.constantFrom('push' as const, 'fetch' as const, 'pull' as const), (body, way) => {
      const mapped = mapBody(linkedin, body, keysOf(), way)
      expect('leads' in mapped || 'issues' in mapped || 'test' in mapped).toBe(true)
      expect(JSON.stringify(mapped)).not.toMatch(/\\u0000|\\ud800/)
    }), seeded({ numRuns: 3_000 }))
  })
})

describe('asking', () => {
  let platform: FakeLinkedin
  beforeAll(async () => { platform = await fakeLinkedin() })
  afterAll(() => platform.close())
  beforeEach(() => { platform.asked.length = 0; platform.next.length = 0; platform.responses.clear(); platform.forms.clear() })
  const keys = (more: Record<string, string> = {}, token = platform.token) => keysOf(SECRET, { keys: { access_token: token }, settings: { api_base: platform.base, ...more } })
  const fetch = (with_ = keys()) => linkedin.fetch?.({ externalId: ID, order: {} }, with_, NOW)
  const response = { id: ID, versionedLeadGenFormUrn: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)', formResponse: { answers: [] } }

  it('keeps the response and its form together, both byte for byte', async () => {
    platform.responses.set(ID, response)
    platform.forms.set('3162', aLinkedinForm)
    const answer = await fetch()
    if (answer?.ok !== true) throw new Error(JSON.stringify(answer))
    expect(Buffer.from(answer.raw).toString()).toBe(`{"lead":${JSON.stringify(response)},"form":${JSON.stringify(aLinkedinForm)}}`)
    expect(platform.asked.map(({ path }) => path)).toEqual([`/rest/leadFormResponses/${ID}`, '/rest/leadForms/3162'])
    expect(platform.asked[0]?.headers).toMatchObject({ 'linkedin-version': '202605', 'x-restli-protocol-version': '2.0.0', authorization: 'Bearer AQX-token' })
    expect([...(platform.asked[0]?.query.keys() ?? [])]).toEqual([])
  })

  it('does without a form nobody may read, and waits for one that is only late', async () => {
    platform.responses.set(ID, response)
    expect(await fetch()).toMatchObject({ ok: true, raw: Buffer.from(`{"lead":${JSON.stringify(response)},"form":null}`) })
    platform.next.push({ body: response }, { status: 503, body: '' })
    expect(await fetch()).toMatchObject({ ok: false, problem: 'unreachable' })
  })

  it('turns every refusal into what it means', async () => {
    expect(await fetch()).toMatchObject({ problem: 'gone' })
    expect(await fetch(keys({}, 'expired'))).toMatchObject({ problem: 'not-permitted', detail: '401' })
    expect(await fetch(keys({ api_version: '2024' }))).toMatchObject({ problem: 'not-permitted', detail: '426' })
    // 04:00 UTC: the quota is whole again in twenty hours.
    platform.next.push({ status: 429, body: '' }, { status: 429, headers: { 'retry-after': '60' }, body: '' }, { status: 403, body: '' }, { status: 500, body: '' }, { body: 'hello' }, { body: { id: 'other' } })
    const told = [await fetch(), await fetch(), await fetch(), await fetch(), await fetch(), await fetch()]
    expect(told).toMatchObject([
      { problem: 'rate-limited', retryAfterMs: 72_000_000 }, { problem: 'rate-limited', retryAfterMs: 60_000 }, { problem: 'not-permitted' }, { problem: 'unreachable' }, { problem: 'unreadable' }, { problem: 'unreadable' },
    ])
  })
})
