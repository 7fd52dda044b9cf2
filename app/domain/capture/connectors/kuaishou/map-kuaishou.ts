import { parseJson, type JsonValue } from '~/lib/json-big'
import { textOf } from '../../clean-text'
import { emptyDraft, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { chinaMoment, fieldOf, idOf, isSomebody, present, trackingOf } from '../draft-parts'
import { fieldOfLabel, withLabels, type Labelled } from '../known-labels'
import { isObject, own, readBody, type JsonObject } from '../read-body'

const TYPES: Readonly<Record<string, string>> = { 1: '表单', 2: '智能电话', 3: '咨询页' }
const BUSINESS: Readonly<Record<string, string>> = {
  1003: '建站', 1005: '线索通', 1007: '投放平台', 1008: '联盟广告', 1010: '虚拟商品推广', 1011: '快聊', 1021: '快说车小程序', 1023: '服务号',
}

/** One entry of the clue list. There is no test flag. */
export function mapKuaishou(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const { body } = read
  const said = [worded('线索类型', idOf(body, 'source_type'), TYPES), worded('业务来源', idOf(body, 'biz_id'), BUSINESS)].flat()
  const draft = withLabels(baseOf(body), [...answersOf(own(body, 'details')), ...said])
  return draft.externalId === null && !isSomebody(draft) ? { issues: [{ path: 'id', code: 'required' }] } : { leads: [draft] }
}

function baseOf(body: JsonObject): LeadDraft {
  const id = idOf(body, 'id')
  const [source, form, store, call] = ['clue_source', 'form', 'store_info', 'icc_info'].map((name) => inside(body, name)) as [JsonObject, JsonObject, JsonObject, JsonObject]
  const page = trackingOf(fieldOf(body, 'source_url', 2000))
  const email = fieldOf(body, 'email', 254)
  return {
    ...emptyDraft,
    ...page,
    externalId: id,
    at: chinaMoment(own(body, 'create_time')),
    fullName: fieldOf(body, 'user_name', 200),
    phones: [...new Set([fieldOf(body, 'phone', 64), fieldOf(call, 'from_phone', 64)].flatMap((phone) => phone ?? []))],
    emails: email === null ? [] : [email],
    wechat: fieldOf(body, 'wechat', 100),
    region: fieldOf(store, 'province', 100),
    city: fieldOf(store, 'city', 100),
    clickIds: { ...page.clickIds, ...present({ callback: fieldOf(source, 'callback') }) },
    external: present({
      lead_id: id, account_id: idOf(body, ['attr_clue_account_id', 'account_id']), page_id: idOf(body, 'page_id'), page_name: fieldOf(body, 'page_name', 200), form_id: idOf(form, 'id'),
      form_name: fieldOf(form, 'name', 200), campaign_id: idOf(source, 'dsp_campaign_id'), ad_group_id: idOf(source, 'dsp_unit_id'), ad_id: idOf(source, 'dsp_creative_id'),
      creative_id: idOf(source, 'dsp_creative_id'), photo_id: idOf(body, 'photo_id'),
    }),
  }
}

const inside = (body: JsonObject, name: string): JsonObject => {
  const value = own(body, name)
  return isObject(value) ? value : {}
}

const worded = (label: string, code: string | null, words: Readonly<Record<string, string>>): Labelled[] => (code === null ? [] : [{ label, value: words[code] ?? code }])

// A cascade answers a list as text. The kind of a field helps where its label is the advertiser's own.
function answersOf(value: JsonValue | undefined): Labelled[] {
  return (Array.isArray(value) ? value : []).slice(0, 200).flatMap((each) => {
    if (!isObject(each)) return []
    const label = fieldOf(each, ['key', 'label'], 300)
    const kind = fieldOf(each, 'comp_type', 60)
    const said = listText(fieldOf(each, 'value', 4000))
    if (label === null || said === null) return []
    return [{ label: fieldOfLabel(label) === null && kind !== null && fieldOfLabel(kind) !== null ? kind : label, value: said }]
  })
}

function listText(text: string | null): string | null {
  const parsed = text?.startsWith('[') === true ? parseJson(text) : null
  return parsed?.ok === true && Array.isArray(parsed.value) ? textOf(parsed.value, 4000) : text
}
