import { decideAssignment, languageOf, type Staff } from '~/domain/assignment'
import type { AssignmentRule, RuleSet } from '~/domain/assignment/contract'
import type { Availability } from '~/domain/assignment/vocabulary'
import type { Id } from '~/lib/ids'
import { dayStart } from '~/lib/period'
import type { House } from './house'
import type { Arrival, Told } from './tell'
import type { RuleStory, World } from './world'

type Mem = Id<'mem'>
/** Who has had which lead until when; null: still. What a rep has open at a moment is counted here. */
export type Held = { memberId: Mem; until: number | null }
/** The rules of a told organisation as they are published, and where turns stand while leads are told. */
export type Desk = { rules: RuleSet; standings: Map<string, number>; held: Held[] }
export type Place = { ownerId: Mem | null; receiptId: Id<'asr'> }

export const openDesk = (world: World, house: House): Desk => ({ rules: ruleSetOf(world, house, world.rules), standings: new Map(), held: [] })

/** Rules told by names, as the people, teams and channels of a house. */
export function ruleSetOf(world: World, house: House, stories: readonly RuleStory[]): RuleSet {
  const seat = (local: string): Mem => {
    const found = house.seats.find(({ story }) => story.local === local)
    if (found === undefined) throw new RangeError(`nobody is called ${local}`)
    return found.id
  }
  const weightsOf = (weights: Readonly<Record<string, number>> = {}) => Object.entries(weights).map(([local, weight]) => ({ memberId: seat(local), weight }))
  const targetOf = ({ to }: RuleStory): AssignmentRule['to'] => {
    if ('pool' in to) return { kind: 'pool', poolId: house.poolId }
    if ('members' in to) return { kind: 'members', members: weightsOf(to.members) }
    const teamId = house.teams.get(to.team)
    if (teamId === undefined) throw new RangeError(`no team is called ${to.team}`)
    return { kind: 'team', teamId, weights: Object.fromEntries(weightsOf(to.weights).map(({ memberId, weight }) => [memberId, weight])) }
  }
  const rules = stories.map((story): AssignmentRule => {
    const { channels, ...when } = story.when
    const named = channels === undefined ? {} : { channels: house.channels.filter(({ story: { name } }) => channels.includes(name)).map(({ id }) => id) }
    return { key: story.key, name: story.name, isOn: true, when: { ...when, ...named }, to: targetOf(story), keepsHours: false, matchesLanguage: story.matchesLanguage ?? false, skills: [] }
  })
  return { rules, named: world.accounts.map(({ company, owner }) => ({ account: company.name, memberId: seat(owner) })), keepsCompanyOwner: true, keepsCustomerOwner: true }
}

/** Gives a lead to whom the rules say, with its receipt, as it would be given when it comes in. */
export function place(told: Told, arrival: Arrival, productLineId: Id<'pl'>): Place {
  const { rows, chance, house, desk } = told
  const { at, leadId } = arrival
  const decision = decideAssignment({
    facts: factsOf(told, arrival, productLineId), rules: desk.rules, staff: staffAt(told, at.getTime()), owners: { company: null, customer: null },
    standingOf: (rule, memberId) => desk.standings.get(`${rule} ${memberId}`) ?? 0, availability: (memberId) => availabilityAt(told, memberId, at),
  })
  for (const [memberId, standing] of decision.standings) desk.standings.set(`${decision.rule} ${memberId}`, standing)
  const receiptId = chance.id('asr', at)
  rows.assignmentReceipts.push({
    orgId: house.orgId, leadId, id: receiptId, eventKey: leadId, kind: decision.kind, rule: decision.rule, chosenId: decision.memberId, poolId: decision.memberId === null ? house.poolId : null,
    looked: decision.looked, candidates: decision.candidates, policyVersion: 1, at,
  })
  return { ownerId: decision.memberId, receiptId }
}

function factsOf({ world, rows }: Told, { channel, companyId, campaignId, message }: Arrival, productLineId: Id<'pl'>) {
  const company = companyId === null ? undefined : rows.companies.at(-1)
  const person = rows.people.at(-1)
  const country = company?.country ?? person?.country ?? world.country
  return {
    channelKind: channel.story.kind, channelId: channel.id, sourceId: channel.sourceId, campaignId, productLineId, country, region: company?.region ?? null, city: company?.city ?? null,
    language: languageOf([message, person?.name ?? null], country), industry: company?.industry ?? null, employees: company?.employees ?? null, ofCustomer: false, company: company?.name ?? null, domain: company?.domain ?? null,
  }
}

function staffAt({ house, desk }: Told, at: number): Map<Mem, Staff> {
  const open = new Map<Mem, number>()
  for (const { memberId, until } of desk.held) if (until === null || until > at) open.set(memberId, (open.get(memberId) ?? 0) + 1)
  return new Map(house.seats.filter(({ role }) => role !== 'partner').map(({ id, role, story }) => [id, {
    id, teamId: story.team === undefined ? null : (house.teams.get(story.team) ?? null), isActive: true, takesLeads: role === 'rep', cap: story.openCap ?? null, open: open.get(id) ?? 0,
    languages: story.languages ?? [], skills: [],
  }]))
}

function availabilityAt({ world, rows }: Told, memberId: Mem, at: Date): Availability {
  const isAway = rows.absences.some((each) => each.memberId === memberId && dayStart(each.fromDay, world.timeZone) <= at && at.getTime() < dayStart(each.toDay, world.timeZone).getTime() + 86_400_000)
  return isAway ? 'away' : 'working'
}
