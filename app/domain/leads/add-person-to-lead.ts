import { and, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { employments, leadPeople } from '~db/schema'
import { command, DomainError, isRefusal, type Context } from '../kernel'
import { groupOfCompany, groupOfPerson, openPerson } from '../people'
import { AddPersonToLead } from './contract'
import { changeLead, lockedLead, type LeadRow } from './locked-lead'
import { recordChange } from './record-change'

/**
 * Hangs a known person on a lead with a role: one whom the actor sees, or a colleague at the lead's company. One who is
 * on it already stays as is. Refuses: not-found (lead or person).
 */
export const addPersonToLead = command({
  name: 'lead.add-person',
  permission: 'leads:write',
  input: AddPersonToLead,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const personId = await colleague(tx, lead, input.personId) ?? await seen(tx, ctx, input.personId)
    if (personId === null) throw new DomainError('not-found', { fields: { personId: ['unknown'] } })
    const added = await tx.insert(leadPeople)
      .values({ orgId: ctx.orgId, leadId: lead.id, personId, role: input.role, addedAt: ctx.now }).onConflictDoNothing().returning()
    if (added.length === 0) return { version: lead.version }
    await recordChange(tx, ctx, lead, { kind: 'role', before: null, after: `${personId}:${input.role}` })
    const { version } = await changeLead(tx, lead, lead.personId === null && lead.companyId !== null ? { personId } : {})
    await audit(lead.id, { after: { personId, role: input.role } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { version }
  },
})

async function colleague(tx: Tx, lead: LeadRow, personId: Id<'per'>): Promise<Id<'per'> | null> {
  const person = await groupOfPerson(tx, personId)
  const company = lead.companyId === null ? null : await groupOfCompany(tx, lead.companyId)
  if (person === null || company === null) return null
  const [job] = await tx.select({ id: employments.personId }).from(employments)
    .where(and(inArray(employments.personId, person.ids), inArray(employments.companyId, company.ids))).limit(1)
  return job === undefined ? null : person.canonicalId
}

const seen = (tx: Tx, ctx: Context, personId: Id<'per'>): Promise<Id<'per'> | null> =>
  openPerson(tx, ctx, personId).then(({ id }) => id, (error: unknown) => {
    if (isRefusal(error, 'not-found')) return null
    throw error
  })
