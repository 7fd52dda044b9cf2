import type { JsonValue } from '~/lib/json-big'
import { textOf } from '../../clean-text'
import { emptyDraft, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { chinaMoment, fieldOf, idOf, isSomebody, present, trackingOf } from '../draft-parts'
import { fieldOfLabel, withLabels, type Labelled } from '../known-labels'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { sayings } from './oceanengine-words'

const PREVIEW = '广告预览'
const MOST_ANSWERS = 60
/** Read below, or of no use to anybody who reads the lead. Everything else becomes an answer a mapping can use. */
const KNOWN = new Set([
  'id', 'clue_id', 'adv_id', 'adv_name', 'advertiser_id', 'advertiser_name', 'ad_id', 'ad_name', 'project_id', 'project_name', 'promotion_id', 'promotion_name', 'cid', 'creative_id',
  'creative_name', 'module_id', 'module_name', 'site_id', 'site_name', 'external_url', 'telphone', 'telephone', 'phone', 'weixin', 'name', 'email', 'location', 'city', 'province_name',
  'city_name', 'county_name', 'country_name', 'create_time', 'create_time_detail', 'modify_time', 'date', 'clue_convert_status', 'req_id', 'click_id', 'remark', 'remark_dict', 'mid_info',
  'store_id', 'clue_state', 'clue_state_name', 'clue_owner_name', 'follow_state_name', 'allocation_status', 'system_tags', 'tags', 'token', 'sign', 'signature', 'timestamp',
  ...Object.keys(sayings),
])

/** A clue as the push rule sends it by default, or as the list answers it; renamed fields are known by their names or stay answers. */
export function mapOceanengine(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const { body } = read
  if (own(body, 'message_id') !== undefined && own(body, 'data') !== undefined) return { leads: [], ignored: 'not-a-lead' }
  if (isPreview(body)) return { test: true }
  const draft = withLabels(baseOf(body), [...pairsOf(own(body, 'remark_dict')), ...sayingsOf(body), ...othersOf(body)])
  if (draft.externalId === null && !isSomebody(draft)) return { issues: [{ path: 'id', code: 'required' }] }
  return { leads: [{ ...draft, answers: draft.answers.slice(0, MOST_ANSWERS) }] }
}

const isPreview = (body: JsonObject): boolean =>
  fieldOf(body, 'clue_source', 20) === '4' || ['clue_source', 'clue_convert_status', 'convert_status'].some((name) => fieldOf(body, name, 40) === PREVIEW)

function baseOf(body: JsonObject): LeadDraft {
  const id = idOf(body, ['id', 'clue_id'])
  const [province = null, city = null] = (fieldOf(body, 'location', 100) ?? '').split(/[+\s]+/u).map((part) => (part === '' ? null : part))
  // A push names no project. So that pushed and pulled clues are counted alike, the promotion is the campaign in both.
  const page = trackingOf(fieldOf(body, 'external_url', 2000))
  const campaignId = idOf(body, 'promotion_id') ?? idOf(body, 'ad_id')
  return {
    ...emptyDraft,
    ...page,
    // req_id is the request of the ad that was shown: what a conversion is reported back by where there is no click id.
    clickIds: { ...page.clickIds, ...present({ req_id: idOf(body, 'req_id'), clickid: fieldOf(body, ['click_id', 'clickid']) }) },
    externalId: id,
    at: chinaMoment(own(body, 'create_time_detail')) ?? chinaMoment(own(body, 'create_time')) ?? chinaMoment(own(body, 'date')),
    fullName: fieldOf(body, 'name', 200),
    phones: [...new Set(['telphone', 'telephone', 'phone'].flatMap((name) => fieldOf(body, name, 64) ?? []))],
    emails: ['email'].flatMap((name) => fieldOf(body, name, 254) ?? []),
    wechat: fieldOf(body, 'weixin', 100),
    region: fieldOf(body, 'province_name', 100) ?? province,
    city: fieldOf(body, ['city_name', 'city'], 100) ?? city,
    campaign: fieldOf(body, ['promotion_name', 'ad_name'], 200),
    message: fieldOf(body, 'remark', 4000),
    external: present({
      lead_id: id, account_id: idOf(body, ['advertiser_id', 'adv_id']), account_name: fieldOf(body, ['advertiser_name', 'adv_name'], 200), campaign_id: campaignId,
      project_id: idOf(body, 'project_id'), promotion_id: idOf(body, 'promotion_id'), ad_id: idOf(body, 'ad_id') ?? idOf(body, 'promotion_id'), creative_id: idOf(body, ['creative_id', 'cid']),
      module_id: idOf(body, 'module_id'), module_name: fieldOf(body, 'module_name', 200), form_id: idOf(body, 'module_id'), site_id: idOf(body, 'site_id'), site_name: fieldOf(body, 'site_name', 200),
      page_id: idOf(body, 'site_id'), store_id: idOf(body, 'store_id'), ...materialOf(own(body, 'mid_info')),
    }),
  }
}

function materialOf(value: JsonValue | undefined): Record<string, string | null> {
  return isObject(value) ? { title_id: idOf(value, 'titleId'), video_id: idOf(value, 'videoId'), image_id: idOf(value, 'imageId') } : {}
}

/** Codes as the words that Ocean Engine's pages show for them; an unknown code stays itself. */
function sayingsOf(body: JsonObject): Labelled[] {
  return Object.entries(sayings).flatMap(([name, { label, words }]) => {
    const said = fieldOf(body, name, 1000)
    if (said === null || (words !== undefined && !Object.hasOwn(words, said) && said === '0')) return []
    return [{ label, value: words !== undefined && Object.hasOwn(words, said) ? (words[said] ?? said) : said }]
  })
}

function pairsOf(value: JsonValue | undefined): Labelled[] {
  const dict = typeof value === 'string' && value.trimStart().startsWith('{') ? readBody(Buffer.from(value)) : { body: value }
  if ('issues' in dict || !isObject(dict.body)) return []
  return Object.entries(dict.body).flatMap(([label, answer]) => pair(label, answer))
}

// What the advertiser renamed: `contact.phone` is known by its last word, `customer_name` as a whole.
function othersOf(body: JsonObject): Labelled[] {
  return Object.entries(body).filter(([name]) => !KNOWN.has(name)).flatMap(([name, value]) =>
    isObject(value) ? Object.entries(value).flatMap(([inner, each]) => pair(fieldOfLabel(inner) === null ? `${name}.${inner}` : inner, each)) : pair(name, value))
}

function pair(name: string, value: JsonValue | undefined): Labelled[] {
  const label = textOf(name, 300)
  const said = textOf(value, 4000)
  return label === null || said === null ? [] : [{ label, value: said }]
}
