import type { JsonValue } from '~/lib/json-big'
import { sha256 } from '~/platform/crypto'
import { momentOf, textOf } from '../../clean-text'
import type { Issue } from '../../lead-draft'
import { isVisitorId } from '../../touch-names'
import { isObject, own, readBody, type JsonObject } from '../read-body'

const types = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
export type EventType = (typeof types)[number]
/** One call of Segment's specification, whoever's adapter it came through. */
export type TrackedEvent = {
  type: EventType; id: string; anonymousId: string | null; userId: string | null; previousId: string | null; name: string | null
  at: Date | null; sentAt: Date | null; properties: JsonObject; traits: JsonObject; context: JsonObject; isOptedOut: boolean
}
/** What of a batch could not be read: its place, and why. */
export type EventProblem = { index: number; code: string }

const MOST_EVENTS = 5_000
const MOST_EVENT_BYTES = 32_768
const nothing: JsonObject = {}

/** The write key a body carries itself: Segment's `writeKey`, PostHog's `api_key`. */
export const keyInBody = (body: JsonObject): string | null => textOf(own(body, 'writeKey'), 300) ?? textOf(own(body, 'api_key'), 300)

/** Reads a single call or a batch. `call` is what the address said it is, where the body does not. */
export function readEvents(raw: Uint8Array, call: string | null): { events: TrackedEvent[]; problems: EventProblem[] } | { issues: Issue[] } {
  const read = readBody(raw)
  if ('issues' in read) return read
  const { body } = read
  const batch = own(body, 'batch')
  const items: readonly JsonValue[] = Array.isArray(batch) ? batch : [body]
  const problems: EventProblem[] = []
  const events = items.slice(0, MOST_EVENTS).flatMap((item, index) => {
    const event = readEvent(item, body, call)
    if (typeof event !== 'string') return [event]
    problems.push({ index, code: event })
    return []
  })
  for (let index = MOST_EVENTS; index < items.length; index += 1) problems.push({ index, code: 'too-many' })
  return { events, problems }
}

function readEvent(item: JsonValue, body: JsonObject, call: string | null): TrackedEvent | string {
  if (!isObject(item)) return 'not-an-object'
  const text = JSON.stringify(item)
  if (Buffer.byteLength(text) > MOST_EVENT_BYTES) return 'too-large'
  const isPosthog = own(item, 'distinct_id') !== undefined || own(partOf(item, 'properties'), 'distinct_id') !== undefined
  const event = isPosthog ? fromPosthog(item) : fromSegment(item, call)
  if (event === null) return 'type-unknown'
  const id = textOf(own(item, 'messageId') ?? own(item, 'uuid'), 200) ?? sha256(text).toString('base64url')
  const isNamed = [event.anonymousId, event.userId].some((each) => each !== null)
  if (!isNamed) return 'nobody-named'
  return { ...event, id, at: momentOf(own(item, 'timestamp')) ?? momentOf(own(item, 'originalTimestamp')), sentAt: momentOf(own(item, 'sentAt')) ?? momentOf(own(body, 'sentAt') ?? own(body, 'sent_at')) }
}

type Shape = Omit<TrackedEvent, 'id' | 'at' | 'sentAt'>

function fromSegment(item: JsonObject, call: string | null): Shape | null {
  const said = textOf(own(item, 'type'), 20)
  const type = types.find((each) => each === said) ?? types.find((each) => each === call) ?? guessed(item)
  if (type === null) return null
  const context = partOf(item, 'context')
  return {
    type, anonymousId: visitorOf(own(item, 'anonymousId')), userId: visitorOf(own(item, 'userId')), previousId: visitorOf(own(item, 'previousId')),
    name: textOf(own(item, 'event'), 200) ?? textOf(own(item, 'name'), 200), properties: partOf(item, 'properties'),
    traits: { ...partOf(context, 'traits'), ...partOf(item, 'traits') }, context, isOptedOut: isOptedOut(context),
  }
}

// Older calls say what they are by their address alone, which a kept body does not show.
function guessed(item: JsonObject): EventType | null {
  if (own(item, 'event') !== undefined) return 'track'
  if (own(item, 'previousId') !== undefined) return 'alias'
  if (own(item, 'traits') !== undefined) return own(item, 'groupId') === undefined ? 'identify' : 'group'
  return own(item, 'properties') !== undefined || own(item, 'name') !== undefined ? 'page' : null
}

/** PostHog's capture: the visitor is `distinct_id`, what is known of them `$set`, the page `$current_url`. */
function fromPosthog(item: JsonObject): Shape | null {
  const properties = partOf(item, 'properties')
  const name = textOf(own(item, 'event'), 200)
  if (name === null) return null
  const type: EventType = name === '$pageview' ? 'page' : name === '$screen' ? 'screen' : name === '$create_alias' ? 'alias' : ['$identify', '$set'].includes(name) ? 'identify' : 'track'
  const from = (short: string) => textOf(own(properties, short), 2000)
  const context: JsonObject = {
    userAgent: from('$raw_user_agent'), page: { url: from('$current_url'), referrer: from('$referrer'), title: from('title') },
    campaign: { source: from('utm_source'), medium: from('utm_medium'), name: from('utm_campaign'), term: from('utm_term'), content: from('utm_content') },
  }
  return {
    type, anonymousId: visitorOf(own(properties, '$anon_distinct_id') ?? own(properties, '$device_id')), userId: visitorOf(own(item, 'distinct_id') ?? own(properties, 'distinct_id')),
    previousId: visitorOf(own(properties, 'alias')), name: name.startsWith('$') ? null : name, properties,
    traits: { ...partOf(item, '$set_once'), ...partOf(properties, '$set_once'), ...partOf(item, '$set'), ...partOf(properties, '$set') }, context, isOptedOut: isOptedOut(properties),
  }
}

export function partOf(item: JsonObject, name: string): JsonObject {
  const value = own(item, name)
  return isObject(value) ? value : nothing
}

function visitorOf(value: JsonValue | undefined): string | null {
  const id = textOf(value, 300)
  return id !== null && isVisitorId(id) ? id : null
}

/** Global Privacy Control and Do Not Track, as browsers and libraries spell them. */
function isOptedOut(context: JsonObject): boolean {
  return ['gpc', 'globalPrivacyControl', 'global_privacy_control', '$gpc', 'doNotTrack', 'dnt', '$dnt'].some((name) => {
    const said = own(context, name)
    return said === true || said === 1 || said === '1' || said === 'true' || said === 'yes'
  })
}
