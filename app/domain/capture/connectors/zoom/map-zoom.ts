import { readTracking } from '~/lib/click-ids'
import type { JsonValue } from '~/lib/json-big'
import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import type { Kept, Keys, Mapped, TouchDraft } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { dedupeOf, participantOf } from './verify-zoom'

const REGISTERED = new Set(['webinar.registration_created', 'meeting.registration_created'])
const STEPS = new Map([['webinar.participant_joined', 'joined'], ['meeting.participant_joined', 'joined'], ['webinar.participant_left', 'left'], ['meeting.participant_left', 'left']])
// A registration is not a request; a question that offers contact and was answered with yes is.
const ASKS_FOR_CONTACT = /\b(?:contact (?:me|us)|call (?:me|back)|get in touch|talk to (?:us|sales)|speak (?:to|with)|demo|quote|pricing)\b|联系|回电|来电|演示|报价|顾问|试用/i
const YES = /^(?:yes|y|true|1|ok|sure|please\b.*|是的?|好的?|需要|要|可以|愿意|希望)$/i
const MOST_QUESTIONS = 40

const contact = { first_name: 'givenName', last_name: 'familyName', job_title: 'title', org: 'company', industry: 'industry', city: 'city', country: 'country', state: 'region' } as const
const asked = ['purchasing_time_frame', 'role_in_purchase_process', 'no_of_employees', 'address', 'zip'] as const

/** A registration is an inquiry whose attribution is its tracking source; attendance is touches of who registered. */
export function mapZoom({ raw, way }: Kept, keys: Keys): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  if (way === 'pull' || way === 'fetch') return mapListed(read.body, keys)
  const event = textOf(own(read.body, 'event'), 80) ?? ''
  const payload = own(read.body, 'payload')
  const object = isObject(payload) ? own(payload, 'object') : undefined
  if (!isObject(object)) return { issues: [{ path: 'payload.object', code: 'required' }] }
  if (REGISTERED.has(event)) return mapRegistration(object, momentOf(own(read.body, 'event_ts')), keys)
  const step = STEPS.get(event)
  return step === undefined ? { leads: [], ignored: 'event-ignored' } : mapStep(step, object, dedupeOf(read.body))
}

/** One registrant of Zoom's own list, kept with the webinar it belongs to. */
function mapListed(body: JsonObject, keys: Keys): Mapped {
  const object = own(body, 'object')
  return isObject(object) ? mapRegistration(object, null, keys) : { issues: [{ path: 'object', code: 'required' }] }
}

function mapRegistration(object: JsonObject, sentAt: Date | null, keys: Keys): Mapped {
  const registrant = own(object, 'registrant')
  const [meeting, id] = [textOf(own(object, 'id'), 80), isObject(registrant) ? textOf(own(registrant, 'id'), 100) : null]
  if (meeting === null) return { issues: [{ path: 'payload.object.id', code: 'required' }] }
  if (!isObject(registrant) || id === null) return { issues: [{ path: 'payload.object.registrant.id', code: 'required' }] }
  return { leads: [draftOf(object, registrant, { meeting, id, sentAt }, keys)], touchKind: 'webinar' }
}

/** A registrant's id is of one webinar: the same person registers anew for the next one. */
const registrationOf = (meeting: string, id: string): string => `${meeting}:${id}`

function draftOf(object: JsonObject, registrant: JsonObject, { meeting, id, sentAt }: { meeting: string; id: string; sentAt: Date | null }, keys: Keys): LeadDraft {
  const text = (name: string, most = 300) => textOf(own(registrant, name), most)
  const tracking = own(registrant, 'tracking_source')
  const track = (name: string) => (isObject(tracking) ? textOf(own(tracking, name), 1000) : null)
  const seen = readTracking(track('tracking_url') ?? '')
  const source = track('source_name')
  const questions = questionsOf(own(registrant, 'custom_questions'))
  const external = {
    webinar_id: meeting, registrant_id: id, webinar_uuid: textOf(own(object, 'uuid'), 100), tracking_source_id: track('id'), tracking_source: source, tracking_url: track('tracking_url'),
  }
  const topic = textOf(own(object, 'topic'), 300)
  return {
    ...emptyDraft, ...(Object.fromEntries(Object.entries(contact).map(([name, field]) => [field, text(name)])) as Pick<LeadDraft, (typeof contact)[keyof typeof contact]>),
    externalId: registrationOf(meeting, id), at: momentOf(own(registrant, 'create_time')) ?? sentAt, emails: [text('email')].flatMap((each) => each ?? []), phones: [text('phone', 60)].flatMap((each) => each ?? []),
    external: Object.fromEntries(Object.entries(external).filter((pair): pair is [string, string] => pair[1] !== null)),
    utm: { ...(source === null ? {} : { utm_source: source }), ...seen.utm }, clickIds: { ...seen.otherIds, ...seen.clickIds }, message: text('comments', 4000),
    answers: [...(topic === null ? [] : [{ question: 'topic', answer: topic }]), ...questions, ...asked.flatMap((name) => { const answer = text(name); return answer === null ? [] : [{ question: name, answer }] })],
    isRequest: questions.some((each) => asksForContact(each, keys)),
  }
}

function questionsOf(listed: JsonValue | undefined): Answer[] {
  return (Array.isArray(listed) ? listed.slice(0, MOST_QUESTIONS).filter(isObject) : []).flatMap((item) => {
    const [question, answer] = [textOf(own(item, 'title'), 300), textOf(own(item, 'value'), 4000)]
    return question === null || answer === null ? [] : [{ question, answer }]
  })
}

/** The question that asks for contact: the source's own wording where it names one, else the usual ones. */
function asksForContact({ question, answer }: Answer, { settings }: Keys): boolean {
  const wording = settings['contact_question']
  const isAsked = typeof wording === 'string' && wording !== '' ? question.toLowerCase().includes(wording.toLowerCase()) : ASKS_FOR_CONTACT.test(question)
  return isAsked && YES.test(answer.trim())
}

function mapStep(step: string, object: JsonObject, key: string | null): Mapped {
  const participant = own(object, 'participant')
  const meeting = textOf(own(object, 'id'), 80)
  if (!isObject(participant) || meeting === null) return { issues: [{ path: 'payload.object.participant', code: 'required' }] }
  if (key === null) return { issues: [{ path: 'payload.object.participant.user_id', code: 'required' }] }
  const text = (name: string) => textOf(own(participant, name), 254)
  const registrant = text('registrant_id')
  const [topic, reason] = [textOf(own(object, 'topic'), 300), text('leave_reason')]
  const touch: TouchDraft = {
    id: key, at: momentOf(own(participant, step === 'joined' ? 'join_time' : 'leave_time')), kind: 'webinar', session: `${textOf(own(object, 'uuid'), 100) ?? meeting} ${participantOf(participant) ?? ''}`,
    who: { externalId: registrant === null ? null : registrationOf(meeting, registrant), emails: [text('email')].flatMap((each) => each ?? []), phones: [text('phone_number')].flatMap((each) => each ?? []), wechat: null, visitor: null },
    answers: [{ question: 'event', answer: step }, ...(topic === null ? [] : [{ question: 'topic', answer: topic }]), ...(reason === null ? [] : [{ question: 'reason', answer: reason }])],
    utm: {}, clickIds: {}, isFirstResponse: false,
  }
  return { leads: [], touches: [touch] }
}
