import { afterAll, beforeAll, expect } from 'vitest'
import { encrypt, getSignature } from '@wecom/crypto'
import { sign } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import { createSource, receiveDelivery, receiptState, shakeHands, type Reply } from '~/domain/capture'
import type { CreateSource } from '~/domain/capture/contract'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { aLinkedinForm, fakeLinkedin, type FakeLinkedin } from '~tests/support/platforms/linkedin'
import { fakeMeta, type FakeMeta } from '~tests/support/platforms/meta'
import { zoomMessage } from '~tests/support/platforms/zoom'
import { readSharedFile, sharedPath, sharedTest } from '~tests/support/shared-data'
import type * as z from 'zod'
import { aMetaLead, aWorker } from './a-fetching-source'
import { rowsIn } from './a-source'

// Every recorded message through the very door: answer, verdict, and what of it stands in the inquiry, as wire-formats.md says.
// `npx vitest run --project integration tests/integration/capture/conformance.test.ts` prints the table.
allowThisMachine()

type Source = Omit<z.input<typeof CreateSource>, 'name'>
type Inbound = { body?: string | Uint8Array; headers?: Record<string, string>; query?: Record<string, string>; method?: 'GET' | 'POST' }
type Outcome = { status: number; answer: string; verdict: string; external: Record<string, string>; clickIds: Record<string, string>; name: string | null; contacts: string[] }

const NOW = new Date('2026-09-02T04:00:00Z')
const table: string[][] = []
const read = (file: string) => readSharedFile(sharedPath(`fixtures/webhooks/${file}`) ?? '')
const parse = <T>(file: string) => JSON.parse(read(file)) as T

let meta: FakeMeta
let linkedin: FakeLinkedin
beforeAll(async () => { [meta, linkedin] = await Promise.all([fakeMeta(), fakeLinkedin()]) })
afterAll(async () => {
  await Promise.all([meta.close(), linkedin.close()])
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  process.stdout.write(`\n${table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')}\n`)
})

async function send(org: TestOrganisation, file: string, source: Source, { body = '', headers = {}, query = {}, method = 'POST' }: Inbound, now = NOW): Promise<Outcome> {
  const { sourceKey } = await createSource(org.system, { name: file, channel: 'Ads', ...source })
  const inbound = { connector: source.connector, sourceKey, raw: Buffer.from(body), headers: { 'content-type': 'application/json', ...lowered(headers) }, query: new URLSearchParams(query), requestId: 'test', now }
  const reply = await (method === 'GET' ? shakeHands(inbound) : receiveDelivery(inbound))
  await aWorker(org)(now)
  const outcome = await outcomeOf(org, reply)
  table.push([file, source.connector, `${String(reply.status)} ${outcome.answer.slice(0, 60)}`, outcome.verdict, JSON.stringify({ ...outcome.external, ...outcome.clickIds }).slice(0, 160)])
  return outcome
}

const lowered = (headers: Record<string, string>) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

async function outcomeOf(org: TestOrganisation, reply: Reply): Promise<Outcome> {
  const receipt = reply.headers['Clew-Receipt']
  const [details] = await rowsIn<{ external: Record<string, string>; click_ids: Record<string, string> }>(org, 'inquiry_details')
  const [person] = await rowsIn<{ name: string | null }>(org, 'people')
  return {
    status: reply.status, answer: String(reply.body ?? ''), verdict: receipt === undefined ? 'handshake' : (await receiptState(receipt)).state,
    external: details?.external ?? {}, clickIds: details?.click_ids ?? {}, name: person?.name ?? null,
    contacts: (await rowsIn<{ value: string }>(org, 'identities')).map(({ value }) => value).sort(),
  }
}

/** One recorded file: how it is sent, and what must come of it. */
function conform(file: string, says: string, source: Source | (() => Source), inbound: () => Inbound | Promise<Inbound>, expected: Partial<Outcome>, now = NOW): void {
  sharedTest(`${file}: ${says}`, `fixtures/webhooks/${file}`, async () => {
    const outcome = await send(await anOrganisation(), file, typeof source === 'function' ? source() : source, await inbound(), now)
    expect(outcome).toMatchObject(expected)
    if (expected.contacts) expect(outcome.contacts).toEqual(expected.contacts)
  })
}

conform('google/lead-test-button.body.json', 'the test button is a test', { connector: 'google-ads', secret: 'testkey' },
  () => ({ body: read('google/lead-test-button.body.json') }), { status: 200, answer: '{}', verdict: 'test', contacts: [] })
conform('meta/verify-get.json', 'the challenge comes back bare', { connector: 'meta', secret: 'app-secret-0123456789', keys: { verify_token: 'leadAdsRockPlayer' } },
  () => ({ method: 'GET', query: Object.fromEntries(parse<{ query: { key: string; value: string }[] }>('meta/verify-get.json').query.map(({ key, value }) => [key, value])) }), { status: 200, answer: '1158201444' })
conform('meta/leadgen-notification.body.json', 'is fetched, with the ids of the answer',
  () => ({ connector: 'meta', secret: 'app-secret-0123456789', keys: { access_token: meta.token, api_base: meta.base } }),
  async () => {
    meta.leads.set('233370042045345', aMetaLead('233370042045345'))
    const body = read('meta/leadgen-notification.body.json')
    return { body, headers: { 'X-Hub-Signature-256': await sign('app-secret-0123456789', body) } }
  },
  { status: 200, verdict: 'processed', external: { lead_id: '233370042045345', campaign_id: '23851234567890123', ad_id: '23851234567890125' }, contacts: ['p233370042045345@acme-233370042045345.de'] })
conform('linkedin/challenge.json', 'the challenge is answered with its HMAC', { connector: 'linkedin', secret: 'example-client-secret' },
  () => ({ method: 'GET', query: parse<{ request: { query: Record<string, string> } }>('linkedin/challenge.json').request.query }),
  { status: 200, answer: '{"challengeCode":"890e4665-4dfe-4ab1-b689-ed553bceeed0","challengeResponse":"ac5f5ebec250543618c192df328c98bb121cf6b7ec43c98a553cf318fc81dec6"}' })
conform('linkedin/lead-action.json', 'is fetched, under its recorded signature',
  () => ({ connector: 'linkedin', secret: 'example-client-secret', keys: { access_token: linkedin.token, api_base: linkedin.base } }),
  () => {
    linkedin.responses.set('00000000-1111-2222-3333-444444444444-5', parse('linkedin/lead-response-get.json'))
    linkedin.forms.set('3162', aLinkedinForm)
    const { rawBody, headers } = parse<{ rawBody: string; headers: Record<string, string> }>('linkedin/lead-action.json')
    return { body: rawBody, headers }
  },
  { status: 200, verdict: 'processed', external: { campaign_id: '700000001', creative_id: '600000001' }, contacts: ['ana@example.com'] })
conform('tiktok/lead-push.body.json', 'is read with its seven ids', { connector: 'tiktok' }, () => ({ body: read('tiktok/lead-push.body.json') }),
  { status: 200, answer: '{"code":0,"message":"OK"}', verdict: 'processed', name: 'Ana Example', external: { lead_id: '7300000000000000001', campaign_id: '1800000000000001', ad_group_id: '1800000000000002', ad_id: '1800000000000003' } })
conform('oceanengine/feiyu-push.default-mapping.body.json', 'ids beyond 2^53 stay whole', { connector: 'oceanengine', secret: 'example-feiyu-token-1' },
  () => ({ body: read('oceanengine/feiyu-push.default-mapping.body.json'), headers: { ACCESS_TOKEN: 'example-feiyu-token-1' } }),
  { status: 200, answer: '{"code":0,"message":"success"}', verdict: 'processed', name: '测试用户', external: { lead_id: '7300000000000000123' }, contacts: ['+8613800000000'] })
conform('oceanengine/feiyu-push.preview-test.body.json', 'a preview is a test', { connector: 'oceanengine', secret: 'example-feiyu-token-1' },
  () => ({ body: read('oceanengine/feiyu-push.preview-test.body.json'), headers: { ACCESS_TOKEN: 'example-feiyu-token-1' } }), { status: 200, verdict: 'test', contacts: [] })
conform('oceanengine/spi-verify-webhook.json', 'the subscription check is answered', { connector: 'oceanengine', secret: 'example-feiyu-token-1' },
  () => ({ body: JSON.stringify(parse<{ request: object }>('oceanengine/spi-verify-webhook.json').request) }), { status: 200, answer: '{"BaseResp":{"StatusCode":0,"StatusMessage":"ok"},"challenge":12345}' })
conform('tencent/leads-push.body.json', 'is read with its click id', { connector: 'tencent-ads' }, () => ({ body: read('tencent/leads-push.body.json') }),
  { status: 200, answer: '{"code":0,"message":"success"}', verdict: 'processed', name: '测试用户', external: { lead_id: '7000000001', campaign_id: '300001', ad_id: '300003' }, clickIds: { click_id: 'wx0exampleclickid' }, contacts: ['+8613800000002'] })
conform('baidu/clue-push.camel.body.json', 'without a token where that is allowed', { connector: 'baidu', keys: { allow_without_token: 'true' } }, () => ({ body: read('baidu/clue-push.camel.body.json') }),
  { status: 200, answer: '{"code":0,"message":"success"}', verdict: 'processed', name: '测试用户', external: { lead_id: '90000000001', page_id: '80001' }, clickIds: { bd_vid: 'EXAMPLEBDVID' }, contacts: ['+8613800000003', '+8613800000004'] })
conform('xiaohongshu/form-push.json', 'under its recorded signature', { connector: 'xiaohongshu', secret: 'example-token', keys: { require_signature: 'true' } },
  () => {
    const { rawBody, headers } = parse<{ rawBody: string; headers: Record<string, string> }>('xiaohongshu/form-push.json')
    return { body: rawBody, headers }
  },
  { status: 200, verdict: 'processed', name: '测试用户', external: { lead_id: 'xhs-lead-0001', campaign_id: '50001' }, contacts: ['+8613800000005'] })

type WecomVector = { token: string; encodingAESKey: string; receiveId: string; query: Record<string, string>; bodyXml: string }
const wecomKeys = { connector: 'wecom', secret: 'QDG6eK', keys: { corp_id: 'wx5823bf96d3bd56c7', encoding_aes_key: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', contact_secret: 'contact-secret' } } as const
const vector = (index: number) => parse<{ vectors: WecomVector[] }>('wecom/vectors.json').vectors[index] as WecomVector
conform('wecom/vectors.json', 'the vendor’s address check is opened', wecomKeys, () => ({ method: 'GET', query: vector(0).query }), { status: 200, answer: '1616140317555161061' })
conform('wecom/vectors.json', 'the vendor’s message is taken; a text is no contact', wecomKeys, () => ({ body: vector(1).bodyXml, query: vector(1).query }), { status: 200, answer: 'success', verdict: 'processed', contacts: [] })
conform('wecom/add_external_contact.plain.xml', 'sealed by the vendor’s package, waits for its contact', wecomKeys,
  () => {
    const sealed = encrypt(wecomKeys.keys.encoding_aes_key, read('wecom/add_external_contact.plain.xml'), wecomKeys.keys.corp_id)
    return { body: `<xml><ToUserName><![CDATA[toUser]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`, query: { msg_signature: getSignature('QDG6eK', '1403610513', 'n', sealed), timestamp: '1403610513', nonce: 'n' } }
  },
  { status: 200, answer: 'success', verdict: 'stored' })
conform('zoom/endpoint.url_validation.json', 'the address check is answered with its HMAC', { connector: 'zoom', secret: 'example-secret-token' },
  () => {
    const { raw, headers } = zoomMessage(parse<{ requestBody: object }>('zoom/endpoint.url_validation.json').requestBody, NOW, 'example-secret-token')
    return { body: raw, headers }
  },
  { status: 200, answer: '{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"d6524a16d1abf22b3d0b2b9d9a57d933752fb3d8f40ee5e7a406fcc5a8e5cb34"}' })
for (const [file, expected] of [
  ['zoom/webinar.registration_created.body.json', { status: 200, verdict: 'processed', contacts: ['ana@example.com'] }],
  ['zoom/webinar.participant_joined.body.json', { status: 200, verdict: 'processed' }],
] as const) {
  conform(file, 'is taken', { connector: 'zoom', secret: 'example-secret-token' },
    () => {
      const { raw, headers } = zoomMessage(read(file), NOW, 'example-secret-token')
      return { body: raw, headers }
    },
    { ...expected, contacts: 'contacts' in expected ? [...expected.contacts] : [] })
}
conform('signature-vectors.json', 'the vector of Standard Webhooks is verified; nobody is named in it', { connector: 'standard', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  () => {
    const [first] = parse<{ vectors: { rawBody: string; headers: Record<string, string> }[] }>('signature-vectors.json').vectors
    return { body: first?.rawBody ?? '', headers: first?.headers ?? {} }
  },
  { status: 200, verdict: 'unreadable' }, new Date(1_614_265_330_000))
conform('signature-vectors.json', 'a lead signed by the public library', { connector: 'standard', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  () => {
    const body = '{"data":{"external_id":12345678901234567890,"full_name":"王芳","mobile":"138 0013 8000","campaign_id":9007199254740993,"gclid":"Cj0K"}}'
    return { body, headers: { 'webhook-id': 'm1', 'webhook-timestamp': String(NOW.getTime() / 1000), 'webhook-signature': new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').sign('m1', NOW, body) } }
  },
  { status: 200, verdict: 'processed', name: '王芳', external: { campaign_id: '9007199254740993' }, clickIds: { gclid: 'Cj0K' }, contacts: ['+8613800138000'] })
