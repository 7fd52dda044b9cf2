import { eq } from 'drizzle-orm'
import { leads } from '~db/schema'
import { command, DomainError } from '../kernel'
import { handOverTasks } from '../leads'
import { FollowOwner } from './contract'

/**
 * Gives the open tasks of a lead to whoever owns it now: those of the owner before and those nobody had; what a colleague
 * took on stays theirs. Told twice, or of two changes the later first, it comes to the same. Answers how many moved. Refuses: not-found.
 */
export const followOwner = command({
  name: 'task.follow-owner',
  permission: 'leads:assign',
  input: FollowOwner,
  async run({ tx, ctx, input, audit }): Promise<{ moved: number }> {
    const [lead] = await tx.select({ ownerId: leads.ownerId }).from(leads).where(eq(leads.id, input.leadId))
    if (lead === undefined) throw new DomainError('not-found')
    const moved = await handOverTasks(ctx, input.leadId, input.from, lead.ownerId)
    if (moved > 0) await audit(input.leadId, { before: { ownerId: input.from }, after: { ownerId: lead.ownerId, counts: `${moved}` } })
    return { moved }
  },
})
