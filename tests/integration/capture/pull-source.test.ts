import { describe, expect, it } from 'vitest'
import { createSource, pullSource, receiveDelivery, sourcePull } from '~/domain/capture'
import type { Listed } from '~/domain/capture/connectors/connector'
import { tencentAds } from '~/domain/capture/connectors/tencent-ads/tencent-ads'
import { systemContext } from '~/domain/kernel'
import type { Id } from '~/lib/ids'
import { asVerb, standingCases } from '~tests/support/standing-cases'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { fakeBaidu } from '~tests/support/platforms/baidu'
import type { FakeLead } from '~tests/support/platforms/fake-lists'
import { fakeKuaishou } from '~tests/support/platforms/kuaishou'
import { fakeOceanengine } from '~tests/support/platforms/oceanengine'
import { fakeTencentAds } from '~tests/support/platforms/tencent-ads'
import { countIn, processAll, rowsIn } from './a-source'

const kuaishou = fakeKuaishou()
const oceanengine = fakeOceanengine()
const tencent = fakeTencentAds()
const baidu = fakeBaidu()

const MINUTE = 60_000
const at = (minutes: number) => new Date(NOON.getTime() + minutes * MINUTE)
const leads = (from: number, count: number, first: Date): FakeLead[] => Array.from({ length: count }, (_, i) => ({
  id: String(9_007_199_254_740_993_000n + BigInt(from + i)), at: new Date(first.getTime() + i * 1000), name: `客户${from + i}`, phone: `139${String(10_000_000 + from + i)}`,
}))
const pullAt = (org: TestOrganisation, sourceId: Id<'src'>, now: Date) => pullSource(systemContext(org.orgId, 'pull', now), { sourceId })
const aKuaishouSource = (org: TestOrganisation) => createSource(org.system, {
  connector: 'kuaishou', name: 'Kuaishou', channel: '快手', keys: { access_token: kuaishou.token, advertiser_id: '20006545', api_base: kuaishou.address },
})

describe('pulling', () => {
  it('finds every lead, page by page, once, its ids digit for digit', async () => {
    const org = await anOrganisation()
    const { sourceId, hookUrl } = await aKuaishouSource(org)
    expect(hookUrl).toBeNull()
    kuaishou.leads = leads(0, 250, at(1))
    expect(await pullAt(org, sourceId, at(10))).toEqual({ state: 'done', seen: 250, stored: 250, problem: null })
    expect(kuaishou.asked.splice(0).map(({ body }) => body['page'])).toEqual([1, 2, 3])
    expect(await pullAt(org, sourceId, at(11))).toMatchObject({ state: 'not-due' })
    kuaishou.leads.push(...leads(250, 1, at(12)))
    expect(await pullAt(org, sourceId, at(14))).toEqual({ state: 'done', seen: 251, stored: 1, problem: null })
    expect(await countIn(org, 'deliveries', 'delivery_keys')).toEqual({ deliveries: 251, delivery_keys: 251 })
    const [first] = await rowsIn<{ way: string; dedupe_key: string; body_bytes: number }>(org, 'deliveries')
    expect(first?.way).toBe('pull')
    expect(first?.dedupe_key).toMatch(/^pull:90071992547409932\d\d:[0-9a-f]{64}$/)
    kuaishou.asked.length = 0
  })

  it('makes of a pushed lead that is pulled later the same inquiry', async () => {
    const org = await anOrganisation()
    const { sourceId, sourceKey, secret } = await createSource(org.system, {
      connector: 'oceanengine', name: '飞鱼', channel: '抖音', keys: { access_token: oceanengine.token, advertiser_id: '1700000000000001', api_base: oceanengine.address, pull: 'true' },
    })
    oceanengine.leads = leads(0, 2, at(1))
    const pushed = { id: oceanengine.leads[0]?.id, name: '客户0', telphone: '13910000000', create_time: String(at(1).getTime() / 1000), clue_source: '1' }
    const reply = await receiveDelivery({
      connector: 'oceanengine', sourceKey, raw: Buffer.from(JSON.stringify(pushed)), headers: { access_token: secret ?? '', signature: 'kept', timestamp: '1' }, query: new URLSearchParams(), requestId: 'test', now: at(2),
    })
    expect(reply).toMatchObject({ status: 200, body: '{"code":0,"message":"success"}' })
    await pullAt(org, sourceId, at(10))
    expect((await processAll(org)).map(({ verdict }) => verdict)).toEqual(['processed', 'processed', 'processed'])
    expect(await countIn(org, 'inquiries', 'leads', 'people', 'campaigns')).toEqual({ inquiries: 2, leads: 2, people: 2, campaigns: 1 })
    const bodies = await rowsIn<{ headers: Record<string, string> }>(org, 'delivery_bodies')
    expect(bodies.map(({ headers }) => headers).filter((headers) => 'signature' in headers)).toEqual([{ signature: 'kept', timestamp: '1' }])
    expect((await rowsIn<{ external_id: string }>(org, 'inquiries')).map(({ external_id: id }) => id).sort()).toEqual(oceanengine.leads.map(({ id }) => id))
  })

  it('shows a token that expired, and does not ask every minute', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aKuaishouSource(org)
    kuaishou.leads = leads(0, 3, at(1))
    kuaishou.token = 'another'
    expect(await pullAt(org, sourceId, at(10))).toEqual({ state: 'refused', seen: 0, stored: 0, problem: 'not-permitted' })
    kuaishou.token = 'token-1'
    expect(await pullAt(org, sourceId, at(19))).toMatchObject({ state: 'not-due' })
    expect(await sourcePull(org.system, { sourceId })).toMatchObject({ isPulled: true, problem: 'not-permitted', detail: 'code-402001', problemSince: at(10), readUntil: null, nextAt: at(20) })
    expect(await pullAt(org, sourceId, at(20))).toMatchObject({ state: 'done', stored: 3 })
    expect(await sourcePull(org.system, { sourceId })).toMatchObject({ problem: null, problemSince: null, readUntil: at(20) })
  })

  it('waits out a limit and goes on where it stopped, not from the beginning', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aKuaishouSource(org)
    kuaishou.leads = leads(0, 250, at(1))
    kuaishou.asked.length = 0
    kuaishou.limitAt = 2
    expect(await pullAt(org, sourceId, at(10))).toEqual({ state: 'refused', seen: 100, stored: 100, problem: 'rate-limited' })
    expect(await pullAt(org, sourceId, at(11))).toMatchObject({ state: 'not-due' })
    expect(await pullAt(org, sourceId, at(12))).toEqual({ state: 'done', seen: 150, stored: 150, problem: null })
    expect(kuaishou.asked.map(({ body }) => body['page'])).toEqual([1, 2, 2, 3])
    kuaishou.limitAt = 0
    kuaishou.status = 503
    expect(await pullAt(org, sourceId, at(15))).toMatchObject({ problem: 'unreachable' })
    kuaishou.status = 200
    expect(await pullAt(org, sourceId, at(17))).toMatchObject({ state: 'done', stored: 0 })
  })

  it.each([
    ['tencent-ads', tencent, { account_id: '20000001' }],
    ['baidu', baidu, { user_name: '示例' }],
  ] as const)('%s is asked only where that was switched on', async (connector, platform, more) => {
    const org = await anOrganisation()
    const keys = { access_token: platform.token, api_base: platform.address, ...more }
    const off = await createSource(org.system, { connector, name: 'Off', keys })
    const on = await createSource(org.system, { connector, name: 'On', keys: { ...keys, pull: 'true' } })
    platform.leads = leads(0, 205, at(1))
    expect(await pullAt(org, off.sourceId, at(10))).toMatchObject({ state: 'not-due' })
    expect(await pullAt(org, on.sourceId, at(10))).toEqual({ state: 'done', seen: 205, stored: 205, problem: null })
    platform.token = 'another'
    expect(await pullAt(org, on.sourceId, at(20))).toMatchObject({ problem: 'not-permitted' })
    platform.token = 'token-1'
    platform.tooMany = 1
    expect(await pullSource(systemContext(org.orgId, 'pull', at(21)), { sourceId: on.sourceId, now: true })).toMatchObject({ problem: 'rate-limited' })
  })

  it('tencent-ads goes on by the last lead where pages end', async () => {
    tencent.leads = leads(0, 5_201, at(1))
    const keys = { secrets: [], keys: { access_token: tencent.token }, settings: { account_id: '20000001', api_base: tencent.address } }
    const found = new Set<string>()
    let cursor: string | null = null
    do {
      const listed: Listed | undefined = await tencentAds.list?.({ since: at(0), until: at(1_000), cursor }, keys, at(1_000))
      if (listed?.ok !== true) throw new Error(JSON.stringify(listed))
      for (const { externalId } of listed.entries) found.add(externalId)
      cursor = listed.next
    } while (cursor !== null)
    expect(found.size).toBe(5_201)
  })
})

standingCases(asVerb(pullSource, { name: 'source.claim-pull', permission: 'sources:write' }), { input: async (owner) => ({ sourceId: (await aKuaishouSource(owner)).sourceId }) })
standingCases(sourcePull, { input: async (owner) => ({ sourceId: (await aKuaishouSource(owner)).sourceId }) })
