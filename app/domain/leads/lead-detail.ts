import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { maskText } from '~/lib/mask-contact'
import type { Tx } from '~db/client.server'
import { companies, inquiries, inquiryDetails, revenueLines, sources } from '~db/schema'
import { DomainError, memberOf, query, type Context } from '../kernel'
import { contactsOfCompanies, contactsOfPeople, seesContacts, type Reach } from '../people'
import type { Checklist } from './assert-move-allowed'
import { OneLead } from './contract'
import { leadRows, type LeadListRow } from './lead-rows'
import { stageOf, type LeadRow } from './locked-lead'
import { leadsToldBy } from './lead-group'
import { checklistOf, hadTwoWayContact } from './move-stage'
import { distinctPeople, peopleOn } from './people-on-leads'
import type { StageState } from './stage-state'
import type { PersonRole, RevenueKind } from './vocabulary'
import { visibleLeads } from './visible-leads'

export type LeadPerson = { id: Id<'per'>; name: string; title: string | null; city: string | null; role: PersonRole; reach: Reach[] }
export type LeadCompany = { id: Id<'co'>; name: string; domain: string | null; industry: string | null; employees: number | null; city: string | null; region: string | null; country: string | null; isCustomer: boolean; phones: Reach[] }
export type LeadInquiry = {
  id: Id<'inq'>; at: Date; externalId: string; receipt: Id<'dlv'> | null; isRepeat: boolean; source: string; message: string | null
  answers: Record<string, unknown>; external: Record<string, unknown>; clickIds: Record<string, unknown>; utm: Record<string, unknown>; landingPage: string | null
}
export type LeadRevenue = { id: Id<'rev'>; kind: RevenueKind; amount: bigint; currency: string; at: Date; isReversed: boolean }
export type LeadDetail = LeadListRow & {
  state: StageState; checklist: Checklist; hasTwoWayContact: boolean; isSeparate: boolean
  /** leads that a merge closed under this one */
  duplicates: Id<'lead'>[]
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
    const told = await leadsToldBy(tx, leadId)
    const [flags] = await tx.execute<{ is_separate: boolean }>(sql`select is_separate from leads where id = ${toUuid(leadId)}`)
    return {
      ...row,
      isSeparate: flags?.is_separate ?? false,
      state: await stageOf(tx, row as unknown as LeadRow),
      checklist: await checklistOf(tx, leadId),
      duplicates: told.slice(1),
      hasTwoWayContact: await hadTwoWayContact(tx, told),
      people: await peopleOf(tx, ctx, told),
      companyFacts: row.company === null ? null : await companyOf(tx, ctx, row.company.id),
      inquiries: (await inquiriesOf(tx, told)).map(ownsLead(ctx, row) ? (each) => each : covered),
      revenue: await revenueOf(tx, told),
    }
  },
})

/** Whether what others wrote down may stand as it is: it may hold numbers. */
export const ownsLead = (ctx: Context, { owner }: Pick<LeadListRow, 'owner'>): boolean => seesContacts(ctx) || (owner !== null && owner.id === memberOf(ctx.actor))

/** An inquiry with the numbers and addresses in what was said covered; ids of platforms are long numbers too, and stay. */
function covered(inquiry: LeadInquiry): LeadInquiry {
  const cover = (bag: Record<string, unknown>) => Object.fromEntries(Object.entries(bag).map(([name, value]) => [name, typeof value === 'string' ? maskText(value) : value]))
  return { ...inquiry, message: inquiry.message && maskText(inquiry.message), answers: cover(inquiry.answers) }
}

/** Everybody on the lead or on a duplicate of it, merged people once, with their numbers and addresses as this actor may see them. */
async function peopleOf(tx: Tx, ctx: Context, told: Id<'lead'>[]): Promise<LeadPerson[]> {
  const rows = distinctPeople(await peopleOn(tx, told))
  const reach = await contactsOfPeople(tx, ctx, rows.map(({ id }) => id))
  return rows.map(({ leadId: _lead, ...row }) => ({ ...row, reach: reach.get(row.id) ?? [] }))
}

async function companyOf(tx: Tx, ctx: Context, companyId: Id<'co'>): Promise<LeadCompany | null> {
  const members = await tx.select().from(companies).where(or(eq(companies.id, companyId), eq(companies.canonicalId, companyId)))
  const row = members.find((member) => member.id === companyId)
  if (row === undefined) return null
  const phones = (await contactsOfCompanies(tx, ctx, [companyId])).get(companyId) ?? []
  const { id, name, domain, industry, employees, city, region, country } = row
  const isCustomer = members.some((member) => member.isCustomer)
  return { id, name, domain, industry, employees, city, region, country, isCustomer, phones }
}

const bag = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

// Capture keeps answers as a list of { question, answer }, in the order they were asked.
const answersOf = (value: unknown): Record<string, unknown> =>
  Array.isArray(value) ? Object.fromEntries(value.map(({ question, answer }: { question: string; answer: string }) => [question, answer])) : bag(value)

async function inquiriesOf(tx: Tx, told: Id<'lead'>[]): Promise<LeadInquiry[]> {
  const rows = await tx.select({ inquiry: inquiries, said: inquiryDetails, source: sources.name }).from(inquiries)
    .innerJoin(sources, and(eq(sources.orgId, inquiries.orgId), eq(sources.id, inquiries.sourceId)))
    .leftJoin(inquiryDetails, and(eq(inquiryDetails.orgId, inquiries.orgId), eq(inquiryDetails.inquiryId, inquiries.id)))
    .where(inArray(inquiries.leadId, told)).orderBy(asc(inquiries.at), asc(inquiries.id)).limit(200)
  return rows.map(({ inquiry, said, source }) => ({
    id: inquiry.id, at: inquiry.at, externalId: inquiry.externalId, receipt: inquiry.deliveryId, isRepeat: inquiry.isRepeat, source,
    message: said?.message ?? null, answers: answersOf(said?.answers), external: bag(said?.external), clickIds: bag(said?.clickIds), utm: bag(said?.utm),
    landingPage: said?.landingPage ?? null,
  }))
}

async function revenueOf(tx: Tx, told: Id<'lead'>[]): Promise<LeadRevenue[]> {
  const rows = await tx.select().from(revenueLines).where(inArray(revenueLines.leadId, told)).orderBy(asc(revenueLines.at), asc(revenueLines.recordedAt), asc(revenueLines.id))
  return rows.map(({ id, kind, amount, currency, at, reversedBy }) => ({ id, kind, amount, currency, at, isReversed: reversedBy !== null }))
}
