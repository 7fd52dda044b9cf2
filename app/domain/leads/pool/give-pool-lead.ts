import { eq } from 'drizzle-orm'
import { leads } from '~db/schema'
import { can, command, DomainError } from '../../kernel'
import { assertMayOwn, assertRoom, lockCapacity, takenBy } from '../capacity'
import { ownedOf, type Owned } from '../change-ownership'
import { GivePoolLead } from '../contract'
import { placeLead } from '../place-lead'
import { standingsOf } from '../pool-rows'

/**
 * What an administrator of a pool may do with its leads: give one out to a member, or take one back into it (`to` null).
 * Refuses: not-found (also where one is no administrator of the lead's pool), taken {by}, member-inactive, at-cap.
 */
export const givePoolLead = command({
  name: 'pool.give-lead',
  permission: 'leads:claim',
  input: GivePoolLead,
  async run({ tx, ctx, input: { leadId, to, version }, audit }): Promise<Owned> {
    if (to !== null) await lockCapacity(tx, ctx, [to])
    const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId)).for('update')
    if (lead === undefined || lead.duplicateOf !== null || lead.poolId === null) throw new DomainError('not-found')
    const { actor } = ctx
    const standings = actor.kind === 'user' ? await standingsOf(tx, actor.memberId, actor.teamId) : new Map()
    if (!can(actor, 'leads:assign') && standings.get(lead.poolId)?.administers !== true) throw new DomainError('not-found')
    if (lead.ownerId === to) return ownedOf(lead)
    if (lead.ownerId !== null && (to !== null || (version !== undefined && version !== lead.version))) throw await takenBy(tx, lead.ownerId)
    if (!lead.isOpen) throw new DomainError('lead-closed')
    if (to !== null) await assertMayOwn(tx, to)
    if (to !== null) await assertRoom(tx, to)
    const after = await placeLead(ctx, lead, { to, by: 'hand', reason: to === null ? 'returned' : 'assigned' })
    await audit(lead.id, { before: { ownerId: lead.ownerId }, after: { ownerId: to, poolId: after.poolId } })
    return ownedOf(after)
  },
})
