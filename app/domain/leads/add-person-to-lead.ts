import { eq } from 'drizzle-orm'
import { leadPeople, people } from '~db/schema'
import { command, DomainError } from '../kernel'
import { AddPersonToLead } from './contract'
import { changeLead, lockedLead } from './locked-lead'
import { recordChange } from './record-change'

/** Hangs a known person on a lead with a role. One who is on it already stays as is. Refuses: not-found (lead or person). */
export const addPersonToLead = command({
  name: 'lead.add-person',
  permission: 'leads:write',
  input: AddPersonToLead,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const [person] = await tx.select({ id: people.id }).from(people).where(eq(people.id, input.personId))
    if (person === undefined) throw new DomainError('not-found', { fields: { personId: ['unknown'] } })
    const added = await tx.insert(leadPeople)
      .values({ orgId: ctx.orgId, leadId: lead.id, personId: person.id, role: input.role, addedAt: ctx.now }).onConflictDoNothing().returning()
    if (added.length === 0) return { version: lead.version }
    await recordChange(tx, ctx, lead, { kind: 'role', before: null, after: `${person.id}:${input.role}` })
    const { version } = await changeLead(tx, lead, lead.personId === null && lead.companyId !== null ? { personId: person.id } : {})
    await audit(lead.id, { after: { personId: person.id, role: input.role } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { version }
  },
})
