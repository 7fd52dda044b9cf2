import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { PushConnectorName } from '~/domain/capture/vocabulary'
import { sign } from '~/domain/capture/connectors/standard/verify-standard'

/** A message on its way: the bytes, and what proves them. */
export type Post = { raw: Buffer; headers: Record<string, string>; query?: string }
export type Given = { secret: string; keys: Readonly<Record<string, string>>; now: Date; id: string }

const hmac = (algorithm: 'sha1' | 'sha256', key: string, content: string | Uint8Array) => createHmac(algorithm, key).update(content).digest('hex')
const json = { 'content-type': 'application/json' }
const seconds = (now: Date) => String(Math.floor(now.getTime() / 1000))
const sorted = (...parts: string[]) => createHash('sha1').update([...parts].sort().join('')).digest('hex')

/** How each platform proves a body, after wire-formats.md and independent of our verifiers but for Standard Webhooks. */
export const proofs: Record<PushConnectorName, (raw: Buffer, given: Given) => Post> = {
  standard: (raw, { secret, now, id }) => ({ raw, headers: { ...json, 'webhook-id': id, 'webhook-timestamp': seconds(now), 'webhook-signature': `v1,${sign(secret, id, seconds(now), raw)}` } }),
  'google-ads': (raw) => ({ raw, headers: json }),
  meta: (raw, { secret }) => ({ raw, headers: { ...json, 'x-hub-signature-256': `sha256=${hmac('sha256', secret, raw)}` } }),
  linkedin: (raw, { secret }) => ({ raw, headers: { ...json, 'x-li-signature': hmac('sha256', secret, Buffer.concat([Buffer.from('hmacsha256='), raw])) } }),
  tiktok: (raw, { secret, now }) => ({ raw, headers: { ...json, 'tiktok-signature': `t=${seconds(now)},s=${hmac('sha256', secret, Buffer.concat([Buffer.from(`${seconds(now)}.`), raw]))}` } }),
  oceanengine: (raw, { secret, now }) => ({ raw, headers: { ...json, 'access-token': secret, access_token: secret, timestamp: seconds(now) } }),
  'tencent-ads': (raw) => ({ raw, headers: json }),
  baidu: (raw) => ({ raw, headers: json }),
  xiaohongshu: (raw, { secret }) => ({ raw, headers: { ...json, 'x-red-signature': `sha1=${hmac('sha1', secret, raw)}` } }),
  wecom: (raw, { secret, keys, now, id }) => {
    const key = Buffer.from(`${keys['encoding_aes_key'] ?? ''}=`, 'base64')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(raw.byteLength)
    const plain = Buffer.concat([randomBytes(16), length, raw, Buffer.from(keys['corp_id'] ?? '')])
    const padding = 32 - (plain.byteLength % 32)
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const encrypted = Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()]).toString('base64')
    const [timestamp, nonce] = [seconds(now), createHash('sha1').update(id).digest('hex').slice(0, 10)]
    const query = new URLSearchParams({ msg_signature: sorted(secret, timestamp, nonce, encrypted), timestamp, nonce })
    return { raw: Buffer.from(`<xml><ToUserName><![CDATA[${keys['corp_id'] ?? ''}]]></ToUserName><AgentID>0</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`), headers: { 'content-type': 'text/xml' }, query: query.toString() }
  },
  zoom: (raw, { secret, now }) => ({ raw, headers: { ...json, 'x-zm-request-timestamp': seconds(now), 'x-zm-signature': `v0=${hmac('sha256', secret, Buffer.concat([Buffer.from(`v0:${seconds(now)}:`), raw]))}` } }),
  'tencent-meeting': (raw, { secret, now, id }) => {
    const data = raw.toString('base64')
    const [timestamp, nonce] = [seconds(now), createHash('sha1').update(id).digest('hex').slice(0, 10)]
    return { raw: Buffer.from(JSON.stringify({ data })), headers: { ...json, timestamp, nonce, signature: sorted(secret, timestamp, nonce, data) } }
  },
  segment: (raw, { secret }) => ({ raw, headers: { ...json, authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` } }),
}

type Said = { id: string; number: number; secret: string; now: Date }
const mobile = (number: number) => `139${String(number % 100_000_000).padStart(8, '0')}`

/** A message of one lead (or of an id to be fetched), with the fields each platform is known to send. */
export const samples: Record<PushConnectorName, (said: Said) => object | string> = {
  standard: ({ id, number, now }) => ({ type: 'lead.submitted', timestamp: now.toISOString(), data: { external_id: id, full_name: `王芳 ${id}`, mobile: mobile(number), email: `lead@m${number}.cn`, company: `线索${number}`, message: 'Please call', utm_source: 'google', gclid: `Cj0K${number}`, employees: 40 } }),
  'google-ads': ({ id, number, secret }) => ({
    lead_id: id, api_version: '1.0', form_id: 40000000000, campaign_id: 9007199254740993n.toString(), adgroup_id: 20000000000, creative_id: 30000000000, google_key: secret, gcl_id: `Cj0K${number}`,
    user_column_data: [{ column_id: 'FULL_NAME', string_value: `Jörg ${id}`, column_name: 'Full name' }, { column_id: 'EMAIL', string_value: `lead@g${number}.de` }, { column_id: 'PHONE_NUMBER', string_value: `+49151${String(number).padStart(8, '0')}` }, { column_id: 'COMPANY_NAME', string_value: `Werk ${number} GmbH` }],
  }),
  meta: ({ id, now }) => ({ object: 'page', entry: [{ id: '138124712925158', time: Math.floor(now.getTime() / 1000), changes: [{ field: 'leadgen', value: { leadgen_id: id, page_id: '138124712925158', form_id: '172036835026334', created_time: Math.floor(now.getTime() / 1000), ad_id: '23843', adgroup_id: '23844' } }] }] }),
  linkedin: ({ id, now }) => ({ type: 'LEAD_ACTION', leadGenFormResponse: `urn:li:leadGenFormResponse:${id}`, leadGenForm: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)', owner: { sponsoredAccount: 'urn:li:sponsoredAccount:522529623' }, associatedEntity: { associatedCreative: 'urn:li:sponsoredCreative:135' }, leadType: 'SPONSORED', leadAction: 'CREATED', occurredAt: now.getTime() }),
  tiktok: ({ id, number, now }) => ({ request_id: `r${id}`, object: 1, time: now.getTime(), entry: [{ id, lead_source: 'INSTANT_FORM', page_id: '7000000000000000001', page_name: 'Page', advertiser_id: '7000000000000000002', campaign_id: '1700000000000000003', campaign_name: 'C', adgroup_id: '1700000000000000004', ad_id: '1700000000000000005', create_time: Math.floor(now.getTime() / 1000), changes: [{ field: 'name', value: `Ann ${id}` }, { field: 'email', value: `lead@t${number}.com` }, { field: 'phone_number', value: `+1415${String(5550000 + (number % 10000)).padStart(7, '0')}` }] }] }),
  oceanengine: ({ id, number, now }) => ({ id, adv_id: 1600000000000001, adv_name: '广告主', ad_id: 1700000000000000011n.toString(), ad_name: '计划', promotion_id: 7300000000000000001n.toString(), cid: 1, module_id: 1, site_id: 6600000000000000001n.toString(), telphone: mobile(number), name: `张三${number}`, weixin: `wx${number}`, gender: 1, age: 30, email: '', address: '', location: '浙江省+杭州市', create_time: seconds(now), clue_source: 1, clue_type: 0, flow_type: 2, req_id: `req${number}`, remark_dict: { 公司: `杭州${number}科技有限公司` } }),
  'tencent-ads': ({ id, number, now }) => ({ account_id: 20000001, leads_id: id, click_id: `wx0${number}`, campaign_id: 9000000001, campaign_name: '计划', adgroup_id: 9000000002, ad_id: 9000000003, page_id: 1, page_name: '落地页', leads_type: 'LEADS_TYPE_FORM', leads_name: `李四${number}`, leads_tel: mobile(number), leads_area: '广东省深圳市', leads_email: '', leads_wechat: `wx${number}`, bundle: JSON.stringify([{ label: '公司', value: `深圳${number}` }]), leads_create_time: now.toISOString().slice(0, 19).replace('T', ' ') }),
  baidu: ({ id, number, secret, now }) => ({ token: secret, ucid: 1, clueId: id, commitTime: now.toISOString().slice(0, 19).replace('T', ' '), solutionType: 'form', solutionTypeName: '表单', cluePhoneNumber: `${mobile(number)},0571${String(number % 10_000_000).padStart(8, '8')}`, flowChannelName: '搜索', formDetail: [{ type: 'name', name: '姓名', value: `赵六${number}` }, { type: 'text', name: '公司', value: `北京${number}` }], ip: '1.2.3.4', area: '北京', bd_vid: `vid${number}`, url: 'https://page.example/' }),
  xiaohongshu: ({ id, number, now }) => ({ source: '聚光', timestamp: now.getTime(), data: { landing_page_id: 'p1', url: 'https://x', submitted_time: now.toISOString().slice(0, 19).replace('T', ' '), source_channel: '笔记', account_id: 'a1', account_name: '账户', campaign_id: 'c1', campaign_name: '计划', unit_id: 'u1', unit_name: '单元', creative_id: 'cr1', leads_id: id, keyword: '', data: [{ label: '姓名', value: `钱七${number}` }, { label: '手机号', value: mobile(number) }, { label: '公司', value: `上海${number}` }] } }),
  wecom: ({ id, now }) => `<xml><ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>${seconds(now)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[li]]></UserID><ExternalUserID><![CDATA[${id}]]></ExternalUserID><State><![CDATA[code7]]></State><WelcomeCode><![CDATA[w]]></WelcomeCode></xml>`,
  zoom: ({ id, number, now }) => ({ event: 'webinar.registration_created', event_ts: now.getTime(), payload: { account_id: 'acc', object: { uuid: 'uuid==', id: 93398114182, host_id: 'h', topic: 'Webinar', type: 5, start_time: now.toISOString(), duration: 60, timezone: 'Asia/Shanghai', registrant: { id, first_name: 'Ann', last_name: id, email: `lead@z${number}.com`, phone: '', org: `Org ${number}`, job_title: 'CTO', custom_questions: [{ title: 'Need?', value: 'yes' }], status: 'approved', join_url: 'https://zoom.us/j/1', tracking_source: { id: 's1', source_name: 'google', tracking_url: 'https://zoom.us/x' } } } } }),
  'tencent-meeting': ({ id, number, now }) => ({ event: 'webinar.enroll', unique_sequence: id, payload: [{ operate_time: now.getTime(), operator: { userid: `u${number}`, user_name: `孙八${number}` }, meeting_info: { meeting_id: '1', meeting_code: '123', subject: '发布会' }, enroll_info: { enroll_id: id, user_name: `孙八${number}`, phone: mobile(number), company: `公司${number}` } }] }),
  segment: ({ id, number, now }) => ({ batch: [{ type: 'identify', messageId: id, anonymousId: `anon${number}`, userId: `u${number}`, timestamp: now.toISOString(), traits: { name: `Ann ${id}`, email: `lead@s${number}.com`, company: { name: `Seg ${number}` } }, context: { ip: '1.2.3.4', page: { url: 'https://s.example/?utm_source=google&gclid=abc', referrer: '', title: 'Home' }, campaign: { source: 'google', name: 'spring' } } }, { type: 'page', messageId: `${id}p`, anonymousId: `anon${number}`, timestamp: now.toISOString(), properties: { url: 'https://s.example/pricing' } }], sentAt: now.toISOString() }),
}
