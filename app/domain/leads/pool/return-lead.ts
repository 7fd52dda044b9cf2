import { command, DomainError, memberOf } from '../../kernel'
import { ownedOf, type Owned } from '../change-ownership'
import { ReturnLead } from '../contract'
import { lockedLead } from '../locked-lead'
import { noteOn, placeLead } from '../place-lead'

/**
 * Gives one's own lead back to its pool with a reason, and in one's own words as a note. A lead that lies in a pool
 * already stays there. Refuses: not-found, not-allowed (another's lead), stale.
 */
export const returnLead = command({
  name: 'lead.return',
  permission: 'leads:claim',
  input: ReturnLead,
  async run({ tx, ctx, input, audit }): Promise<Owned> {
    const lead = await lockedLead(tx, ctx, input.leadId, input.version)
    if (lead.ownerId === null) return ownedOf(lead)
    if (ctx.actor.kind !== 'system' && lead.ownerId !== memberOf(ctx.actor)) throw new DomainError('not-allowed')
    const noteId = await noteOn(ctx, lead.id, input.note)
    const after = await placeLead(ctx, lead, { to: null, by: 'return', reason: input.reason, noteId })
    await audit(lead.id, { before: { ownerId: lead.ownerId }, after: { ownerId: null, poolId: after.poolId, reason: input.reason } })
    return ownedOf(after)
  },
})
