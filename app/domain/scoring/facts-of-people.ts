import { isFreeMail } from '~/lib/email-domain'
import { addressDigestsOf } from '~/platform/address-digest'
import type { Id } from '~/lib/ids'
import { roleOfTitle } from '../leads'
import type { PersonRole } from '../leads/vocabulary'
import { addressRows, companyPhoneRows, memberRows, peopleRows, reachRows, suppressedRows, suppressionKey, titleRows, type HungRow, type LeadRow, type MemberRow, type Reading } from './fact-rows'
import type { LeadFacts } from './lead-facts'

/** What the people on a lead say of it. */
export type PeopleFacts = Pick<LeadFacts, 'roles' | 'freeMail' | 'reach' | 'isUnsubscribed' | 'hasObjection'> & { country: string | null }
/** A lead with its duplicates: what happened counts until `until`, what was written down until `knownBy`. */
export type Asked = { lead: LeadRow; told: readonly string[]; until: number; knownBy: number }
type Known = {
  hung: ReadonlyMap<string, readonly HungRow[]>; members: ReadonlyMap<string, readonly MemberRow[]>; titles: ReadonlyMap<string, readonly { member: string; company: string; title: string }[]>
  reach: ReadonlyMap<string, readonly Reach[]>; stopped: ReadonlyMap<string, number>; phones: ReadonlyMap<string, number>
}
type Reach = { member: string; kind: 'phone' | 'email' | 'wechat'; domain: string | null; at: number }

/** The people of leads in a handful of statements, whatever the number of leads; only what was known by then of each. */
export async function factsOfPeople(at: Reading, orgId: Id<'org'>, asked: readonly Asked[]): Promise<(one: Asked) => PeopleFacts> {
  const companies = [...new Set(asked.flatMap(({ lead }) => [lead.raw_company ?? [], lead.company ?? []].flat()))]
  const [hung, phones, [key]] = await Promise.all([peopleRows(at, asked.flatMap(({ told }) => told)), companies.length === 0 ? [] : companyPhoneRows(at, companies), suppressionKey(at)])
  const people = [...new Set(hung.map(({ person }) => person))]
  const members = people.length === 0 ? [] : await memberRows(at, people)
  const ids = members.map(({ id }) => id)
  const [titles, reach, stopped] = ids.length === 0 ? [[], [], new Map<string, number>()] : await Promise.all([titleRows(at, ids), reachRows(at, ids), stoppedSince(at, orgId, key?.sealed ?? null, ids)])
  const known: Known = {
    hung: grouped(hung, ({ lead_id }) => lead_id), members: grouped(members, ({ person }) => person), titles: grouped(titles, ({ member }) => member), reach: grouped(reach, ({ member }) => member), stopped,
    phones: new Map(phones.map((row) => [row.company, row.at])),
  }
  return (one) => peopleFacts(one, known)
}

function peopleFacts({ lead, told, until, knownBy }: Asked, known: Known): PeopleFacts {
  const hung = told.flatMap((id) => known.hung.get(id) ?? []).filter(({ added_at }) => added_at <= knownBy)
  const members = [...new Set(hung.map(({ person }) => person))].sort().flatMap((person) => known.members.get(person) ?? [])
  const reach = members.flatMap(({ id }) => known.reach.get(id) ?? []).filter(({ at }) => at <= knownBy)
  const domains = reach.flatMap(({ domain }) => domain ?? [])
  const hasNumber = [lead.raw_company, lead.company].some((id) => id !== null && isBy(known.phones.get(id), knownBy))
  return {
    roles: rolesOf(lead, hung, known),
    freeMail: domains.length === 0 ? null : domains.every(isFreeMail),
    reach: new Set([...(hasNumber ? (['phone'] as const) : []), ...reach.map(({ kind }) => kind)]),
    isUnsubscribed: members.some(({ id }) => isBy(known.stopped.get(id), until)),
    hasObjection: members.some(({ objects }) => objects),
    country: members.map(({ country }) => country).find((country) => country !== null) ?? null,
  }
}

const isBy = (moment: number | undefined, until: number): boolean => moment !== undefined && moment <= until

/** What somebody said of a role goes before what the title tells. */
function rolesOf(lead: LeadRow, hung: readonly HungRow[], { members, titles }: Known): PersonRole[] {
  const roles = new Set<PersonRole>()
  for (const { person, role } of hung) {
    const group = members.get(person) ?? []
    const jobs = group.flatMap(({ id }) => titles.get(id) ?? [])
    const here = jobs.find(({ company }) => company === lead.company || company === lead.raw_company)
    const title = here?.title ?? group.find(({ id }) => id === person)?.title ?? jobs[0]?.title ?? null
    roles.add(role === 'contact' ? roleOfTitle(title) : role)
  }
  return [...roles].sort()
}

/** Since when a person wants no mail at some address. Addresses are read only where anybody does not. */
async function stoppedSince(at: Reading, orgId: Id<'org'>, sealed: string | null, members: readonly string[]): Promise<Map<string, number>> {
  if (sealed === null) return new Map()
  const nameOf = addressDigestsOf(sealed, orgId)
  const addresses = (await addressRows(at, members)).map(({ member, address }) => ({ member, key: nameOf(address) }))
  const stopped = new Map((await suppressedRows(at, [...new Set(addresses.map((each) => each.key))])).map((row) => [row.key, row.at]))
  const since = new Map<string, number>()
  for (const { member, key: name } of addresses) {
    const moment = stopped.get(name)
    if (moment !== undefined) since.set(member, Math.min(moment, since.get(member) ?? Number.POSITIVE_INFINITY))
  }
  return since
}

/** Rows by a key, in their order. */
export function grouped<R>(rows: readonly R[], keyOf: (row: R) => string): Map<string, R[]> {
  const found = new Map<string, R[]>()
  for (const row of rows) {
    const own = found.get(keyOf(row))
    if (own === undefined) found.set(keyOf(row), [row])
    else own.push(row)
  }
  return found
}
