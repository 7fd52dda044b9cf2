import type { Tx } from '~db/client.server'
import type { Id } from '~/lib/ids'
import { command, DomainError, type Context } from '../kernel'
import { assertMayOwn, assertRoom, lockCapacity, takenBy } from './capacity'
import { ChangeOwnership } from './contract'
import { lockedLead, type LeadRow } from './locked-lead'
import { placeInQueue } from './place-in-queue'
import { noteOn, placeLead } from './place-lead'
import { openPool } from './pool-rows'

export type Owned = { version: number; ownerId: Id<'mem'> | null; poolId: Id<'pool'> | null; protectedUntil: Date | null; recycleAt: Date | null }

/**
 * Gives a lead to a member, or into a pool (`to` null, its own pool unless `poolId` names one), whoever asks. To the
 * same one changes nothing. Refuses: not-found (lead, member, pool), member-inactive, at-cap {by, cap},
 * taken {by} (on an older version, another has it now), stale.
 */
export const changeOwnership = command({
  name: 'lead.change-ownership',
  permission: 'leads:assign',
  input: ChangeOwnership,
  async run({ tx, ctx, input, audit }): Promise<Owned> {
    const { to, poolId, by, reason, note } = input
    if (to !== null) await lockCapacity(tx, ctx, [to])
    const lead = await lockedLead(tx, ctx, input.leadId)
    if (lead.ownerId === to && (to !== null || poolId === undefined || poolId === lead.poolId)) return ownedOf(lead)
    await assertNewest(tx, lead, input)
    if (poolId !== undefined) await openPool(tx, poolId)
    if (to !== null) await assertMayOwn(tx, to)
    if (to !== null && lead.isOpen) await assertRoom(tx, to)
    const noteId = await noteOn(ctx, lead.id, note)
    const after = await placeLead(ctx, lead, { to, by: by ?? wayOf(ctx), reason, poolId, noteId })
    await audit(lead.id, { before: { ownerId: lead.ownerId, poolId: lead.poolId }, after: { ownerId: to, poolId: after.poolId, reason } })
    await placeInQueue(ctx, [lead.id])
    return ownedOf(after)
  },
})

export const ownedOf = ({ version, ownerId, poolId, protectedUntil, recycleAt }: LeadRow): Owned => ({ version, ownerId, poolId, protectedUntil, recycleAt })

const wayOf = ({ actor }: Context) => (actor.kind === 'apiKey' ? 'api' : actor.kind === 'system' ? 'timer' : 'hand')

// Two at once: the second hears who has it, where somebody has; any other change since is a stale form.
async function assertNewest(tx: Tx, lead: LeadRow, { version, to }: { version?: number | undefined; to: Id<'mem'> | null }): Promise<void> {
  if (version === undefined || version === lead.version) return
  if (lead.ownerId !== null) throw await takenBy(tx, lead.ownerId)
  throw new DomainError('stale', { params: { theirs: '', yours: to ?? '', version: lead.version } })
}
