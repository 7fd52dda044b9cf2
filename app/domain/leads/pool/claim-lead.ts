import { and, count, desc, eq, gte, isNotNull } from 'drizzle-orm'
import { dayStart, localDate } from '~/lib/period'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, ownershipChanges } from '~db/schema'
import { command, DomainError, type Context, type UserActor } from '../../kernel'
import { assertRoom, lockCapacity, takenBy } from '../capacity'
import { ownedOf, type Owned } from '../change-ownership'
import { assertMayClaim, type ClaimFacts } from '../claim-rules'
import { ClaimLead } from '../contract'
import type { LeadRow } from '../locked-lead'
import { placeLead } from '../place-lead'
import { openPool, orgTimeZone, standingsOf } from '../pool-rows'

/**
 * Takes a lead out of a pool one belongs to. Claiming one's own changes nothing. Refuses: not-found (also a lead of a
 * pool one is not in), taken {by}, lead-closed, cooling-down {until}, pool-day-cap {cap}, pool-held-cap {cap}, at-cap.
 */
export const claimLead = command({
  name: 'lead.claim',
  permission: 'leads:claim',
  input: ClaimLead,
  async run({ tx, ctx, input, audit }): Promise<Owned> {
    const { actor } = ctx
    if (actor.kind !== 'user') throw new DomainError('not-allowed')
    await lockCapacity(tx, ctx, [actor.memberId])
    const lead = await leadOfMyPools(tx, actor, input.leadId)
    if (lead.ownerId === actor.memberId) return ownedOf(lead)
    if (lead.ownerId !== null) throw await takenBy(tx, lead.ownerId)
    if (!lead.isOpen || lead.poolId === null) throw new DomainError('lead-closed')
    const pool = await openPool(tx, lead.poolId)
    assertMayClaim(pool, await claimFacts(tx, ctx, actor.memberId, lead))
    await assertRoom(tx, actor.memberId)
    const after = await placeLead(ctx, lead, { to: actor.memberId, by: 'claim', reason: 'claimed' })
    await audit(lead.id, { before: { ownerId: null, poolId: pool.id }, after: { ownerId: actor.memberId } })
    return ownedOf(after)
  },
})

/** A lead of a pool one is in, locked; of other leads one hears nothing. */
async function leadOfMyPools(tx: Tx, { memberId, teamId }: UserActor, leadId: Id<'lead'>): Promise<LeadRow> {
  const [lead] = await tx.select().from(leads).where(eq(leads.id, leadId)).for('update')
  const standing = lead?.poolId == null ? undefined : (await standingsOf(tx, memberId, teamId)).get(lead.poolId)
  if (lead === undefined || lead.duplicateOf !== null || (standing?.claims !== true && lead.ownerId !== memberId)) throw new DomainError('not-found')
  return lead
}

/** What the caps and the pause are counted from. The member is locked. */
export async function claimFacts(tx: Tx, ctx: Pick<Context, 'now'>, memberId: Id<'mem'>, lead: Pick<LeadRow, 'id' | 'poolId'>): Promise<ClaimFacts> {
  const zone = await orgTimeZone(tx)
  const today = dayStart(localDate(ctx.now, zone), zone)
  const poolId = lead.poolId as Id<'pool'>
  const [claimed] = await tx.select({ n: count() }).from(ownershipChanges)
    .where(and(eq(ownershipChanges.toId, memberId), eq(ownershipChanges.way, 'claim'), gte(ownershipChanges.at, today), eq(ownershipChanges.fromPool, poolId)))
  const [held] = await tx.select({ n: count() }).from(leads).where(and(eq(leads.ownerId, memberId), eq(leads.isOpen, true), eq(leads.poolId, poolId)))
  const [last] = await tx.select({ fromId: ownershipChanges.fromId, at: ownershipChanges.at }).from(ownershipChanges)
    .where(and(eq(ownershipChanges.leadId, lead.id), isNotNull(ownershipChanges.fromId))).orderBy(desc(ownershipChanges.at), desc(ownershipChanges.id)).limit(1)
  return { claimedToday: claimed?.n ?? 0, held: held?.n ?? 0, lostAt: last?.fromId === memberId ? last.at : null, now: ctx.now }
}
