import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baidu } from '~/domain/capture/connectors/baidu/baidu'
import type { Connector, Keys, Verification } from '~/domain/capture/connectors/connector'
import { kuaishou } from '~/domain/capture/connectors/kuaishou/kuaishou'
import { oceanengine } from '~/domain/capture/connectors/oceanengine/oceanengine'
import { tencentAds } from '~/domain/capture/connectors/tencent-ads/tencent-ads'
import { tiktok } from '~/domain/capture/connectors/tiktok/tiktok'
import { xiaohongshu } from '~/domain/capture/connectors/xiaohongshu/xiaohongshu'
import type { LeadDraft } from '~/domain/capture/lead-draft'
import { keysOf, mapBody, pushTo } from '~tests/support/connectors'

const NOW = new Date('2026-09-01T01:30:00Z')
const fixture = (path: string) => readFileSync(new URL(`../../fixtures/webhooks/${path}`, import.meta.url))
const objectOf = (path: string) => JSON.parse(fixture(path).toString()) as Record<string, unknown>
const verify = (connector: Connector, raw: Uint8Array | string, headers: Record<string, string>, keys: Keys, now = NOW): Verification =>
  pushTo(connector).verify({ raw: typeof raw === 'string' ? Buffer.from(raw) : raw, headers, query: new URLSearchParams() }, keys, now)
const verdictOf = (verification: Verification) => (verification.ok ? 'kept' : verification.why)
const leadOf = (connector: Connector, body: Parameters<typeof mapBody>[1]): LeadDraft => {
  const mapped = mapBody(connector, body)
  if (!('leads' in mapped) || !mapped.leads[0]) throw new Error(JSON.stringify(mapped))
  return mapped.leads[0]
}
const replyOf = (connector: Connector, keys = keysOf()) => pushTo(connector).reply({ kind: 'stored', receipt: 'rcp_x' }, keys)
const sampleOf = (connector: Connector, keys: Keys) => {
  const sample = pushTo(connector).sample?.(keys, 'test-1', NOW)
  if (!sample) throw new Error('no sample')
  return sample
}

describe('TikTok', () => {
  const raw = fixture('tiktok/lead-push.body.json')
  const header = (secret: string, seconds = NOW.getTime() / 1000, body: Uint8Array = raw) =>
    ({ 'tiktok-signature': `t=${seconds},s=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}` })

  it('reads one lead per entry, ids digit for digit', () => {
    expect(leadOf(tiktok, raw)).toMatchObject({
      externalId: '7300000000000000001', at: new Date(1_756_718_399_000), fullName: 'Ana Example', emails: ['ana@example.com'], phones: ['+15550100'], campaign: 'Autumn',
      external: { lead_id: '7300000000000000001', account_id: '7100000000000000001', page_id: '7200000000000000001', form_id: '7200000000000000001', campaign_id: '1800000000000001', ad_group_id: '1800000000000002', ad_id: '1800000000000003' },
      answers: [],
    })
    const two = mapBody(tiktok, '{"object":1,"entry":[{"id":7300000000000000001,"changes":[]},{"id":7300000000000000002,"changes":[{"field":"budget","value":"10k"}]},{}]}')
    expect('leads' in two && two.leads.map(({ externalId, answers }) => [externalId, answers])).toEqual([
      ['7300000000000000001', []], ['7300000000000000002', [{ question: 'budget', answer: '10k' }]],
    ])
  })

  it('lets what is not a lead be', () => {
    expect(mapBody(tiktok, { object: 2, entry: [{ id: '1' }] })).toEqual({ leads: [], ignored: 'not-a-lead' })
    expect(mapBody(tiktok, { object: 1, entry: [] })).toEqual({ issues: [{ path: 'entry', code: 'nobody-named' }] })
    expect(mapBody(tiktok, {})).toEqual({ issues: [{ path: 'object', code: 'required' }] })
  })

  it.each([
    ['valid', header('s3cret-of-app'), {}, 'kept'],
    ['former secret during rotation', header('former-one'), {}, 'kept'],
    ['wrong secret', header('another-app'), {}, 'signature-wrong'],
    ['missing', {}, {}, 'kept'],
    ['missing, but required', {}, { require_signature: true }, 'signature-missing'],
    ['truncated', { 'tiktok-signature': (header('s3cret-of-app')['tiktok-signature']).slice(0, -1) }, {}, 'signature-wrong'],
    ['body written anew', header('s3cret-of-app', undefined, Buffer.from(JSON.stringify(objectOf('tiktok/lead-push.body.json')))), {}, 'signature-wrong'],
    ['301 s ahead', header('s3cret-of-app', NOW.getTime() / 1000 + 301), {}, 'timestamp-outside-tolerance'],
    ['301 s old, as a retry may be', header('s3cret-of-app', NOW.getTime() / 1000 - 301), {}, 'kept'],
    ['older than TikTok tries again', header('s3cret-of-app', NOW.getTime() / 1000 - 73 * 3600), {}, 'timestamp-outside-tolerance'],
  ])('verifies what is signed: %s', (_name, headers, settings, expected) => {
    expect(verdictOf(verify(tiktok, raw, headers, keysOf(['s3cret-of-app', 'former-one'], { settings })))).toBe(expected)
  })

  it('needs no secret, and then verifies nothing unless that is required', () => {
    expect(verdictOf(verify(tiktok, raw, header('whatever-it-is'), keysOf()))).toBe('kept')
    expect(verdictOf(verify(tiktok, raw, header('whatever-it-is'), keysOf([], { settings: { require_signature: true } })))).toBe('no-key-configured')
    expect(replyOf(tiktok)).toMatchObject({ status: 200 })
  })
})

describe('Ocean Engine', () => {
  const raw = fixture('oceanengine/feiyu-push.default-mapping.body.json')

  it('reads the default names', () => {
    const lead = leadOf(oceanengine, raw)
    expect(lead).toMatchObject({
      externalId: '7300000000000000123', at: new Date(1_756_718_399_000), fullName: '测试用户', phones: ['13800000000'], emails: [], wechat: null, region: '浙江', city: '杭州', campaign: '秋季-单元1',
      landingPage: 'https://example.com/lp', clickIds: { req_id: '202609010930001234' },
      external: { lead_id: '7300000000000000123', account_id: '1700000000000001', campaign_id: '7310000000000000001', promotion_id: '7310000000000000001', creative_id: '7320000000000000001', site_id: '7330000000000000001', module_id: '1' },
    })
    expect(lead.answers).toEqual([
      { question: '公司规模', answer: '51-200人' }, { question: '线索来源', answer: '正常投放' }, { question: '组件类型', answer: '表单提交' }, { question: '流量类型', answer: '广告流量' },
      { question: '性别', answer: '女' }, { question: '流量来源', answer: '抖音' }, { question: '年龄', answer: '30' },
    ])
  })

  it('reads the names of the list', () => {
    expect(leadOf(oceanengine, '{"clue_id":7300000000000000123,"telephone":"13800000000","create_time":"2026-09-01","create_time_detail":"2026-09-01 09:20:00","country_name":"西湖区","clue_source":1}')).toMatchObject({
      externalId: '7300000000000000123', phones: ['13800000000'], at: new Date('2026-09-01T01:20:00Z'), answers: [{ question: '线索来源', answer: '正常投放' }],
    })
  })

  it('reads renamed fields where their names say enough, and keeps the others as answers', () => {
    expect(leadOf(oceanengine, { id: '1', customer_name: '王芳', contact: { phone: '13800138000', colour: '蓝' }, 预算: 5 })).toMatchObject({
      fullName: '王芳', phones: ['13800138000'], answers: [{ question: 'contact.colour', answer: '蓝' }, { question: '预算', answer: '5' }],
    })
  })

  it('knows a preview', () => {
    expect(mapBody(oceanengine, fixture('oceanengine/feiyu-push.preview-test.body.json'))).toEqual({ test: true })
    expect(mapBody(oceanengine, { id: '1', clue_source: 4 })).toEqual({ test: true })
    expect(mapBody(oceanengine, { id: '1', convert_status: '广告预览' })).toEqual({ test: true })
    const sample = sampleOf(oceanengine, keysOf('token-1'))
    expect([verdictOf(verify(oceanengine, sample.raw, sample.headers, keysOf('token-1'))), mapBody(oceanengine, sample.raw)]).toEqual(['kept', { test: true }])
  })

  it.each([
    ['valid', { access_token: 'token-1' }, 'kept'],
    ['former one during rotation', { access_token: 'token-0' }, 'kept'],
    ['written with a hyphen', { 'access-token': 'token-1' }, 'kept'],
    ['wrong', { access_token: 'token-2' }, 'key-wrong'],
    ['truncated', { access_token: 'token-' }, 'key-wrong'],
    ['missing', {}, 'key-missing'],
    ['a signature alone', { signature: 'bm90IHZlcmlmaWVk', timestamp: '1756718399' }, 'key-missing'],
  ])('compares the token: %s', (_name, headers, expected) => {
    expect(verdictOf(verify(oceanengine, raw, headers, keysOf(['token-1', 'token-0'])))).toBe(expected)
  })

  it('refuses without a token of its own', () => {
    expect(verdictOf(verify(oceanengine, raw, { access_token: 'x' }, keysOf()))).toBe('no-key-configured')
    expect(verdictOf(verify(oceanengine, raw, { access_token: '' }, keysOf(['']))), ).toBe('key-missing')
  })

  it('answers as the push rule was set up', () => {
    expect(JSON.parse(replyOf(oceanengine).body)).toEqual({ code: 0, message: 'success' })
    const settings = { reply_code_key: 'status', reply_message_key: 'msg', reply_code: 'OK', reply_message: '成功' }
    expect(JSON.parse(replyOf(oceanengine, keysOf([], { settings })).body)).toEqual({ status: 'OK', msg: '成功' })
    const rule = objectOf('oceanengine/feiyu-push-rule.json')['respSetting'] as { codeKey: string; msgKey: string }
    expect(Object.keys(JSON.parse(replyOf(oceanengine).body) as object)).toEqual([rule.codeKey, rule.msgKey])
  })

  it('answers the question of a subscription, digit for digit, and keeps nothing of it', () => {
    const { request, response } = objectOf('oceanengine/spi-verify-webhook.json') as { request: object; response: object }
    const asked = verify(oceanengine, JSON.stringify(request), {}, keysOf('token-1'))
    expect('handshake' in asked && JSON.parse(asked.handshake.body)).toEqual(response)
    const long = verify(oceanengine, '{"event":"verify_webhook","challenge":12345678901234567890}', {}, keysOf('token-1'))
    expect('handshake' in long && long.handshake.body).toBe('{"BaseResp":{"StatusCode":0,"StatusMessage":"ok"},"challenge":12345678901234567890}')
    const douyin = verify(oceanengine, JSON.stringify({ event: 'verify_webhook', client_key: 'k', content: '{"challenge":777}' }), {}, keysOf('token-1'))
    expect('handshake' in douyin && douyin.handshake.body).toBe('{"challenge":777}')
    expect(verdictOf(verify(oceanengine, '{"event":"verify_webhook"}', {}, keysOf('token-1')))).toBe('key-missing')
  })

  it('verifies what Douyin signs', () => {
    const body = '{"event":"im_receive_msg","content":"{}"}'
    // printf '%s' 'dy-secret{"event":"im_receive_msg","content":"{}"}' | sha1sum
    const signature = 'bba9640b1e66831994d910755bb56f3eb96cc946'
    expect(verdictOf(verify(oceanengine, body, { 'x-douyin-signature': signature }, keysOf('token-1', { keys: { douyin_secret: 'dy-secret' } })))).toBe('kept')
    expect(verdictOf(verify(oceanengine, `${body} `, { 'x-douyin-signature': signature }, keysOf('token-1', { keys: { douyin_secret: 'dy-secret' } })))).toBe('signature-wrong')
    expect(verdictOf(verify(oceanengine, body, { 'x-douyin-signature': signature }, keysOf('token-1')))).toBe('no-key-configured')
  })
})

describe('Tencent Ads', () => {
  const body = objectOf('tencent/leads-push.body.json')

  it('reads the names of the push', () => {
    expect(leadOf(tencentAds, fixture('tencent/leads-push.body.json'))).toMatchObject({
      externalId: '7000000001', at: new Date('2026-09-01T01:19:58Z'), fullName: '测试用户', phones: ['13800000002'], region: '浙江省', city: '杭州市', campaign: '秋季推广', landingPage: 'https://example.com/p',
      clickIds: { click_id: 'wx0exampleclickid' },
      external: { lead_id: '7000000001', account_id: '20000001', campaign_id: '300001', ad_group_id: '300002', ad_id: '300003', creative_id: '300004', page_id: '400001' },
      answers: [{ question: '公司规模', answer: '51-200人' }, { question: '线索类型', answer: 'LEADS_TYPE_FORM' }, { question: '号码归属地', answer: '浙江杭州' }],
    })
  })

  it('reads the names of the list, whose ids are longer than a number can hold', () => {
    expect(leadOf(tencentAds, '{"leads_id":90071992547409931,"leads_telephone":"13800000002","adgroup_id":90071992547409933,"adgroup_name":"组1","dynamic_creative_id":5,"leads_create_time":"2026-09-01 09:20:00","bundle":"not json","leads_area":"上海市"}')).toMatchObject({
      externalId: '90071992547409931', phones: ['13800000002'], at: new Date('2026-09-01T01:20:00Z'), campaign: '组1', region: '上海市', city: null,
      external: { campaign_id: '90071992547409933', ad_group_id: '90071992547409933', creative_id: '5' }, answers: [{ question: 'bundle', answer: 'not json' }],
    })
  })

  it('puts questions everybody asks where they belong', () => {
    expect(leadOf(tencentAds, { leads_id: 1, bundle: JSON.stringify({ '公司名称（必填）': '杭州线索科技有限公司', 您的邮箱: 'a@b.cn', 邮箱: 'fang@acme.cn', 职位: '采购经理' }) })).toMatchObject({
      company: '杭州线索科技有限公司', emails: ['fang@acme.cn'], title: '采购经理', answers: [{ question: '您的邮箱', answer: 'a@b.cn' }],
    })
  })

  it('verifies nothing, says so, and knows a preview', () => {
    expect(verdictOf(verify(tencentAds, '{}', {}, keysOf()))).toBe('kept')
    expect(tencentAds.standing).not.toBe('vendor')
    expect([pushTo(tencentAds).newSecret, pushTo(tencentAds).mayLackSecret]).toEqual([null, 'always'])
    expect(mapBody(tencentAds, { ...body, leads_source: 'AD_PREVIEW' })).toEqual({ test: true })
    expect(mapBody(tencentAds, sampleOf(tencentAds, keysOf()).raw)).toEqual({ test: true })
    expect(mapBody(tencentAds, {})).toEqual({ issues: [{ path: 'leads_id', code: 'required' }] })
    expect(JSON.parse(replyOf(tencentAds).body)).toEqual({ code: 0, message: 'success' })
  })
})

describe('Baidu', () => {
  const camel = objectOf('baidu/clue-push.camel.body.json')

  it('reads the one spelling', () => {
    expect(leadOf(baidu, camel)).toMatchObject({
      externalId: '90000000001', at: new Date('2026-09-01T01:20:00Z'), fullName: '测试用户', phones: ['13800000003', '13800000004'], region: '浙江', city: '杭州', clickIds: { bd_vid: 'EXAMPLEBDVID' },
      landingPage: 'https://example.com/lp?bd_vid=EXAMPLEBDVID', external: { lead_id: '90000000001', account_id: '30000001', page_id: '80001' },
      answers: [{ question: '公司规模', answer: '51-200人' }, { question: '线索类型', answer: '表单' }, { question: '流量渠道', answer: '搜索' }, { question: 'IP', answer: '192.0.2.10' }],
    })
  })

  it('reads the other spelling, which comes later and knows the plan', () => {
    expect(leadOf(baidu, '{"clue_id":90000000001,"token":"t","uc_name":"示例","push_delay":"延迟20分钟","form_detail":"[{\\"type\\":\\"phone\\",\\"name\\":\\"您的手机\\",\\"value\\":\\"13800000003\\"}]","plan_id":9007199254740993,"plan_name":"品牌词","unit_id":12,"creative_id":13,"keyword_id":14,"keyword":"线索管理","search_word":"线索管理软件","area_province":"浙江","bd_vid":"V"}')).toMatchObject({
      externalId: '90000000001', phones: ['13800000003'], campaign: '品牌词', region: '浙江', clickIds: { bd_vid: 'V' },
      external: { campaign_id: '9007199254740993', ad_group_id: '12', creative_id: '13', keyword_id: '14', keyword: '线索管理' },
    })
  })

  it.each([
    ['valid', { ...camel, token: 'token-1' }, {}, 'kept'],
    ['former one during rotation', { ...camel, token: 'token-0' }, {}, 'kept'],
    ['wrong', { ...camel, token: 'token-2' }, {}, 'key-wrong'],
    ['truncated', { ...camel, token: 'token' }, {}, 'key-wrong'],
    ['empty', { ...camel, token: '' }, {}, 'key-missing'],
    ['missing', camel, {}, 'key-missing'],
    ['missing, and allowed', camel, { allow_without_token: true }, 'kept'],
    ['wrong, though missing is allowed', { ...camel, token: 'token-2' }, { allow_without_token: true }, 'key-wrong'],
  ])('compares the token in the body: %s', (_name, sent, settings, expected) => {
    expect(verdictOf(verify(baidu, JSON.stringify(sent), {}, keysOf(['token-1', 'token-0'], { settings })))).toBe(expected)
  })

  it('answers as Baidu wants', () => {
    expect(replyOf(baidu)).toMatchObject({ status: 200, body: '{"code":0,"message":"success"}' })
    expect(verdictOf(verify(baidu, 'hello', {}, keysOf('token-1')))).toBe('body-unreadable')
    expect(pushTo(baidu).sample).toBeNull()
  })
})

describe('Xiaohongshu', () => {
  const { rawBody, token, headers } = objectOf('xiaohongshu/form-push.json') as { rawBody: string; token: string; headers: Record<string, string> }
  const signature = headers['X-Red-Signature'] ?? ''

  it('reads answers by their labels', () => {
    expect(leadOf(xiaohongshu, rawBody)).toMatchObject({
      externalId: 'xhs-lead-0001', at: new Date('2026-09-01T01:20:00Z'), fullName: '测试用户', phones: ['13800000005'], campaign: '秋季', landingPage: 'https://example.com/lp', answers: [],
      external: { lead_id: 'xhs-lead-0001', account_id: '40001', campaign_id: '50001', ad_group_id: '50002', creative_id: '50003', page_id: '60001' },
    })
  })

  it('takes the message by which the address is tested', () => {
    for (const body of ['{}', '{"source":"test","timestamp":1756718400000,"data":{}}', '{"data":null}', '{"data":{"data":[]}}']) expect(mapBody(xiaohongshu, body)).toEqual({ test: true })
    const sample = sampleOf(xiaohongshu, keysOf(token))
    expect([verdictOf(verify(xiaohongshu, sample.raw, sample.headers, keysOf(token))), mapBody(xiaohongshu, sample.raw)]).toEqual(['kept', { test: true }])
    expect(replyOf(xiaohongshu).status).toBe(200)
  })

  it.each([
    ['valid', rawBody, signature, {}, 'kept'],
    ['upper case', rawBody, signature.toUpperCase().replace('SHA1', 'sha1'), {}, 'kept'],
    ['wrong', rawBody, `sha1=${'0'.repeat(40)}`, {}, 'signature-wrong'],
    ['truncated', rawBody, signature.slice(0, -1), {}, 'signature-wrong'],
    ['body written anew', JSON.stringify(JSON.parse(rawBody), null, 1), signature, {}, 'signature-wrong'],
    ['missing', rawBody, '', {}, 'kept'],
    ['missing, but required', rawBody, '', { require_signature: true }, 'signature-missing'],
  ])('verifies what is signed: %s', (_name, body, header, settings, expected) => {
    expect(verdictOf(verify(xiaohongshu, body, header === '' ? {} : { 'x-red-signature': header }, keysOf([token, 'another'], { settings })))).toBe(expected)
    if (header !== '' && expected === 'kept') expect(verdictOf(verify(xiaohongshu, body, { 'x-red-signature': header }, keysOf('another-tenants', { settings })))).toBe('signature-wrong')
  })
})

describe('Kuaishou', () => {
  it('reads an entry of the list', () => {
    expect(leadOf(kuaishou, `{"id":197451604008536386,"user_name":"旧表单","phone":"15584418917","account_id":20006545,"source_type":1,"page_id":153644601223348224,"page_name":"页",
      "source_url":"https://ad-lp.example.com/p?utm_source=ks","create_time":"2021-03-07 16:10:49","biz_id":1003,"clue_source":{"callback":"10098","dsp_campaign_id":153644601223348225,"dsp_unit_id":0,"dsp_creative_id":7},
      "form":{"id":145284513928645901,"name":"表单"},"details":[{"key":"姓名","value":"旧表单","comp_type":"姓名"},{"key":"怎么联系您","value":"15584418918","comp_type":"电话"},{"key":"车型","value":"[\\"宝马2系\\",\\"河南\\"]","comp_type":"级联单选"}]}`)).toMatchObject({
      externalId: '197451604008536386', at: new Date('2021-03-07T08:10:49Z'), fullName: '旧表单', phones: ['15584418917', '15584418918'], clickIds: { callback: '10098' }, utm: { utm_source: 'ks' },
      external: { lead_id: '197451604008536386', account_id: '20006545', page_id: '153644601223348224', form_id: '145284513928645901', campaign_id: '153644601223348225', ad_id: '7' },
      answers: [{ question: '车型', answer: '宝马2系, 河南' }, { question: '线索类型', answer: '表单' }, { question: '业务来源', answer: '建站' }],
    })
    expect(kuaishou.push).toBeUndefined()
    expect(kuaishou.pulls).toBe(true)
  })
})

describe('mutated messages', () => {
  const samples: [string, Connector, string, string][] = [
    ['TikTok', tiktok, 'tiktok/lead-push.body.json', '7300000000000000001'], ['Ocean Engine', oceanengine, 'oceanengine/feiyu-push.default-mapping.body.json', '7300000000000000123'],
    ['Tencent Ads', tencentAds, 'tencent/leads-push.body.json', '7000000001'], ['Baidu', baidu, 'baidu/clue-push.camel.body.json', '90000000001'],
  ]
  const strange = fc.constantFrom<unknown>('\u0000', '\ud800', '9'.repeat(400), -0, 1e308, null, true, [], {}, [[[{}]]], '0000-01-01', 'http://[', { __proto__: 1, length: -1 }, [{ value: { a: 1 } }], 'x'.repeat(10_000))

  it.each(samples)('of %s lose no valid lead, and never throw', (_name, connector, path, id) => {
    const sample = objectOf(path)
    const keys = Object.keys(sample).filter((key) => !['id', 'leads_id', 'clueId', 'object', 'entry', 'clue_source', 'convert_status', 'clue_convert_status', 'leads_come_from'].includes(key))
    fc.assert(fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), strange, { maxKeys: 8 }), fc.subarray(keys), (changed, dropped) => {
      const body = Object.fromEntries(Object.entries({ ...sample, ...Object.fromEntries(Object.entries(changed).filter(([key]) => keys.includes(key) || !(key in sample))) }).filter(([key]) => !dropped.includes(key)))
      const mapped = mapBody(connector, body)
      expect('leads' in mapped && mapped.leads[0]?.externalId).toBe(id)
      expect(JSON.stringify(mapped)).not.toMatch(/\\u0000|\\ud800/)
    }), { numRuns: 2_000 })
  })
})
