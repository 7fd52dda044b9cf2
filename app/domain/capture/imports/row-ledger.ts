import type { LeadDraft } from '../lead-draft'
import { slotsOf, type KnownLead, type Slot } from '../lead-places'
import type { KnownCompany, KnownInquiry, KnownPerson, KnownRows } from './lookup-rows'

export type LedgerCompany = Omit<KnownCompany, 'of_customer' | 'canonical_id'> & { ofCustomer: boolean; tokens: string; isFresh: boolean }
export type LedgerPerson = Omit<KnownPerson, 'last_at' | 'canonical_id'> & { tokens: string; isFresh: boolean; lastAt: number | null }

/** Rows that a chunk writes, by table; ids are UUIDs, moments ISO text, tokens parted by blanks. */
export type RowWrites = {
  companies: LedgerCompany[]
  companyPatches: LedgerCompany[]
  people: LedgerPerson[]
  personPatches: LedgerPerson[]
  identities: { kind: string; value: string; person_id: string; shown: string }[]
  employments: { person_id: string; company_id: string; title: string | null; at: string }[]
  companyPhones: { company_id: string; value: string; shown: string }[]
  leads: {
    id: string; move_id: string; product_line_id: string; company_id: string | null; person_id: string | null; owner_id: string | null
    channel_id: string | null; campaign_id: string | null; at: string; of_customer: boolean; duplicate_of: string | null
  }[]
  leadCompanies: { id: string; company_id: string }[]
  leadPeople: { lead_id: string; person_id: string; role: string }[]
  inquiries: {
    id: string; touch_id: string; external_id: string; lead_id: string; person_id: string | null; company_id: string | null; channel_id: string | null
    campaign_id: string | null; is_repeat: boolean; at: string; message: string | null; answers: LeadDraft['answers']; external: LeadDraft['external']
    click_ids: LeadDraft['clickIds']; utm: LeadDraft['utm']; landing_page: string | null; referrer: string | null
  }[]
  inquiryFills: { id: string; person_id: string | null; campaign_id: string | null }[]
  detailFills: {
    id: string; message: string | null; answers: LeadDraft['answers'] | null; external: Record<string, string> | null
    click_ids: Record<string, string> | null; utm: Record<string, string> | null
  }[]
}

/** What is known while a chunk is planned: the database's answer and everything planned so far. `touched` are rows that were there before. */
export type RowLedger = {
  writes: RowWrites
  changes: number
  touched: Record<'people' | 'companies' | 'leads' | 'inquiries', Set<string>>
  inquiries: Map<string, KnownInquiry>
  personBy: Map<string, string>
  people: Map<string, LedgerPerson>
  namedBy: Map<string, string>
  companyByDomain: Map<string, LedgerCompany>
  companyByKey: Map<string, LedgerCompany>
  companies: Map<string, LedgerCompany>
  employers: Map<string, string[]>
  /** who stands for a merged person or company */
  canonical: Map<string, string>
  slots: Map<string, Slot>
  leads: Map<string, KnownLead>
  freshLeads: Map<string, RowWrites['leads'][number]>
  /** people and companies as they were */
  before: Map<string, Readonly<Record<string, unknown>>>
}

export function openLedger(known: KnownRows): RowLedger {
  const canonical = new Map([...known.people, ...known.companies].flatMap(({ id, canonical_id: root }) => (root === null ? [] : [[id, root] as const])))
  const rootOf = (id: string) => canonical.get(id) ?? id
  const customers = new Set(known.companies.filter((company) => company.of_customer).map(({ id }) => rootOf(id)))
  const companies = known.companies.map(({ of_customer: _own, canonical_id: _root, ...company }): LedgerCompany => ({ ...company, ofCustomer: customers.has(rootOf(company.id)), tokens: '', isFresh: false }))
  const byKey = new Map<string, LedgerCompany>()
  for (const company of companies) if (!byKey.has(company.key)) byKey.set(company.key, company)
  const employers = new Map<string, string[]>()
  for (const { person_id: person, company_id: company } of known.employments) employers.set(rootOf(person), [...(employers.get(rootOf(person)) ?? []), company])
  const kinds = new Map<string, Set<string>>()
  for (const person of known.people) kinds.set(rootOf(person.id), new Set([...(kinds.get(rootOf(person.id)) ?? []), ...person.kinds]))
  return {
    writes: {
      companies: [], companyPatches: [], people: [], personPatches: [], identities: [], employments: [], companyPhones: [], leads: [], leadCompanies: [],
      leadPeople: [], inquiries: [], inquiryFills: [], detailFills: [],
    },
    changes: 0,
    touched: { people: new Set(), companies: new Set(), leads: new Set(), inquiries: new Set() },
    inquiries: new Map(known.inquiries.map((inquiry) => [inquiry.external_id, inquiry])),
    personBy: new Map(known.identities.map(({ kind, value, person_id: person }) => [`${kind} ${value}`, person])),
    people: new Map(known.people.map(({ last_at: lastAt, canonical_id: _root, ...person }) =>
      [person.id, { ...person, kinds: [...(kinds.get(rootOf(person.id)) ?? [])], lastAt, tokens: '', isFresh: false }])),
    namedBy: new Map(known.named.map(({ company_id: company, name, person_id: person }) => [`${rootOf(company)} ${name}`, person])),
    companyByDomain: new Map(companies.flatMap((company) => (company.domain === null ? [] : [[company.domain, company] as const]))),
    companyByKey: byKey,
    companies: new Map(companies.map((company) => [company.id, company])),
    employers,
    canonical,
    slots: slotsOf(known.leads.filter((lead) => lead.is_slot), rootOf),
    leads: new Map(known.leads.map((lead) => [lead.id, lead])),
    freshLeads: new Map(),
    before: new Map([...known.people, ...known.companies].map((each) => [each.id, { ...each }])),
  }
}
