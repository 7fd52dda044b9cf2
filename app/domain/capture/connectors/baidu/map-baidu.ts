import type { JsonValue } from '~/lib/json-big'
import { emptyDraft, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { chinaMoment, fieldOf, idOf, isSomebody, present, trackingOf } from '../draft-parts'
import { fieldOfLabel, withLabels, type Labelled } from '../known-labels'
import { isObject, own, readBody, type JsonObject } from '../read-body'

/** Remarks worth reading, under either spelling of their name. */
const SAID: readonly [string, readonly string[]][] = [
  ['线索类型', ['solutionTypeName', 'solution_type_name', 'solutionType', 'solution_type']], ['流量渠道', ['flowChannelName', 'flow_channel_name']], ['搜索词', ['searchWord', 'search_word']],
  ['触发关键词', ['keyword']], ['咨询工具', ['imName', 'im_name']], ['咨询记录', ['consultUrl', 'consult_url']], ['接通状态', ['connect']], ['IP', ['ip']],
]
/** What Baidu calls the kinds of its form fields. */
const TYPES: Readonly<Record<string, string>> = { name: '姓名', phone: '手机', mobile: '手机', tel: '电话', email: '邮箱', wechat: '微信', city: '城市', company: '公司' }

/** A clue in either of Baidu's two spellings. The later push of the same clue only adds what the first did not know. */
export function mapBaidu(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const { body } = read
  const said = SAID.flatMap(([label, names]): Labelled[] => {
    const value = fieldOf(body, names, 1000)
    return value === null ? [] : [{ label, value }]
  })
  const draft = withLabels(baseOf(body), [...formOf(own(body, 'formDetail') ?? own(body, 'form_detail')), ...said])
  return draft.externalId === null && !isSomebody(draft) ? { issues: [{ path: 'clueId', code: 'required' }] } : { leads: [draft] }
}

function baseOf(body: JsonObject): LeadDraft {
  const id = idOf(body, ['clueId', 'clue_id'])
  const page = trackingOf(fieldOf(body, 'url', 2000))
  const [region = null, city = null] = (fieldOf(body, ['area'], 100) ?? '').split(/[-\s]+/u).map((part) => (part === '' ? null : part))
  return {
    ...emptyDraft,
    ...page,
    externalId: id,
    at: chinaMoment(own(body, 'commitTime') ?? own(body, 'commit_time')),
    fullName: fieldOf(body, ['userName', 'clueName', 'clue_name'], 200),
    phones: numbersOf(fieldOf(body, ['cluePhoneNumber', 'clue_phone_number', 'phone'], 200)),
    wechat: fieldOf(body, ['wechatAccount', 'wechat_account'], 100),
    region: fieldOf(body, ['areaProvince', 'area_province'], 100) ?? region,
    city: fieldOf(body, ['areaCity', 'area_city'], 100) ?? city,
    campaign: fieldOf(body, ['planName', 'plan_name', 'campaignName', 'campaign_name'], 200),
    clickIds: { ...page.clickIds, ...present({ bd_vid: fieldOf(body, ['bd_vid', 'bdVid']) }) },
    external: present({
      lead_id: id, account_id: idOf(body, ['ucid', 'uc_id', 'userId']), account_name: fieldOf(body, ['uc_name', 'ucName'], 200), site_id: idOf(body, ['siteId', 'site_id']),
      page_id: idOf(body, ['pageId', 'page_id']), campaign_id: idOf(body, ['planId', 'plan_id', 'campaignId', 'campaign_id']), ad_group_id: idOf(body, ['unitId', 'unit_id', 'adgroupId', 'adgroup_id']),
      ad_group_name: fieldOf(body, ['unitName', 'unit_name', 'adgroupName'], 200), creative_id: idOf(body, ['creativeId', 'creative_id']), ad_id: idOf(body, ['creativeId', 'creative_id']),
      keyword_id: idOf(body, ['keywordId', 'keyword_id']), keyword: fieldOf(body, 'keyword', 200),
    }),
  }
}

// Two numbers may be joined by a comma: the one that was typed and the one that called.
const numbersOf = (text: string | null): string[] => [...new Set((text ?? '').split(/[,，;；、/\s]+/u).filter((number) => number !== ''))]

function formOf(value: JsonValue | undefined): Labelled[] {
  const fields = typeof value === 'string' ? listIn(value) : value
  return (Array.isArray(fields) ? fields : []).slice(0, 200).flatMap((field) => {
    if (!isObject(field)) return []
    const label = fieldOf(field, ['name', 'label', 'type'], 300)
    const said = fieldOf(field, 'value', 4000)
    const kind = TYPES[fieldOf(field, 'type', 40) ?? '']
    if (label === null || said === null) return []
    return [{ label: fieldOfLabel(label) === null && kind !== undefined ? kind : label, value: said }]
  })
}

function listIn(text: string): JsonValue | undefined {
  const read = readBody(Buffer.from(`{"list":${text}}`))
  return 'issues' in read ? undefined : read.body['list']
}
