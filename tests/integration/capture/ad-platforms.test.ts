import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createSource, receiveDelivery, receiptState, sendTest, type NewSource } from '~/domain/capture'
import type { CreateSource } from '~/domain/capture/contract'
import { isRefusal } from '~/domain/kernel'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import type * as z from 'zod'
import { countIn, processAll, rowsIn } from './a-source'

type Name = z.input<typeof CreateSource>['connector']
const text = (path: string) => readFileSync(new URL(`../../fixtures/webhooks/${path}`, import.meta.url), 'utf8')
const json = (path: string) => JSON.parse(text(path)) as Record<string, unknown>
// The samples were made in 2025 and 2026: the clock stands after them.
const NOW = new Date('2026-09-02T04:00:00Z')

async function aSource(org: TestOrganisation, connector: Name, more: Partial<z.input<typeof CreateSource>> = {}) {
  const source = await createSource(org.system, { connector, name: connector, channel: 'Ads', ...more })
  return { ...source, post: (body: string | object, headers: Record<string, string> = {}) => send(connector, source, body, headers) }
}
const send = (connector: Name, { sourceKey }: NewSource, body: string | object, headers: Record<string, string>) => receiveDelivery({
  connector, sourceKey, raw: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), headers: { 'content-type': 'application/json', ...headers }, query: new URLSearchParams(), requestId: 'test', now: NOW,
})
const verdicts = async (org: TestOrganisation) => (await processAll(org, { ...org.system, now: NOW })).map(({ verdict }) => verdict)
const details = async (org: TestOrganisation) => rowsIn<{ external: Record<string, string>; click_ids: Record<string, string>; answers: object[] }>(org, 'inquiry_details')

describe('a recorded message of each platform', () => {
  it('TikTok: one lead, though it comes three times and again with another request id', async () => {
    const org = await anOrganisation()
    const source = await aSource(org, 'tiktok')
    expect(source.secret).toBeNull()
    const replies = [await source.post(text('tiktok/lead-push.body.json')), await source.post(text('tiktok/lead-push.body.json')), await source.post({ ...json('tiktok/lead-push.body.json'), request_id: 'again' })]
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await verdicts(org)).toEqual(['processed', 'duplicate', 'processed'])
    expect(await countIn(org, 'inquiries', 'leads', 'campaigns')).toEqual({ inquiries: 1, leads: 1, campaigns: 1 })
    expect((await details(org))[0]?.external).toMatchObject({ lead_id: '7300000000000000001', campaign_id: '1800000000000001', ad_id: '1800000000000003' })
  })

  it('Ocean Engine: a lead under its token, a preview as a test, the configured answer', async () => {
    const org = await anOrganisation()
    const source = await aSource(org, 'oceanengine', { keys: { reply_code_key: 'status', reply_code: '200' } })
    const token = source.secret ?? ''
    const other = await aSource(await anOrganisation({ name: 'Other' }), 'oceanengine')
    const replies = [
      await source.post(text('oceanengine/feiyu-push.default-mapping.body.json'), { access_token: token, signature: 'c2ln', timestamp: '1756718399' }),
      await source.post(text('oceanengine/feiyu-push.preview-test.body.json'), { access_token: token }),
      await source.post(text('oceanengine/feiyu-push.default-mapping.body.json'), {}),
      await source.post(text('oceanengine/feiyu-push.default-mapping.body.json'), { access_token: other.secret ?? '' }),
    ]
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 401, 401])
    expect(replies[0]?.body).toBe('{"status":200,"message":"success"}')
    expect(await source.post(JSON.stringify((json('oceanengine/spi-verify-webhook.json'))['request']))).toMatchObject({ status: 200, body: '{"BaseResp":{"StatusCode":0,"StatusMessage":"ok"},"challenge":12345}' })
    expect(await verdicts(org)).toEqual(['processed', 'test', 'rejected', 'rejected'])
    expect(await countIn(org, 'inquiries', 'leads', 'deliveries', 'delivery_bodies')).toEqual({ inquiries: 1, leads: 1, deliveries: 4, delivery_bodies: 2 })
    const kept = (await rowsIn<{ headers: Record<string, string> }>(org, 'delivery_bodies')).map(({ headers }) => headers)
    expect(JSON.stringify(kept)).toContain('c2ln')
    expect(JSON.stringify(kept)).not.toContain(token)
    expect(await sendTest({ ...org.system, now: NOW }, { sourceId: source.sourceId })).toEqual({ status: 200 })
    expect((await verdicts(org)).at(-1)).toBe('test')
  })

  it('Tencent Ads: a lead without any verification, and says so by having no secret', async () => {
    const org = await anOrganisation()
    const source = await aSource(org, 'tencent-ads')
    expect([source.secret, (await source.post(text('tencent/leads-push.body.json'))).body]).toEqual([null, '{"code":0,"message":"success"}'])
    expect(await sendTest({ ...org.system, now: NOW }, { sourceId: source.sourceId })).toEqual({ status: 200 })
    expect(await verdicts(org)).toEqual(['processed', 'test'])
    expect((await details(org))[0]).toMatchObject({ external: { lead_id: '7000000001', campaign_id: '300001', ad_id: '300003' }, click_ids: { click_id: 'wx0exampleclickid' }, answers: [{ question: '公司规模', answer: '51-200人' }, {}, {}] })
    await expect(aSource(org, 'tencent-ads', { name: 'With', secret: 'anything' })).rejects.toSatisfy((error) => isRefusal(error, 'invalid'))
  })

  it('Baidu: the second message completes the first, and is no second lead', async () => {
    const org = await anOrganisation()
    const source = await aSource(org, 'baidu')
    const token = source.secret
    const first = { ...json('baidu/clue-push.camel.body.json'), token }
    const second = { token, clue_id: 90000000001, push_delay: '延迟20分钟', commit_time: '2026-09-01 09:20:00', clue_phone_number: '13800000003', plan_id: '9007199254740993', plan_name: '品牌词', unit_id: 12, creative_id: 13, keyword_id: 14, keyword: '线索管理', bd_vid: 'EXAMPLEBDVID' }
    const replies = [await source.post(json('baidu/clue-push.camel.body.json')), await source.post(first), await source.post(second), await source.post(second)]
    expect(replies.map(({ status }) => status)).toEqual([401, 200, 200, 200])
    expect(replies.slice(1).map(({ body }) => body)).toEqual(['{"code":0,"message":"success"}', '{"code":0,"message":"success"}', '{"code":0,"message":"success"}'])
    expect(await verdicts(org)).toEqual(['rejected', 'processed', 'processed', 'duplicate'])
    expect(await countIn(org, 'inquiries', 'leads', 'people', 'touches')).toEqual({ inquiries: 1, leads: 1, people: 1, touches: 1 })
    expect((await details(org))[0]).toMatchObject({ external: { lead_id: '90000000001', campaign_id: '9007199254740993', ad_group_id: '12', keyword_id: '14', keyword: '线索管理', page_id: '80001' }, click_ids: { bd_vid: 'EXAMPLEBDVID' } })
    const [inquiry] = await rowsIn<{ campaign_id: string | null }>(org, 'inquiries')
    const [campaign] = await rowsIn<{ id: string; name: string }>(org, 'campaigns')
    expect([inquiry?.campaign_id, campaign?.name]).toEqual([campaign?.id, '品牌词'])
    expect(await rowsIn(org, 'identities')).toHaveLength(2)
  })

  it('Xiaohongshu: its test succeeds, and its lead is read', async () => {
    const { rawBody, token, headers } = json('xiaohongshu/form-push.json') as { rawBody: string; token: string; headers: Record<string, string> }
    const org = await anOrganisation()
    const source = await aSource(org, 'xiaohongshu', { secret: token, keys: { require_signature: 'true' } })
    expect(await sendTest({ ...org.system, now: NOW }, { sourceId: source.sourceId })).toEqual({ status: 200 })
    const reply = await source.post(rawBody, { 'x-red-signature': headers['X-Red-Signature'] ?? '' })
    expect((await source.post(rawBody)).status).toBe(401)
    expect(await verdicts(org)).toEqual(['test', 'processed', 'rejected'])
    expect(await receiptState(reply.headers['Clew-Receipt'] ?? '')).toMatchObject({ state: 'processed', connector: 'xiaohongshu' })
    expect((await details(org))[0]?.external).toMatchObject({ lead_id: 'xhs-lead-0001', campaign_id: '50001', account_id: '40001' })
    expect((await rowsIn<{ at: string }>(org, 'inquiries')).map(({ at }) => new Date(at).toISOString())).toEqual(['2026-09-01T01:20:00.000Z'])
  })

  it('Kuaishou: has no address, and needs its token', async () => {
    const org = await anOrganisation()
    await expect(aSource(org, 'kuaishou')).rejects.toMatchObject({ code: 'invalid', fields: { 'keys.access_token': ['required'], 'keys.advertiser_id': ['required'] } })
    const source = await aSource(org, 'kuaishou', { keys: { access_token: 't', advertiser_id: '1' } })
    expect([source.hookUrl, source.secret]).toEqual([null, null])
    await expect(source.post('{}')).rejects.toMatchObject({ code: 'unknown-source' })
  })
})
