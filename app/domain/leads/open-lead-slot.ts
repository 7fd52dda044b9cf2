import { and, eq, inArray, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads } from '~db/schema'
import { DomainError } from '../kernel'
import { groupOfCompany, groupOfPerson } from '../people'
import type { LeadRow } from './locked-lead'

/** The other open lead of the same company (or person) and product line, merged ones counted as one, if there is one. */
export async function otherOpenLead(tx: Tx, lead: LeadRow): Promise<Id<'lead'> | null> {
  if (lead.isSeparate) return null
  const whose = await interestOf(tx, lead)
  if (whose === null) return null
  const [row] = await tx.select({ id: leads.id }).from(leads).where(and(
    whose, eq(leads.productLineId, lead.productLineId), eq(leads.isOpen, true), eq(leads.isSeparate, false), ne(leads.id, lead.id),
  )).limit(1)
  return row?.id ?? null
}

/** One open lead per company and product line: refuses to open a second one, naming the first. */
export async function assertMayOpen(tx: Tx, lead: LeadRow): Promise<void> {
  await lockInterest(tx, lead)
  const other = await otherOpenLead(tx, lead)
  if (other !== null) throw new DomainError('other-lead-open', { params: { leadId: other } })
}

async function interestOf(tx: Tx, lead: LeadRow): Promise<SQL | undefined | null> {
  if (lead.companyId !== null) {
    const group = await groupOfCompany(tx, lead.companyId)
    return inArray(leads.companyId, group?.ids ?? [lead.companyId])
  }
  if (lead.personId === null) return null
  const group = await groupOfPerson(tx, lead.personId)
  return and(isNull(leads.companyId), inArray(leads.personId, group?.ids ?? [lead.personId]))
}

// Two leads of companies that were merged share no unique key: whoever reopens one waits for the other, and for a merge.
async function lockInterest(tx: Tx, { companyId, personId }: LeadRow): Promise<void> {
  if (companyId !== null) await tx.execute(sql`select 1 from companies where id = (select coalesce(canonical_id, id) from companies where id = ${toUuid(companyId)}) for no key update`)
  else if (personId !== null) await tx.execute(sql`select 1 from people where id = (select coalesce(canonical_id, id) from people where id = ${toUuid(personId)}) for no key update`)
}

/** An open lead as merging weighs it. */
export type OpenInterest = Pick<LeadRow, 'id' | 'productLineId' | 'companyId' | 'personId' | 'ownerId' | 'channelId' | 'cameInAt'>

/**
 * Open leads of these companies, of these people where no company is known, and those these people hang on; interests
 * set apart are left out. Locked in the order of their ids where `locks`.
 */
export async function openInterests(tx: Tx, of: { companyIds: Id<'co'>[]; personIds: Id<'per'>[] }, { locks }: { locks: boolean }): Promise<(OpenInterest & { isHungOn: boolean })[]> {
  const persons = sql`any (${`{${of.personIds.map(toUuid).join(',')}}`}::uuid[])`
  const hung = sql<boolean>`exists (select from lead_people x where x.org_id = ${leads.orgId} and x.lead_id = ${leads.id} and x.person_id = ${persons})`
  const ofCompanies = of.companyIds.length === 0 ? sql`false` : inArray(leads.companyId, of.companyIds)
  const ofPeople = of.personIds.length === 0 ? sql`false` : or(and(isNull(leads.companyId), inArray(leads.personId, of.personIds)), hung)
  const found = tx.select({
    id: leads.id, productLineId: leads.productLineId, companyId: leads.companyId, personId: leads.personId, ownerId: leads.ownerId,
    channelId: leads.channelId, cameInAt: leads.cameInAt, isHungOn: sql<boolean>`${hung}`,
  }).from(leads).where(and(eq(leads.isOpen, true), eq(leads.isSeparate, false), or(ofCompanies, ofPeople))).orderBy(leads.id)
  return locks ? found.for('update', { of: leads }) : found
}
