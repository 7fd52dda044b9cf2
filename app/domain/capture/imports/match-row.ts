import { newUuid } from '~/lib/ids'
import { searchTokens } from '~/lib/search-tokens'
import { doubtedNumbers } from '../doubted-numbers'
import { rootIn } from '../lead-places'
import type { Contact } from '../normalise-draft'
import type { ConflictRule, ConflictRules } from './import-options'
import type { AskedRow } from './lookup-rows'
import type { PlanSettings } from './plan-rows'
import type { RowRemarkCode } from './read-cells'
import type { LedgerCompany, RowLedger } from './row-ledger'

/** How a row found somebody who was there already. */
export type RowMatch = 'our-id' | 'external-id' | 'email' | 'phone' | 'domain-name' | 'company' | 'new'

const order = ['email', 'phone', 'wechat'] as const
const matchOf = { email: 'email', phone: 'phone', wechat: 'phone' } as const

/** `contact` is what the row says of the person, without numbers that may be somebody else's by now: those are answers. */
type Found = { id: string | null; match: RowMatch; remarks: RowRemarkCode[]; contact: Contact }

/** The person of a row: whom an earlier message named, else by e-mail, phone, or company domain and name; else a new one. */
export function personOf(ledger: RowLedger, given: AskedRow, earlier: string | null, { rules }: PlanSettings): Found {
  const doubted = earlier === null ? doubtedNumbers(ledger, given.contact, given.at) : []
  const contact = doubted.length === 0 ? given.contact : without(given.contact, doubted)
  const asked = { ...given, contact }
  const found = order.flatMap((kind) => contact.identities.filter((each) => each.kind === kind).flatMap((each) => {
    const person = ledger.personBy.get(`${kind} ${each.value}`)
    return person === undefined ? [] : [{ person, match: matchOf[kind] }]
  }))
  const best = earlier === null ? (found[0] ?? byName(ledger, asked)) : { person: earlier, match: 'external-id' as const }
  const remarks: RowRemarkCode[] = doubted.length === 0 ? [] : ['phone-doubted']
  if (best !== null && found.some(({ person }) => rootIn(ledger, person) !== rootIn(ledger, best.person))) remarks.push('person-ambiguous')
  if (best !== null) {
    if (best.person !== earlier && ledger.people.get(best.person)?.isFresh === true) remarks.push('person-twice')
    return { id: best.person, match: best.match, remarks: [...remarks, ...fillPerson(ledger, best.person, asked, rules)], contact }
  }
  if (given.contact.identities.length === 0 && contact.name === '') return { id: null, match: 'new', remarks, contact }
  return { id: newPerson(ledger, asked), match: 'new', remarks, contact }
}

const without = (contact: Contact, doubted: readonly Contact['identities'][number][]): Contact => ({
  ...contact, identities: contact.identities.filter((each) => !doubted.includes(each)),
  leftovers: [...contact.leftovers, ...doubted.map(({ shown }) => ({ question: 'phone', answer: shown }))],
})

function byName(ledger: RowLedger, { contact }: AskedRow): { person: string; match: 'domain-name' } | null {
  const company = contact.company?.domain == null || contact.name === '' ? undefined : ledger.companyByDomain.get(contact.company.domain)
  const person = company === undefined ? undefined : ledger.namedBy.get(`${rootIn(ledger, company.id)} ${contact.name}`)
  return person === undefined ? null : { person, match: 'domain-name' }
}

function newPerson(ledger: RowLedger, { row: { draft }, contact, at }: AskedRow): string {
  const person = {
    id: newUuid(), name: contact.name, given_name: draft.givenName, family_name: draft.familyName, title: draft.title, country: contact.country, region: draft.region,
    city: draft.city, kinds: contact.identities.map(({ kind }) => kind), tokens: searchTokens(contact.name, draft.givenName, draft.familyName).join(' '), isFresh: true, lastAt: at.getTime(),
  }
  ledger.writes.people.push(person)
  ledger.people.set(person.id, person)
  for (const { kind, value, shown } of contact.identities) {
    ledger.personBy.set(`${kind} ${value}`, person.id)
    ledger.writes.identities.push({ kind, value, person_id: person.id, shown })
  }
  ledger.changes += 1
  return person.id
}

/** What a value becomes where the record has one already, by the rule of its field. */
function settle<T extends string | number>(rule: ConflictRule | undefined, old: T | null, given: T | null): T | null {
  const isBlank = old === null || old === ''
  if (given === null || given === '' || rule === 'keep') return old
  return isBlank || rule === 'overwrite' ? given : old
}

/**
 * Lays a row over a person who was there. An address or number of a kind the person has already is not added: the
 * e-mail of a matched person never changes. Of a merged person, what is shown changes, and the rest stays with whom it named.
 */
export function fillPerson(ledger: RowLedger, id: string, { row: { draft }, contact }: AskedRow, rules: ConflictRules): RowRemarkCode[] {
  const person = ledger.people.get(rootIn(ledger, id))
  if (person === undefined) return []
  const remarks: RowRemarkCode[] = []
  for (const { kind, value, shown } of contact.identities) {
    if (ledger.personBy.has(`${kind} ${value}`)) continue
    if (person.kinds.includes(kind) && kind === 'email') {
      remarks.push('email-kept')
      continue
    }
    ledger.personBy.set(`${kind} ${value}`, id)
    ledger.writes.identities.push({ kind, value, person_id: id, shown })
    person.kinds.push(kind)
    if (!person.isFresh) ledger.touched.people.add(id)
    ledger.changes += 1
  }
  const after = {
    name: settle(rules['full_name'], person.name, contact.name) ?? '', title: settle(rules['title'], person.title, draft.title),
    country: settle(rules['country'], person.country, contact.country), region: settle(rules['region'], person.region, draft.region), city: settle(rules['city'], person.city, draft.city),
  }
  if (Object.entries(after).every(([name, value]) => person[name as keyof typeof after] === value)) return remarks
  const isPatched = ledger.writes.personPatches.includes(person)
  Object.assign(person, after, { tokens: searchTokens(after.name, person.given_name, person.family_name).join(' ') })
  if (!person.isFresh && !isPatched) ledger.writes.personPatches.push(person)
  if (!person.isFresh) ledger.touched.people.add(person.id)
  ledger.changes += 1
  return remarks
}

/** The company of a row: by domain, then by name; without either, where its person was last known to work. */
export function companyOf(ledger: RowLedger, asked: AskedRow, personId: string | null, { rules }: PlanSettings): LedgerCompany | null {
  const { contact, row: { draft }, at } = asked
  const hint = contact.company
  if (hint === null) {
    const [last] = personId === null ? [] : (ledger.employers.get(rootIn(ledger, personId)) ?? [])
    return last === undefined ? null : (ledger.companies.get(last) ?? null)
  }
  const found = (hint.domain === null ? undefined : ledger.companyByDomain.get(hint.domain)) ?? (hint.key === null ? undefined : ledger.companyByKey.get(hint.key))
  const company = found ?? newCompany(ledger, asked)
  if (found !== undefined) fillCompany(ledger, company, asked, rules)
  for (const { value, shown } of contact.officePhones) {
    ledger.writes.companyPhones.push({ company_id: company.id, value, shown })
    if (!company.isFresh) ledger.touched.companies.add(company.id)
  }
  if (personId !== null) employ(ledger, personId, company, contact.name, draft.title, at)
  return company
}

function newCompany(ledger: RowLedger, { contact, row: { draft } }: AskedRow): LedgerCompany {
  const { name, key, domain } = contact.company ?? { name: null, key: null, domain: null }
  const shown = name ?? domain ?? ''
  const company: LedgerCompany = {
    id: newUuid(), name: shown, key: key ?? domain ?? '', domain, industry: draft.industry, employees: draft.employees, country: contact.country,
    region: draft.region, city: draft.city, ofCustomer: false, tokens: searchTokens(shown, domain).join(' '), isFresh: true,
  }
  ledger.writes.companies.push(company)
  ledger.changes += 1
  remember(ledger, company)
  return company
}

/** Lays a row over a company that was there. One known by its domain alone gets its name from the first row that says it. */
export function fillCompany(ledger: RowLedger, company: LedgerCompany, asked: AskedRow, rules: ConflictRules): void {
  patchCompany(ledger, company, namesOf(ledger, company, asked))
  const { contact, row: { draft } } = asked
  const shown = ledger.companies.get(rootIn(ledger, company.id)) ?? company
  patchCompany(ledger, shown, {
    industry: settle(rules['industry'], shown.industry, draft.industry), employees: settle(rules['employees'], shown.employees, draft.employees),
    country: settle(rules['country'], shown.country, contact.country), region: settle(rules['region'], shown.region, draft.region), city: settle(rules['city'], shown.city, draft.city),
  })
}

function namesOf(ledger: RowLedger, company: LedgerCompany, { contact }: AskedRow): Pick<LedgerCompany, 'name' | 'key' | 'domain'> {
  const hint = contact.company
  const isNamed = company.name === company.domain && hint?.name != null
  const domain = company.domain === null && hint?.domain != null && !ledger.companyByDomain.has(hint.domain) ? hint.domain : company.domain
  return { name: isNamed ? (hint.name ?? company.name) : company.name, key: isNamed ? (hint.key ?? company.key) : company.key, domain }
}

function patchCompany(ledger: RowLedger, company: LedgerCompany, after: Partial<LedgerCompany>): void {
  if (Object.entries(after).every(([name, value]) => company[name as keyof LedgerCompany] === value)) return
  const isPatched = ledger.writes.companyPatches.includes(company)
  Object.assign(company, after)
  company.tokens = searchTokens(company.name, company.domain).join(' ')
  if (!company.isFresh && !isPatched) ledger.writes.companyPatches.push(company)
  if (!company.isFresh) ledger.touched.companies.add(company.id)
  ledger.changes += 1
  remember(ledger, company)
}

function remember(ledger: RowLedger, company: LedgerCompany): void {
  ledger.companies.set(company.id, company)
  if (!ledger.companyByKey.has(company.key)) ledger.companyByKey.set(company.key, company)
  if (company.domain !== null) ledger.companyByDomain.set(company.domain, company)
}

function employ(ledger: RowLedger, personId: string, company: LedgerCompany, name: string, title: string | null, at: Date): void {
  const employers = ledger.employers.get(rootIn(ledger, personId))
  if (employers?.includes(company.id) === true) return
  ledger.employers.set(rootIn(ledger, personId), [company.id, ...(employers ?? [])])
  ledger.writes.employments.push({ person_id: personId, company_id: company.id, title, at: at.toISOString() })
  if (name !== '' && company.domain !== null) ledger.namedBy.set(`${rootIn(ledger, company.id)} ${name}`, personId)
  if (ledger.people.get(personId)?.isFresh !== true) ledger.touched.people.add(personId)
}
