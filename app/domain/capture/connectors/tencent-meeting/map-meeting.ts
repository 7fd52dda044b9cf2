import type { JsonValue } from '~/lib/json-big'
import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type Answer, type Issue, type LeadDraft } from '../../lead-draft'
import type { Kept, Keys, Mapped, TouchDraft } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { openSealed } from '../sealed-callback'

const STEPS = new Map([['participant-joined', 'joined'], ['participant-left', 'left']])
const MOST = 200
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PHONE = /^\+?[\d\s()-]{7,20}$/

/** The event inside a callback: base64 of JSON, or sealed with the EncodingAESKey. */
export function openMeeting(raw: Uint8Array, { keys }: Keys): { body: JsonObject } | { issues: Issue[] } {
  const read = readBody(raw)
  if ('issues' in read) return read
  const data = textOf(own(read.body, 'data'), 2_000_000) ?? ''
  const plain = readBody(Buffer.from(data, 'base64'))
  if (!('issues' in plain)) return plain
  const opened = openSealed(keys['encoding_aes_key'] ?? '', data)
  return opened === null ? { issues: [{ path: 'data', code: 'not-decrypted' }] } : readBody(opened)
}

/**
 * 报名 events are inquiries, joining and leaving are touches. Tencent's events name people by an id and a nickname;
 * phone numbers are only in the answers of a registration, where it has any.
 */
export function mapMeeting({ raw }: Kept, keys: Keys): Mapped {
  const opened = openMeeting(raw, keys)
  if ('issues' in opened) return opened
  const event = textOf(own(opened.body, 'event'), 80) ?? ''
  const listed = own(opened.body, 'payload')
  const payload = (Array.isArray(listed) ? listed.slice(0, MOST) : [listed]).flatMap((item: JsonValue | undefined) => (isObject(item) ? [item] : []))
  const step = STEPS.get(event.slice(event.lastIndexOf('.') + 1))
  if (step !== undefined) return { leads: [], touches: payload.flatMap((item) => stepOf(step, event, item)) }
  if (!/enrol|regist|sign_?up/i.test(event) || /cancel/i.test(event)) return { leads: [], ignored: 'event-ignored' }
  const leads = payload.flatMap(registrationOf)
  return leads.length > 0 ? { leads, touchKind: 'webinar' } : { issues: [{ path: 'payload.enroll_info.enroll_id', code: 'required' }] }
}

const part = (item: JsonObject, name: string): JsonObject => { const value = own(item, name); return isObject(value) ? value : {} }

// The identity of an account where there is one, else the id that holds within one meeting.
function visitorOf(operator: JsonObject, meeting: string | null): string | null {
  const [uuid, open] = [textOf(own(operator, 'uuid'), 100), textOf(own(operator, 'ms_open_id'), 100)]
  if (uuid !== null) return `tencent-meeting ${uuid}`
  return open === null || meeting === null ? null : `tencent-meeting ${meeting} ${open}`
}

function registrationOf(item: JsonObject): LeadDraft[] {
  const [info, operator] = [part(item, 'enroll_info'), part(item, 'operator')]
  const [meeting, id] = [textOf(own(info, 'meeting_id'), 80) ?? textOf(own(part(item, 'meeting_info'), 'meeting_id'), 80), textOf(own(info, 'enroll_id'), 80)]
  if (id === null) return []
  const answers = answersOf(own(info, 'answer_list') ?? own(info, 'answers'))
  const visitor = visitorOf(operator, meeting)
  const external = { enroll_id: id, ...(meeting === null ? {} : { meeting_id: meeting }), ...(visitor === null ? {} : { visitor_id: visitor }) }
  const said = (pattern: RegExp, asked: RegExp) => answers.flatMap(({ question, answer }) => (asked.test(question) && pattern.test(answer) ? [answer] : []))
  return [{
    ...emptyDraft, externalId: `${meeting ?? ''}:${id}`, at: momentOf(own(item, 'operate_time')), fullName: textOf(own(operator, 'user_name'), 200) ?? textOf(own(info, 'nick_name'), 200),
    emails: said(EMAIL, /mail|邮箱|电邮/i), phones: said(PHONE, /phone|mobile|tel|手机|电话|联系方式/i), company: said(/./, /company|organi[sz]ation|公司|企业|单位/i)[0] ?? null,
    external, answers, isRequest: false,
  }]
}

function answersOf(listed: JsonValue | undefined): Answer[] {
  return (Array.isArray(listed) ? listed.slice(0, 40) : []).flatMap((item) => {
    if (!isObject(item)) return []
    const [question, answer] = [textOf(own(item, 'question_title') ?? own(item, 'question'), 300), textOf(own(item, 'answer_content') ?? own(item, 'answer'), 2000)]
    return question === null || answer === null ? [] : [{ question, answer }]
  })
}

function stepOf(step: string, event: string, item: JsonObject): TouchDraft[] {
  const [info, operator] = [part(item, 'meeting_info'), part(item, 'operator')]
  const meeting = textOf(own(info, 'meeting_id'), 80)
  const visitor = visitorOf(operator, meeting)
  const at = momentOf(own(item, 'operate_time'))
  if (visitor === null || meeting === null) return []
  const topic = textOf(own(info, 'subject'), 300)
  return [{
    id: `${event}:${meeting}:${visitor}:${at?.getTime() ?? ''}`, at, kind: 'webinar', session: `${meeting} ${visitor}`, who: { externalId: null, emails: [], phones: [], wechat: null, visitor },
    answers: [{ question: 'event', answer: step }, ...(topic === null ? [] : [{ question: 'topic', answer: topic }])], utm: {}, clickIds: {}, isFirstResponse: false,
  }]
}
