import type { JsonValue } from '~/lib/json-big'
import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import type { Kept, Keys, Mapped, TouchDraft } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { openCallback } from './verify-wecom'
import { fieldOf } from './read-xml'

const ADDED = new Set(['add_external_contact', 'add_half_external_contact'])
const MOST_FOLLOWERS = 50

/**
 * A push names a contact and is fetched; what it says itself (somebody accepted us, or removed us) is a touch at once.
 * An edit is fetched too, because a phone number exists only as the colleague's remark, which is written afterwards;
 * the event does not tell what was edited, and one that changes nothing fills nothing.
 */
export function mapWecom({ raw, way }: Kept, keys: Keys): Mapped {
  if (way === 'fetch' || way === 'pull') return mapContact(raw, keys)
  const opened = openCallback(raw, keys)
  if ('why' in opened) return { issues: [{ path: '', code: opened.why }] }
  const { event } = opened
  const [contact, user, change] = ['ExternalUserID', 'UserID', 'ChangeType'].map((name) => fieldOf(event, name, 128))
  if (fieldOf(event, 'Event') !== 'change_external_contact' || !contact || !user || !change) return { leads: [], ignored: 'event-ignored' }
  const at = momentOf(fieldOf(event, 'CreateTime'))
  const fetches = [{ externalId: `${contact}:${user}:${fieldOf(event, 'CreateTime') ?? ''}`, order: { external_userid: contact, userid: user } }]
  if (change === 'edit_external_contact') return { leads: [], fetches }
  if (ADDED.has(change)) return { leads: [], fetches, touches: [touchOf('accepted', { contact, user, at, state: fieldOf(event, 'State'), isFirstResponse: change === 'add_external_contact' })] }
  if (change === 'del_follow_user') return { leads: [], touches: [touchOf('removed', { contact, user, at, state: null, isFirstResponse: false })] }
  return { leads: [], ignored: 'event-ignored' }
}

type Added = { contact: string; user: string; at: Date | null; state: string | null; isFirstResponse: boolean }

// A "half" contact asked, and the colleague has not confirmed yet: that is no answer of ours.
function touchOf(event: string, { contact, user, at, state, isFirstResponse }: Added): TouchDraft {
  return {
    id: [event, contact, user, at?.getTime() ?? '', isFirstResponse].join(':'), at, kind: 'wechat', isFirstResponse,
    who: { externalId: contact, emails: [], phones: [], wechat: contact, visitor: null, code: state },
    answers: [{ question: 'event', answer: event }, ...(state === null ? [] : [{ question: 'state', answer: state }])], utm: {}, clickIds: {},
  }
}

function mapContact(raw: Uint8Array, keys: Keys): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const contact = own(read.body, 'external_contact')
  const id = isObject(contact) ? textOf(own(contact, 'external_userid'), 128) : null
  if (!isObject(contact) || id === null) return { issues: [{ path: 'external_contact.external_userid', code: 'required' }] }
  const listed = own(read.body, 'follow_user')
  const followers = (Array.isArray(listed) ? listed.slice(0, MOST_FOLLOWERS).filter(isObject) : []).map(followerOf).sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0))
  return { leads: [draftOf(id, contact, followers, keys)], touchKind: 'wechat' }
}

type Follower = { user: string | null; at: Date | null; state: string | null; addWay: string | null; remark: string | null; company: string | null; description: string | null; mobiles: string[] }

function followerOf(item: JsonObject): Follower {
  const text = (name: string, most = 200) => textOf(own(item, name), most)
  const mobiles = own(item, 'remark_mobiles')
  return {
    user: text('userid', 128), at: momentOf(own(item, 'createtime')), state: text('state', 64), addWay: text('add_way', 20), remark: text('remark'),
    company: text('remark_corp_name'), description: text('description', 2000), mobiles: (Array.isArray(mobiles) ? mobiles.slice(0, 5) : []).flatMap((each: JsonValue) => textOf(each, 40) ?? []),
  }
}

// Several colleagues may know one contact: it came by the first of them, and what any of them noted is known.
function draftOf(id: string, contact: JsonObject, followers: readonly Follower[], keys: Keys): LeadDraft {
  const first = followers[0]
  const name = textOf(own(contact, 'name'), 200)
  const noted = <K extends 'company' | 'remark' | 'description'>(field: K) => followers.map((each) => each[field]).find((each) => each !== null) ?? null
  const remark = noted('remark')
  const answers: Answer[] = [
    ...(remark === null || remark === name ? [] : [{ question: 'remark', answer: remark }]),
    ...followers.flatMap(({ description }) => (description === null ? [] : [{ question: 'description', answer: description }])),
  ]
  const external = { external_userid: id, userid: first?.user ?? null, state: first?.state ?? null, add_way: first?.addWay ?? null }
  return {
    ...emptyDraft, externalId: id, at: first?.at ?? null, fullName: name ?? remark, title: textOf(own(contact, 'position'), 200),
    company: textOf(own(contact, 'corp_full_name'), 200) ?? textOf(own(contact, 'corp_name'), 200) ?? noted('company'), wechat: id,
    phones: [...new Set(followers.flatMap(({ mobiles }) => mobiles))], answers, isRequest: true,
    external: Object.fromEntries(Object.entries(external).filter((pair): pair is [string, string] => pair[1] !== null)), campaign: campaignOf(first?.state ?? null, keys),
  }
}

/** Which campaign a channel code stands for: `code = campaign`, one a line or separated by semicolons. */
function campaignOf(state: string | null, { settings }: Keys): string | null {
  const listed = settings['state_campaigns']
  if (state === null || typeof listed !== 'string') return null
  const pairs = listed.split(/[;；\n]/).map((line) => line.split('='))
  return pairs.find(([code]) => code?.trim() === state)?.slice(1).join('=').trim() || null
}
