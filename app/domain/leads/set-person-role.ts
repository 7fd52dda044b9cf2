import { and, eq } from 'drizzle-orm'
import { leadPeople } from '~db/schema'
import { command, DomainError } from '../kernel'
import { SetPersonRole } from './contract'
import { changeLead, lockedLead } from './locked-lead'
import { recordChange } from './record-change'

/** Says what part a person of the lead plays in the purchase. Refuses: not-found (lead, or person not on it). */
export const setPersonRole = command({
  name: 'lead.set-person-role',
  permission: 'leads:write',
  input: SetPersonRole,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const here = and(eq(leadPeople.leadId, lead.id), eq(leadPeople.personId, input.personId))
    const [before] = await tx.select({ role: leadPeople.role }).from(leadPeople).where(here)
    if (before === undefined) throw new DomainError('not-found')
    if (before.role === input.role) return { version: lead.version }
    await tx.update(leadPeople).set({ role: input.role }).where(here)
    await recordChange(tx, ctx, lead, { kind: 'role', before: `${input.personId}:${before.role}`, after: `${input.personId}:${input.role}` })
    const { version } = await changeLead(tx, lead, {})
    await audit(lead.id, { before: { role: before.role }, after: { role: input.role } })
    await emit('lead.changed', { leadId: lead.id, ownerId: lead.ownerId })
    return { version }
  },
})
