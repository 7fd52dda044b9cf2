import { companyKey } from '~/lib/company-name'
import type { Id } from '~/lib/ids'
import { dayStart, localDate } from '~/lib/period'
import { searchTokens } from '~/lib/search-tokens'
import { buildHouse, type Channel, type House } from './house'
import type { RuleSet } from '~/domain/assignment/contract'
import { openDesk, type Desk } from './assign'
import { externalIdOf } from './bodies'
import { deliver } from './deliver'
import { writeDoings } from './doings'
import { answerRepeat, followUp } from './follow-up'
import { stray } from './stray'
import { chance, type Chance } from './random'
import { noRows, type WorldRows } from './rows'
import type { CompanyStory, PersonStory, World } from './world'

const DAY = 86_400_000
const HOUR = 3_600_000
/** Pairs that may be one person are told of the last days: who looks at them finds them fresh. */
const LOOKED_AT = 25 * DAY
export type Told = { world: World; chance: Chance; rows: WorldRows; house: House; desk: Desk; pairs: Pair[] }
/** Two who are one person: the one met first, and the one under another address. */
export type Pair = { first: Id<'per'>; second: Id<'per'> }
export type Arrival = { at: Date; channel: Channel; companyId: Id<'co'> | null; personId: Id<'per'>; leadId: Id<'lead'>; campaignId: Id<'cmp'> | null; message: string | null }

/** The rows, the rules that leads were given by, and who and what there is by name. */
export type ToldWorld = { rows: WorldRows; rules: RuleSet; house: House; pairs: readonly Pair[] }

/**
 * Tells a world: every row of an organisation whose last day is `end`. The same world, end and accounts give
 * the same rows, but for nothing; all of it is made up.
 */
export function tell(world: World, about: { orgId: Id<'org'>; end: Date; region: string; userIds: Map<string, string> }): ToldWorld {
  const luck = chance(world.seed)
  const rows = noRows()
  const house = buildHouse(world, luck, rows, about)
  const told: Told = { world, chance: luck, rows, house, desk: openDesk(world, house), pairs: [] }
  const moments = Array.from({ length: world.leads }, () => arrivalOf(told)).sort((a, b) => a.at.getTime() - b.at.getTime())
  moments.forEach(({ at, channel }, index) => arrive(told, at, channel, index))
  writeDoings(told)
  stray(told)
  return { rows, rules: told.desk.rules, house, pairs: told.pairs }
}

/** More as the months pass, fewer at weekends, most in working hours; events bring theirs within days. */
function arrivalOf({ world, chance: luck, house }: Told): { at: Date; channel: Channel } {
  const channel = luck.weighted(house.channels.map((one) => [one, one.story.weight] as const))
  const bursts = channel.story.bursts?.filter((back) => back < world.days)
  for (;;) {
    const back = bursts === undefined ? world.days * (1 - luck.next() ** 0.7) : Math.max(0, luck.pick(bursts) - luck.around(1, 0.9))
    const day = localDate(new Date(house.end.getTime() - back * DAY), world.timeZone)
    const weekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())
    if (weekend && bursts === undefined && luck.happens(0.65)) continue
    const hour = luck.happens(0.82) ? 8.5 + luck.next() * 10 : luck.next() * 24
    const at = new Date(dayStart(day, world.timeZone).getTime() + Math.round(hour * HOUR))
    const heardUntil = house.end.getTime() - (channel.story.silentFor ?? 0) * HOUR
    if (at >= house.start && at.getTime() < heardUntil) return { at, channel }
  }
}

function arrive(told: Told, at: Date, channel: Channel, index: number): void {
  const { world, chance: luck, rows, house } = told
  const { orgId } = house
  const account = world.accounts.find(({ fromLast }) => fromLast === world.leads - index)
  const companyId = luck.happens(0.07) && account === undefined ? null : meetCompany(told, at, index, account?.company)
  const person = world.person(luck, index)
  const personId = meetPerson(told, at, person, companyId)
  const leadId = luck.id('lead', at)
  const campaign = channel.campaigns.length === 0 ? null : luck.pick(channel.campaigns)
  const arrival: Arrival = { at, channel, companyId, personId, leadId, campaignId: campaign?.id ?? null, message: luck.pick(world.messages) || null }
  followUp(told, arrival)
  rows.leadPeople.push({ orgId, leadId, personId, role: luck.weighted([['decision_maker', 3], ['user', 3], ['buyer', 2], ['contact', 4]] as const), addedAt: at })
  inquire(told, arrival, { index, personId, at, isRepeat: false })
  if (companyId === null || !luck.happens(0.14)) return
  const later = new Date(at.getTime() + luck.around(6, 0.8) * DAY)
  if (later >= house.end) return
  // Now and then it is the same person under another address: a pair for somebody to look at.
  const isSame = later.getTime() > house.end.getTime() - LOOKED_AT && luck.happens(0.3)
  const second = meetPerson(told, later, isSame ? world.alias(person, luck) : world.person(luck, world.leads + index), companyId)
  if (isSame) told.pairs.push({ first: personId, second })
  const heard = house.channels.filter(({ story }) => later.getTime() < house.end.getTime() - (story.silentFor ?? 0) * HOUR)
  rows.leadPeople.push({ orgId, leadId, personId: second, role: luck.pick(['decision_maker', 'influencer', 'user'] as const), addedAt: later })
  inquire(told, { ...arrival, channel: luck.pick(heard), campaignId: null }, { index: world.leads + index, personId: second, at: later, isRepeat: true })
  answerRepeat(told, arrival, later)
}

function meetCompany({ world, chance: luck, rows, house: { orgId } }: Told, at: Date, index: number, named?: CompanyStory): Id<'co'> {
  const story = named ?? world.company(luck, index)
  const id = luck.id('co', at)
  rows.companies.push({
    orgId, id, name: story.name, key: companyKey(story.name), domain: `${story.slug}.example`, country: story.country ?? world.country, region: story.region, city: story.city,
    industry: story.industry, employees: story.employees, tokens: searchTokens(story.name), createdAt: at,
  })
  if (story.phone !== undefined) rows.companyPhones.push({ orgId, companyId: id, value: story.phone, shown: story.phone, createdAt: at })
  return id
}

function meetPerson({ world, chance: luck, rows, house: { orgId } }: Told, at: Date, story: PersonStory, companyId: Id<'co'> | null): Id<'per'> {
  const id = luck.id('per', at)
  const domain = companyId === null ? 'mail.example' : (rows.companies.at(-1)?.domain ?? 'mail.example')
  const email = `${story.local}@${domain}`
  rows.people.push({
    orgId, id, name: story.name, givenName: story.given, familyName: story.family, title: story.title, country: world.country,
    tokens: searchTokens(story.name), createdAt: at,
  })
  rows.identities.push({ orgId, kind: 'email', value: email, personId: id, shown: email, createdAt: at })
  if (story.phone !== undefined) rows.identities.push({ orgId, kind: 'phone', value: story.phone, personId: id, shown: story.phone, createdAt: at })
  if (companyId !== null) rows.employments.push({ orgId, personId: id, companyId, title: story.title, since: at })
  return id
}

function inquire(told: Told, arrival: Arrival, what: { index: number; personId: Id<'per'>; at: Date; isRepeat: boolean }): void {
  const { world, chance: luck, rows, house: { orgId } } = told
  const { channel, leadId, companyId, campaignId } = arrival
  const { at, personId } = what
  const id = luck.id('inq', at)
  const externalId = externalIdOf(channel.story.connector, what.index)
  const deliveryId = deliver(told, { arrival, at, externalId, inquiryId: id, personId })
  rows.inquiries.push({
    orgId, id, sourceId: channel.sourceId, externalId, deliveryId, leadId, personId, companyId, channelId: channel.id, campaignId, isRepeat: what.isRepeat, at, recordedAt: at,
  })
  const paid = channel.story.clickId
  const campaign = channel.campaigns.find((one) => one.id === campaignId)
  rows.inquiryDetails.push({
    orgId, inquiryId: id, message: arrival.message, answers: [], external: {}, clickIds: paid === undefined ? {} : { [paid]: `demo-${what.index}` },
    utm: campaign === undefined ? {} : { utm_campaign: campaign.name }, landingPage: `https://www.${world.mailDomain}/contact`,
  })
  const before = luck.below(3)
  for (let step = before; step > 0; step -= 1) {
    const seen = new Date(at.getTime() - luck.around(2, 0.8) * step * DAY)
    rows.touches.push(touch(orgId, luck, arrival, personId, id, seen, paid !== undefined && step === before ? 'ad_click' : 'page_view'))
  }
  const kind = channel.story.kind === 'event' ? 'webinar' : channel.story.kind === 'referral' || channel.story.kind === 'partner' ? 'referral' : 'form'
  rows.touches.push(touch(orgId, luck, arrival, personId, id, at, kind))
}

function touch(orgId: Id<'org'>, luck: Chance, { channel, companyId, leadId, campaignId }: Arrival, personId: Id<'per'>, inquiryId: Id<'inq'>, at: Date, kind: 'form' | 'ad_click' | 'page_view' | 'webinar' | 'referral') {
  return { orgId, id: luck.id('tch', at), personId, companyId, leadId, inquiryId, kind, verdict: 'human' as const, sourceId: channel.sourceId, channelId: channel.id, campaignId, at, recordedAt: at }
}
