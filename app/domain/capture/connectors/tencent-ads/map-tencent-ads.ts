import type { JsonValue } from '~/lib/json-big'
import { parseJson } from '~/lib/json-big'
import { textOf } from '../../clean-text'
import { emptyDraft, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { chinaMoment, fieldOf, idOf, isSomebody, present, trackingOf } from '../draft-parts'
import { withLabels, type Labelled } from '../known-labels'
import { isObject, own, readBody, type JsonObject } from '../read-body'

/** Codes and remarks worth reading, with the names Tencent's pages give them. */
const SAID: Readonly<Record<string, string>> = {
  leads_type: '线索类型', leads_sub_type: '二级线索类型', leads_qq: 'QQ', leads_gender: '性别', tel_location: '号码归属地', telephone_location: '号码归属地', nick_name: '微信昵称', age: '年龄',
  profession: '职业', address: '详细地址', shop_name: '门店', leads_tags: '线索标签', leads_potential_score: '潜力分', leads_come_from: '线索来源',
}
const EMPTY = /^(?:UNKNOWN|LEADS_GENDER_TYPE_UNKNOWN|-)$/

/** A lead as Tencent pushes it (`leads_tel`) or as its list answers it (`leads_telephone`). */
export function mapTencentAds(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const { body } = read
  if (['leads_source', 'leads_come_from'].some((name) => /AD_PREVIEW$/.test(fieldOf(body, name, 80) ?? ''))) return { test: true }
  const said = Object.entries(SAID).flatMap(([name, label]) => {
    const value = fieldOf(body, name, 1000)
    return value === null || EMPTY.test(value) ? [] : [{ label, value }]
  })
  const draft = withLabels(baseOf(body), [...['bundle', 'custom_qa', 'layer_form_content'].flatMap((name) => pairsOf(own(body, name), name)), ...said])
  return draft.externalId === null && !isSomebody(draft) ? { issues: [{ path: 'leads_id', code: 'required' }] } : { leads: [draft] }
}

function baseOf(body: JsonObject): LeadDraft {
  const id = idOf(body, 'leads_id')
  const page = trackingOf(fieldOf(body, 'page_url', 2000))
  const email = fieldOf(body, 'leads_email', 254)
  // The third version of the interface has no campaigns any more: there the ad group takes their place.
  const hasCampaign = idOf(body, 'campaign_id') !== null
  return {
    ...emptyDraft,
    ...page,
    externalId: id,
    at: chinaMoment(own(body, 'leads_action_time')) ?? chinaMoment(own(body, 'leads_create_time')),
    fullName: fieldOf(body, 'leads_name', 200),
    phones: [...new Set(['leads_tel', 'leads_telephone'].flatMap((name) => fieldOf(body, name, 64) ?? []))],
    emails: email === null ? [] : [email],
    wechat: fieldOf(body, 'leads_wechat', 100),
    ...areaOf(fieldOf(body, 'leads_area', 100)),
    campaign: fieldOf(body, hasCampaign ? 'campaign_name' : 'adgroup_name', 200),
    clickIds: { ...page.clickIds, ...present({ click_id: fieldOf(body, 'click_id') }) },
    external: present({
      lead_id: id, outer_lead_id: idOf(body, 'outer_leads_id'), account_id: idOf(body, 'account_id'), agency_id: idOf(body, 'agency_id'), campaign_id: idOf(body, ['campaign_id', 'adgroup_id']),
      ad_group_id: idOf(body, 'adgroup_id'), ad_group_name: fieldOf(body, 'adgroup_name', 200), ad_id: idOf(body, ['ad_id', 'adgroup_id']), ad_name: fieldOf(body, 'ad_name', 200),
      creative_id: idOf(body, ['adcreative_id', 'dynamic_creative_id']), page_id: idOf(body, 'page_id'), page_name: fieldOf(body, 'page_name', 200), component_id: idOf(body, 'component_id'),
      wechat_appid: fieldOf(body, 'wechat_appid', 80),
    }),
  }
}

// 浙江省杭州市, 上海市, 浙江 杭州: a place that cannot be parted is the region.
function areaOf(area: string | null): Pick<LeadDraft, 'region' | 'city'> {
  const [, region, city] = /^(.+?(?:省|自治区|特别行政区|[\s\-+]))(.+)$/u.exec(area ?? '') ?? []
  if (region === undefined || city === undefined) return { region: area, city: null }
  return { region: region.replace(/[\s\-+]+$/u, ''), city: city.trim() }
}

/** `bundle` is a JSON text of questions and answers; what is none is kept as it is. */
function pairsOf(value: JsonValue | undefined, name: string): Labelled[] {
  const parsed = typeof value === 'string' && /^\s*[{[]/.test(value) ? parseJson(value) : null
  const said = parsed === null ? value : parsed.ok ? parsed.value : value
  if (isObject(said)) return Object.entries(said).flatMap(([label, answer]) => pair(label, answer))
  if (!Array.isArray(said)) return pair(name, said)
  return said.flatMap((each) => (isObject(each) ? pair(fieldOf(each, ['question', 'key', 'label', 'name', 'title'], 300) ?? name, own(each, 'answer') ?? own(each, 'value')) : pair(name, each)))
}

function pair(name: string, value: JsonValue | undefined): Labelled[] {
  const label = textOf(name, 300)
  const said = textOf(value, 4000)
  return label === null || said === null ? [] : [{ label, value: said }]
}
