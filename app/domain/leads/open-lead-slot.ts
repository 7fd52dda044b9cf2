import { and, eq, isNull, ne, type SQL } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads } from '~db/schema'
import { DomainError } from '../kernel'
import type { LeadRow } from './locked-lead'

/** The other open lead of the same company (or person) and product line, if there is one. */
export async function otherOpenLead(tx: Tx, lead: LeadRow): Promise<Id<'lead'> | null> {
  if (lead.isSeparate) return null
  const whose = interestOf(lead)
  if (whose === null) return null
  const [row] = await tx.select({ id: leads.id }).from(leads).where(and(
    whose, eq(leads.productLineId, lead.productLineId), eq(leads.isOpen, true), eq(leads.isSeparate, false), ne(leads.id, lead.id),
  )).limit(1)
  return row?.id ?? null
}

/** One open lead per company and product line: refuses to open a second one, naming the first. */
export async function assertMayOpen(tx: Tx, lead: LeadRow): Promise<void> {
  const other = await otherOpenLead(tx, lead)
  if (other !== null) throw new DomainError('other-lead-open', { params: { leadId: other } })
}

function interestOf(lead: LeadRow): SQL | undefined | null {
  if (lead.companyId !== null) return eq(leads.companyId, lead.companyId)
  return lead.personId === null ? null : and(isNull(leads.companyId), eq(leads.personId, lead.personId))
}
