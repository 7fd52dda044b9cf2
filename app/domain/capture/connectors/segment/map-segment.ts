import { readTracking } from '~/lib/click-ids'
import { textOf } from '../../clean-text'
import { emptyDraft, type Answer, type LeadDraft } from '../../lead-draft'
import type { Kept, Keys, Mapped, TouchDraft, Who } from '../connector'
import { own, type JsonObject } from '../read-body'
import { partOf, readEvents, type TrackedEvent } from './read-events'

/** Names under which websites report that a form was sent; a source may name its own. */
const FORMS = ['form submitted', 'form submission', 'form_submit', 'lead submitted', 'lead', 'generate_lead', 'contact form submitted', 'demo requested', 'quote requested', '提交表单', '表单提交']
const PAID = /^(?:cpc|ppc|cpm|paid.*|display|ads?)$/i
// A list that is short on purpose: what calls itself a machine is one.
const MACHINE = /bot\b|crawl|spider|slurp|headless|lighthouse|pingdom|monitor|preview|python-requests|curl\/|wget\//i
const MOST_ANSWERS = 30
const contact = ['email', 'phone', 'mobile', 'name', 'firstName', 'first_name', 'lastName', 'last_name', 'company', 'title', 'jobTitle', 'message', 'website', 'industry', 'country', 'city', 'region'] as const
const taken = new Set<string>([...contact, '$set', '$set_once', 'token', 'distinct_id'])

/**
 * Pages, screens and events are touches of a visitor, kept until somebody knows who it is. Whoever sends a form under
 * one of the form names is an inquiry, by the source's rule; `identify` only says who a visitor is, unless the source
 * takes it for an inquiry too. Nothing is read of visitors who opted out.
 */
export function mapSegment({ raw, headers }: Kept, keys: Keys): Mapped {
  const read = readEvents(raw, headers['x-clew-event'] ?? null)
  if ('issues' in read) return read
  const events = read.events.filter(({ isOptedOut }) => !isOptedOut)
  if (events.length === 0 && read.problems.length > 0) return { issues: read.problems.slice(0, 20).map(({ index, code }) => ({ path: `batch.${index}`, code })) }
  if (events.length === 0) return { leads: [], ignored: 'opted-out' }
  const leads = events.flatMap((event) => { const draft = draftOf(event, keys); return draft === null ? [] : [draft] })
  const forms = new Set(events.filter((event) => isForm(event, keys) && isReachable(event)).map(({ id }) => id))
  return {
    leads,
    touches: events.filter(({ type, id }) => (type === 'page' || type === 'screen' || type === 'track') && !forms.has(id)).map(touchOf),
    introductions: events.filter(({ type, id }) => type === 'identify' || type === 'alias' || forms.has(id)).map((event) => ({ id: `who ${event.id}`, who: whoOf(event) })),
    ...(read.problems.length > 0 ? { ignored: 'some-events-unreadable' } : {}),
  }
}

const said = (event: TrackedEvent, name: string, most = 254): string | null => textOf(own(event.properties, name), most) ?? textOf(own(event.traits, name), most)
const present = (...values: (string | null)[]): string[] => values.flatMap((value) => value ?? [])
const isReachable = (event: TrackedEvent): boolean => present(said(event, 'email'), said(event, 'phone'), said(event, 'mobile')).length > 0

function isForm(event: TrackedEvent, { settings }: Keys): boolean {
  const own = typeof settings['form_events'] === 'string' ? settings['form_events'].split(/[,;，；\n]/).map((name) => name.trim().toLowerCase()).filter((name) => name !== '') : []
  return event.type === 'track' && event.name !== null && (own.length > 0 ? own : FORMS).includes(event.name.toLowerCase())
}

// What a visitor is called in traits is believed of them; properties of an event may be about somebody else.
function whoOf(event: TrackedEvent): Who {
  const isAbout = event.type === 'identify' || event.type === 'track'
  const pick = (name: string) => (isAbout ? (textOf(own(event.traits, name), 254) ?? (event.type === 'identify' ? null : said(event, name))) : null)
  return {
    externalId: null, emails: present(pick('email')), phones: present(pick('mobile'), pick('phone')), wechat: null,
    visitor: event.anonymousId ?? event.userId, aliases: present(event.userId, event.previousId),
  }
}

function touchOf(event: TrackedEvent): TouchDraft {
  const { utm, clickIds, url, referrer, title } = cameFrom(event)
  const isPage = event.type !== 'track'
  const isClick = Object.keys(clickIds).length > 0 || PAID.test(utm['utm_medium'] ?? '')
  const agent = textOf(own(event.context, 'userAgent'), 500)
  const told: [string, string | null][] = [['event', isPage ? 'viewed' : null], ['name', event.name], ['title', title], ['page', url], ['referrer', referrer]]
  return {
    id: event.id, at: event.at, sentAt: event.sentAt, kind: !isPage ? 'event' : isClick ? 'ad_click' : 'page_view',
    verdict: agent === null ? 'unsure' : MACHINE.test(agent) ? 'machine' : 'human',
    who: { ...whoOf(event), emails: [], phones: [] }, answers: told.flatMap(([question, answer]) => (answer === null ? [] : [{ question, answer }])), utm, clickIds, isFirstResponse: false,
  }
}

function cameFrom({ context, properties }: TrackedEvent) {
  const page = partOf(context, 'page')
  const text = (part: JsonObject, name: string, most = 1000) => textOf(own(part, name), most)
  const url = text(page, 'url', 2000) ?? text(properties, 'url', 2000)
  const seen = readTracking(url ?? text(page, 'search', 2000) ?? '')
  const campaign = partOf(context, 'campaign')
  const told = { utm_source: text(campaign, 'source'), utm_medium: text(campaign, 'medium'), utm_campaign: text(campaign, 'name'), utm_term: text(campaign, 'term'), utm_content: text(campaign, 'content'), utm_id: text(campaign, 'id') }
  const utm: Record<string, string> = { ...seen.utm, ...Object.fromEntries(Object.entries(told).filter((pair): pair is [string, string] => pair[1] !== null)) }
  const clickIds: Record<string, string> = { ...seen.otherIds, ...seen.clickIds }
  return { utm, clickIds, url, referrer: text(page, 'referrer', 2000) ?? text(properties, 'referrer', 2000), title: text(page, 'title', 300) ?? text(properties, 'title', 300) }
}

function draftOf(event: TrackedEvent, keys: Keys): LeadDraft | null {
  if (!isReachable(event)) return null
  const isAsking = isForm(event, keys)
  if (!isAsking && !(event.type === 'identify' && keys.settings['identify_opens'] === true)) return null
  const { utm, clickIds, url, referrer } = cameFrom(event)
  const text = (name: string, most?: number) => said(event, name, most)
  const external = { visitor_id: event.anonymousId, user_id: event.userId, form_id: text('formId') ?? text('form_id') }
  return {
    ...emptyDraft,
    // An identify is said again and again; a form is sent once.
    externalId: isAsking ? event.id : `user:${event.userId ?? event.anonymousId ?? ''}`,
    fullName: text('name'), givenName: text('firstName') ?? text('first_name'), familyName: text('lastName') ?? text('last_name'), title: text('title') ?? text('jobTitle'),
    emails: present(text('email')), phones: present(text('mobile'), text('phone')), company: text('company'), website: text('website'), industry: text('industry'), country: text('country'),
    region: text('region'), city: text('city'), message: text('message', 8000), utm, clickIds, landingPage: url, referrer,
    external: Object.fromEntries(Object.entries(external).filter((pair): pair is [string, string] => pair[1] !== null)), answers: answersOf(event), isRequest: isAsking,
  }
}

function answersOf({ properties }: TrackedEvent): Answer[] {
  return Object.entries(properties).filter(([name]) => !taken.has(name) && !name.startsWith('$')).slice(0, MOST_ANSWERS).flatMap(([name, value]) => {
    const [question, answer] = [textOf(name, 200), textOf(value, 2000)]
    return question === null || answer === null ? [] : [{ question, answer }]
  })
}
