import * as z from 'zod'
import { CLICK_ID_PARAMS, readTracking, UTM_PARAMS } from '~/lib/click-ids'
import type { JsonValue } from '~/lib/json-big'
import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { isObject, only, own, readBody, type JsonObject } from '../read-body'

const text = (most = 500) => z.unknown().transform((value) => textOf(value, most))
const texts = z.unknown().transform((value) => (Array.isArray(value) ? value.slice(0, 5) : [value]).flatMap((each) => textOf(each, 254) ?? []))
const flag = z.unknown().transform((value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : null))
const moment = z.unknown().transform(momentOf)
const count = z.unknown().transform((value) => {
  const number = Number(textOf(value, 12) ?? Number.NaN)
  return Number.isInteger(number) && number > 0 && number < 10_000_000 ? number : null
})

/** The fields of a lead on the wire. All are optional; values of another type are read as text where that makes sense. */
const Fields = z.object({
  external_id: text(200), id: text(200), first_name: text(100), last_name: text(100), full_name: text(200), name: text(200),
  email: texts, phone: texts, mobile: texts, wechat: text(100), title: text(200), company: text(200), domain: text(253), website: text(2000),
  industry: text(100), employees: count, country: text(100), region: text(100), city: text(100), message: text(8000), note: text(8000),
  channel: text(120), campaign: text(200), product_line: text(120), landing_page: text(2000), referrer: text(2000),
  created_at: moment, submitted_at: moment, request: flag, test: flag, is_test: flag,
})
type Fields = z.output<typeof Fields>

const EXTERNAL = ['campaign_id', 'ad_group_id', 'adgroup_id', 'ad_id', 'creative_id', 'form_id', 'page_id', 'keyword', 'account_id', 'utm_id'] as const
const ENVELOPE = new Set(['type', 'timestamp', 'answers', 'data', '__proto__', 'constructor', 'prototype'])
const known = new Set([...Object.keys(Fields.shape), ...EXTERNAL])
const tracked = new Set<string>([...UTM_PARAMS, ...Object.keys(CLICK_ID_PARAMS)])
const MOST_ANSWERS = 60

/** `{ type, timestamp, data: { … } }`, or the fields without an envelope. Fields nobody knows become answers. */
export function mapStandard(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const data = isObject(read.body['data']) ? read.body['data'] : read.body
  const fields = Fields.parse(only(data, Object.keys(Fields.shape)))
  if (fields.test === true || fields.is_test === true) return { test: true }
  const draft = draftOf(fields, data, momentOf(own(read.body, 'timestamp')))
  if (draft.externalId === null && !isSomebody(draft)) return { issues: [{ path: 'data', code: 'nobody-named' }] }
  return { leads: [draft] }
}

function draftOf(fields: Fields, data: JsonObject, sentAt: Date | null): LeadDraft {
  const tracking = trackingOf(fields.landing_page, data)
  return {
    ...emptyDraft,
    externalId: fields.external_id ?? fields.id,
    at: fields.created_at ?? fields.submitted_at ?? sentAt,
    fullName: fields.full_name ?? fields.name,
    givenName: fields.first_name,
    familyName: fields.last_name,
    title: fields.title,
    emails: fields.email,
    phones: [...fields.mobile, ...fields.phone],
    wechat: fields.wechat,
    company: fields.company,
    website: fields.domain ?? fields.website,
    industry: fields.industry,
    employees: fields.employees,
    country: fields.country,
    region: fields.region,
    city: fields.city,
    productLine: fields.product_line,
    channel: fields.channel,
    campaign: fields.campaign,
    external: Object.fromEntries(EXTERNAL.flatMap((name) => pair(name, textOf(own(data, name), 200)))),
    ...tracking,
    landingPage: fields.landing_page,
    referrer: fields.referrer,
    message: fields.message ?? fields.note,
    answers: answersOf(data),
    isRequest: fields.request,
  }
}

// The landing page carries what the form did not copy; what the form says wins.
function trackingOf(landingPage: string | null, data: JsonObject): Pick<LeadDraft, 'utm' | 'clickIds'> {
  const params = new URLSearchParams(Object.entries(data).flatMap(([name, value]) => pair(name, textOf(value, 2000))))
  const said = readTracking(params)
  const seen = readTracking(landingPage ?? '')
  return { utm: { ...seen.utm, ...said.utm }, clickIds: { ...seen.otherIds, ...seen.clickIds, ...said.otherIds, ...said.clickIds } }
}

function answersOf(data: JsonObject): Answer[] {
  const said = own(data, 'answers')
  const listed = Array.isArray(said) ? said.flatMap(answerOf) : isObject(said) ? Object.entries(said).flatMap(([question, value]) => answer(question, value)) : []
  const others = Object.entries(data).filter(([name]) => !known.has(name) && !ENVELOPE.has(name) && !tracked.has(name))
  return [...listed, ...others.flatMap(([question, value]) => answer(question, value))].slice(0, MOST_ANSWERS)
}

function answerOf(item: JsonValue): Answer[] {
  if (!isObject(item)) return []
  return answer(textOf(own(item, 'question') ?? own(item, 'name') ?? own(item, 'label'), 300) ?? '', own(item, 'answer') ?? own(item, 'value') ?? own(item, 'values'))
}

function answer(question: string, value: JsonValue | undefined): Answer[] {
  const asked = textOf(question, 300)
  const said = textOf(value, 4000)
  return asked === null || said === null ? [] : [{ question: asked, answer: said }]
}

function isSomebody(draft: LeadDraft): boolean {
  return [draft.fullName, draft.givenName, draft.familyName, draft.company, draft.wechat, draft.message].some((each) => each !== null)
    || draft.emails.length > 0 || draft.phones.length > 0
}

const pair = (name: string, value: string | null): [string, string][] => (value === null ? [] : [[name, value]])
