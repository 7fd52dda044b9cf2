import { and, eq, ne } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { members } from '~db/schema'
import { command, DomainError } from '../kernel'
import { ChangeOwnership } from './contract'
import { changeLead, lockedLead } from './locked-lead'
import { recordChange } from './record-change'

/**
 * Gives a lead to a member, or to nobody (`to` null). To the same one changes nothing.
 * Refuses: not-found (lead or member), member-inactive, stale.
 */
export const changeOwnership = command({
  name: 'lead.change-ownership',
  permission: 'leads:assign',
  input: ChangeOwnership,
  async run({ tx, ctx, input, emit, audit }): Promise<{ version: number; ownerId: Id<'mem'> | null }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    if (lead.ownerId === input.to) return { version: lead.version, ownerId: lead.ownerId }
    if (input.version !== undefined && input.version !== lead.version) {
      throw new DomainError('stale', { params: { theirs: lead.ownerId ?? '', yours: input.to ?? '', version: lead.version } })
    }
    if (input.to !== null) await assertMayOwn(tx, input.to)
    const { version } = await changeLead(tx, lead, { ownerId: input.to })
    await recordChange(tx, ctx, lead, { kind: 'owner', before: lead.ownerId, after: input.to, reason: input.reason })
    await audit(lead.id, { before: { ownerId: lead.ownerId }, after: { ownerId: input.to, reason: input.reason } })
    await emit('lead.owner-changed', { leadId: lead.id, from: lead.ownerId, to: input.to })
    return { version, ownerId: input.to }
  },
})

/** Partners submit leads; they do not own them. */
async function assertMayOwn(tx: Tx, memberId: Id<'mem'>): Promise<void> {
  const [member] = await tx.select({ status: members.status }).from(members).where(and(eq(members.id, memberId), ne(members.role, 'partner')))
  if (member === undefined) throw new DomainError('not-found', { fields: { to: ['unknown'] } })
  if (member.status !== 'active') throw new DomainError('member-inactive')
}
