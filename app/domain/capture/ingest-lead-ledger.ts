import { newId, toUuid } from '~/lib/ids'
import { searchTokens } from '~/lib/search-tokens'
import type { Incoming, Known } from './ingest-lead-lookup'
import { doubtedNumbers, identityKey } from './doubted-numbers'
import { rootIn, slotsOf, type Slot } from './lead-places'
import type { CompanyHint, Contact, Identity } from './normalise-draft'

type Row = Record<string, unknown>
/** Rows that one statement writes, by table. Keys are column names, ids are UUIDs. */
export type Writes = Record<
  | 'people' | 'identities' | 'person_fills' | 'companies' | 'company_fills' | 'company_phones' | 'employments' | 'leads' | 'lead_companies' | 'lead_people'
  | 'inquiries' | 'inquiry_details' | 'inquiry_fills' | 'touches' | 'events' | 'audits', Row[]>

type Person = { id: string; name: string; lastAt: number | null; hasName: boolean; hasTitle: boolean }
type Company = { id: string; name: string; key: string; domain: string | null; ofCustomer: boolean }
/** What is known while a batch is planned: the database's answer, and everything planned so far. */
export type Ledger = {
  writes: Writes
  personBy: Map<string, string>
  people: Map<string, Person>
  companyByDomain: Map<string, Company>
  companyByKey: Map<string, Company>
  companies: Map<string, Company>
  employers: Map<string, string[]>
  /** who stands for a merged person or company; rows are written of the one a message named, so that a split needs no move */
  canonical: Map<string, string>
  slots: Map<string, Slot>
  inquiries: Map<string, Known['inquiries'][number]>
}

export function openLedger(known: Known): Ledger {
  const canonical = new Map(known.merged.map(({ id, canonical_id: root }) => [id, root]))
  const rootOf = (id: string) => canonical.get(id) ?? id
  const customers = new Set(known.companies.filter((company) => company.of_customer).map(({ id }) => rootOf(id)))
  const companies = known.companies.map(({ of_customer: _own, ...company }): Company => ({ ...company, ofCustomer: customers.has(rootOf(company.id)) }))
  const employers = new Map<string, string[]>()
  for (const { person_id: person, company_id: company } of known.employments) employers.set(rootOf(person), [...(employers.get(rootOf(person)) ?? []), company])
  const byKey = new Map<string, Company>()
  const byDomain = new Map<string, Company>()
  for (const company of companies) {
    if (!byKey.has(company.key)) byKey.set(company.key, company)
    if (company.domain !== null) byDomain.set(company.domain, company)
  }
  return {
    writes: {
      people: [], identities: [], person_fills: [], companies: [], company_fills: [], company_phones: [], employments: [], leads: [], lead_companies: [],
      lead_people: [], inquiries: [], inquiry_details: [], inquiry_fills: [], touches: [], events: [], audits: [],
    },
    personBy: new Map(known.identities.map(({ kind, value, person_id: person }) => [`${kind} ${value}`, person])),
    people: new Map(known.people.map(({ id, name, title, last_at: lastAt }) => [id, { id, name, lastAt, hasName: name !== '', hasTitle: title !== null }])),
    canonical, companyByDomain: byDomain, companyByKey: byKey, companies: new Map(companies.map((company) => [company.id, company])), employers,
    slots: slotsOf(known.leads, rootOf),
    inquiries: new Map(known.inquiries.map((inquiry) => [inquiry.external_id, inquiry])),
  }
}

/** Changes a row: the one about to be written, the change already planned, or a new change. A statement cannot change a row twice. */
export function amend(fresh: Row[], fills: Row[], id: string, changes: Row): void {
  const planned = fresh.find((row) => row['id'] === id) ?? fills.find((row) => row['id'] === id)
  if (planned) Object.assign(planned, changes)
  else fills.push({ id, ...changes })
}

/**
 * The person a draft is about: by phone, then by e-mail and WeChat. Where those name two people, the first
 * wins, nothing is merged, and the caller hears of it. `known` is the person an earlier message named.
 */
export function resolvePerson(ledger: Ledger, { draft, contact, at }: Incoming, known: string | null): { id: string | null; isAmbiguous: boolean; isChanged: boolean; doubted: Identity[] } {
  const doubted = known === null ? doubtedNumbers(ledger, contact, at) : []
  const sure = contact.identities.filter((each) => !doubted.includes(each))
  const found = [...new Set(sure.flatMap((each) => ledger.personBy.get(identityKey(each)) ?? []))]
  const fresh = sure.filter((each) => !ledger.personBy.has(identityKey(each)))
  const existing = known ?? found[0] ?? null
  if (existing === null && contact.identities.length === 0 && contact.name === '') return { id: null, isAmbiguous: false, isChanged: false, doubted }
  const id = existing ?? newPerson(ledger, draft, contact, at)
  for (const identity of fresh) {
    ledger.personBy.set(identityKey(identity), id)
    ledger.writes.identities.push({ ...identity, person_id: id })
  }
  const isFilled = existing !== null && fillPerson(ledger, id, draft, contact)
  return { id, isAmbiguous: found.some((each) => rootIn(ledger, each) !== rootIn(ledger, id)), isChanged: isFilled || fresh.length > 0 || existing === null, doubted }
}

function newPerson(ledger: Ledger, draft: Incoming['draft'], contact: Contact, at: Date): string {
  const id = toUuid(newId('per'))
  ledger.writes.people.push({
    id, name: contact.name, given_name: draft.givenName, family_name: draft.familyName, title: draft.title, country: contact.country,
    region: draft.region, city: draft.city, tokens: searchTokens(contact.name, draft.givenName, draft.familyName), at: at.toISOString(),
  })
  ledger.people.set(id, { id, name: contact.name, lastAt: at.getTime(), hasName: contact.name !== '', hasTitle: draft.title !== null })
  return id
}

function fillPerson(ledger: Ledger, id: string, draft: Incoming['draft'], contact: Contact): boolean {
  const person = ledger.people.get(id)
  if (!person) return false
  const name = person.hasName || contact.name === '' ? null : contact.name
  const title = person.hasTitle ? null : draft.title
  if (name === null && title === null) return false
  const changes = { ...(name === null ? {} : { name, tokens: searchTokens(name) }), ...(title === null ? {} : { title }) }
  amend(ledger.writes.people, ledger.writes.person_fills, id, changes)
  ledger.people.set(id, { ...person, name: name ?? person.name, hasName: person.hasName || name !== null, hasTitle: person.hasTitle || title !== null })
  return true
}

/** The company a draft is about: by domain, then by name; without either, where its person was last known to work. */
export function resolveCompany(ledger: Ledger, { draft, contact, at }: Incoming, personId: string | null): Company | null {
  const company = contact.company === null ? lastEmployer(ledger, personId) : (findCompany(ledger, contact.company) ?? newCompany(ledger, contact.company, draft, contact, at))
  if (company === null) return null
  if (contact.company !== null) fillCompany(ledger, company, contact.company)
  for (const { value, shown } of contact.officePhones) ledger.writes.company_phones.push({ company_id: company.id, value, shown })
  if (personId !== null) employ(ledger, personId, company.id, draft.title, at)
  return company
}

function lastEmployer(ledger: Ledger, personId: string | null): Company | null {
  const [last] = personId === null ? [] : (ledger.employers.get(rootIn(ledger, personId)) ?? [])
  return last === undefined ? null : (ledger.companies.get(last) ?? null)
}

function findCompany(ledger: Ledger, { domain, key }: CompanyHint): Company | null {
  return (domain === null ? undefined : ledger.companyByDomain.get(domain)) ?? (key === null ? undefined : ledger.companyByKey.get(key)) ?? null
}

function newCompany(ledger: Ledger, hint: CompanyHint, draft: Incoming['draft'], contact: Contact, at: Date): Company {
  const name = hint.name ?? hint.domain ?? ''
  const company: Company = { id: toUuid(newId('co')), name, key: hint.key ?? hint.domain ?? '', domain: hint.domain, ofCustomer: false }
  ledger.writes.companies.push({
    id: company.id, name, key: company.key, domain: hint.domain, country: contact.country, region: draft.region, city: draft.city, industry: draft.industry,
    employees: draft.employees, tokens: searchTokens(name, hint.domain), at: at.toISOString(),
  })
  remember(ledger, company)
  return company
}

// A company first known by its domain alone gets its name from the first message that says it, and the reverse.
function fillCompany(ledger: Ledger, company: Company, hint: CompanyHint): void {
  const name = company.name === company.domain ? hint.name : null
  const domain = company.domain === null && hint.domain !== null && !ledger.companyByDomain.has(hint.domain) ? hint.domain : null
  if (name === null && domain === null) return
  const filled: Company = { ...company, name: name ?? company.name, key: (name === null ? null : hint.key) ?? company.key, domain: domain ?? company.domain }
  const changes = { name: filled.name, key: filled.key, domain: filled.domain, tokens: searchTokens(filled.name, filled.domain) }
  amend(ledger.writes.companies, ledger.writes.company_fills, company.id, changes)
  remember(ledger, filled)
}

function remember(ledger: Ledger, company: Company): void {
  ledger.companies.set(company.id, company)
  ledger.companyByKey.set(company.key, company)
  if (company.domain !== null) ledger.companyByDomain.set(company.domain, company)
}

function employ(ledger: Ledger, personId: string, companyId: string, title: string | null, at: Date): void {
  const employers = ledger.employers.get(rootIn(ledger, personId)) ?? []
  if (employers.includes(companyId)) return
  ledger.employers.set(rootIn(ledger, personId), [companyId, ...employers])
  ledger.writes.employments.push({ person_id: personId, company_id: companyId, title, at: at.toISOString() })
}
