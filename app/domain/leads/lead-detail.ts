import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { activities, companies, companyPhones, identities, inquiries, inquiryDetails, leadPeople, people, revenueLines, sources } from '~db/schema'
import { DomainError, query } from '../kernel'
import type { Checklist } from './assert-move-allowed'
import { OneLead } from './contract'
import { leadRows, type LeadListRow } from './lead-rows'
import { stageOf, type LeadRow } from './locked-lead'
import { checklistOf } from './move-stage'
import type { StageState } from './stage-state'
import { twoWayOutcomes, type PersonRole, type RevenueKind } from './vocabulary'
import { visibleLeads } from './visible-leads'

export type LeadPerson = { id: Id<'per'>; name: string; title: string | null; city: string | null; role: PersonRole; reach: { kind: 'phone' | 'email' | 'wechat'; shown: string }[] }
export type LeadCompany = { id: Id<'co'>; name: string; domain: string | null; industry: string | null; employees: number | null; city: string | null; region: string | null; country: string | null; isCustomer: boolean; phones: string[] }
export type LeadInquiry = {
  id: Id<'inq'>; at: Date; externalId: string; receipt: Id<'dlv'> | null; isRepeat: boolean; source: string; message: string | null
  answers: Record<string, unknown>; external: Record<string, unknown>; clickIds: Record<string, unknown>; utm: Record<string, unknown>; landingPage: string | null
}
export type LeadRevenue = { id: Id<'rev'>; kind: RevenueKind; amount: bigint; currency: string; at: Date; isReversed: boolean }
export type LeadDetail = LeadListRow & {
  state: StageState; checklist: Checklist; hasTwoWayContact: boolean; isSeparate: boolean
  people: LeadPerson[]; companyFacts: LeadCompany | null; inquiries: LeadInquiry[]; revenue: LeadRevenue[]
}

/** Everything of one lead but its timeline. Amounts are minor units. Refuses: not-found (also where not visible). */
export const leadDetail = query({
  name: 'lead.detail',
  permission: 'leads:read',
  input: OneLead,
  async run({ tx, ctx, input: { leadId } }): Promise<LeadDetail> {
    const [row] = await leadRows(tx, sql`l.id = ${toUuid(leadId)}::uuid and ${visibleLeads(ctx, 'l')}`, sql`l.id`, 1)
    if (row === undefined) throw new DomainError('not-found')
    const [flags] = await tx.execute<{ is_separate: boolean }>(sql`select is_separate from leads where id = ${toUuid(leadId)}`)
    return {
      ...row,
      isSeparate: flags?.is_separate ?? false,
      state: await stageOf(tx, row as unknown as LeadRow),
      checklist: await checklistOf(tx, leadId),
      hasTwoWayContact: await hasTwoWay(tx, leadId),
      people: await peopleOf(tx, leadId),
      companyFacts: row.company === null ? null : await companyOf(tx, row.company.id),
      inquiries: await inquiriesOf(tx, leadId),
      revenue: await revenueOf(tx, leadId),
    }
  },
})

async function hasTwoWay(tx: Tx, leadId: Id<'lead'>): Promise<boolean> {
  const [row] = await tx.select({ id: activities.id }).from(activities)
    .where(and(eq(activities.leadId, leadId), isNull(activities.undoneAt), inArray(activities.outcome, [...twoWayOutcomes]))).limit(1)
  return row !== undefined
}

async function peopleOf(tx: Tx, leadId: Id<'lead'>): Promise<LeadPerson[]> {
  const rows = await tx.select({ id: people.id, name: people.name, title: people.title, city: people.city, role: leadPeople.role })
    .from(leadPeople).innerJoin(people, and(eq(people.orgId, leadPeople.orgId), eq(people.id, leadPeople.personId)))
    .where(eq(leadPeople.leadId, leadId)).orderBy(asc(leadPeople.addedAt), asc(people.id))
  if (rows.length === 0) return []
  const reach = await tx.select({ personId: identities.personId, kind: identities.kind, shown: identities.shown }).from(identities)
    .where(inArray(identities.personId, rows.map(({ id }) => id))).orderBy(asc(identities.createdAt))
  return rows.map((row) => ({
    ...row,
    reach: reach.flatMap(({ personId, kind, shown }) => (personId === row.id && kind !== 'external' ? [{ kind, shown }] : [])),
  }))
}

async function companyOf(tx: Tx, companyId: Id<'co'>): Promise<LeadCompany | null> {
  const [row] = await tx.select().from(companies).where(eq(companies.id, companyId))
  if (row === undefined) return null
  const phones = await tx.select({ shown: companyPhones.shown }).from(companyPhones).where(eq(companyPhones.companyId, companyId))
  const { id, name, domain, industry, employees, city, region, country, isCustomer } = row
  return { id, name, domain, industry, employees, city, region, country, isCustomer, phones: phones.map(({ shown }) => shown) }
}

const bag = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

// Capture keeps answers as a list of { question, answer }, in the order they were asked.
const answersOf = (value: unknown): Record<string, unknown> =>
  Array.isArray(value) ? Object.fromEntries(value.map(({ question, answer }: { question: string; answer: string }) => [question, answer])) : bag(value)

async function inquiriesOf(tx: Tx, leadId: Id<'lead'>): Promise<LeadInquiry[]> {
  const rows = await tx.select({ inquiry: inquiries, said: inquiryDetails, source: sources.name }).from(inquiries)
    .innerJoin(sources, and(eq(sources.orgId, inquiries.orgId), eq(sources.id, inquiries.sourceId)))
    .leftJoin(inquiryDetails, and(eq(inquiryDetails.orgId, inquiries.orgId), eq(inquiryDetails.inquiryId, inquiries.id)))
    .where(eq(inquiries.leadId, leadId)).orderBy(asc(inquiries.at), asc(inquiries.id)).limit(200)
  return rows.map(({ inquiry, said, source }) => ({
    id: inquiry.id, at: inquiry.at, externalId: inquiry.externalId, receipt: inquiry.deliveryId, isRepeat: inquiry.isRepeat, source,
    message: said?.message ?? null, answers: answersOf(said?.answers), external: bag(said?.external), clickIds: bag(said?.clickIds), utm: bag(said?.utm),
    landingPage: said?.landingPage ?? null,
  }))
}

async function revenueOf(tx: Tx, leadId: Id<'lead'>): Promise<LeadRevenue[]> {
  const rows = await tx.select().from(revenueLines).where(eq(revenueLines.leadId, leadId)).orderBy(asc(revenueLines.at), asc(revenueLines.recordedAt), asc(revenueLines.id))
  return rows.map(({ id, kind, amount, currency, at, reversedBy }) => ({ id, kind, amount, currency, at, isReversed: reversedBy !== null }))
}
