import { and, eq, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { campaigns, channels, members, productLines } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import { openPool } from '../leads'

type Places = { channelId: Id<'ch'> | null; campaignId?: Id<'cmp'> | null; productLineId: Id<'pl'> | null; ownerId: Id<'mem'> | null; poolId?: Id<'pool'> | null }

/** Where leads of a source go must be of this organisation and in use. Refuses `not-found`, and `member-inactive` for a leaver. */
export async function assertSourcePlaces(tx: Tx, { orgId }: Context, { channelId, campaignId = null, productLineId, ownerId, poolId = null }: Places): Promise<void> {
  if (channelId !== null) {
    const [channel] = await tx.select({ id: channels.id }).from(channels).where(and(eq(channels.orgId, orgId), eq(channels.id, channelId), isNull(channels.archivedAt)))
    if (!channel) throw new DomainError('not-found')
  }
  if (campaignId !== null) await assertCampaign(tx, { orgId }, { channelId, campaignId })
  if (productLineId !== null) {
    const [line] = await tx.select({ id: productLines.id }).from(productLines).where(and(eq(productLines.orgId, orgId), eq(productLines.id, productLineId)))
    if (!line) throw new DomainError('not-found')
  }
  if (poolId !== null) await openPool(tx, poolId)
  if (ownerId === null) return
  const [owner] = await tx.select({ status: members.status, role: members.role }).from(members).where(and(eq(members.orgId, orgId), eq(members.id, ownerId)))
  if (!owner || owner.role === 'partner') throw new DomainError('not-found')
  if (owner.status !== 'active') throw new DomainError('member-inactive')
}

/** A campaign must be of this organisation and of the channel beside it. Refuses `not-found`, and `invalid` for another channel's. */
export async function assertCampaign(tx: Tx, { orgId }: Pick<Context, 'orgId'>, { channelId, campaignId }: { channelId: Id<'ch'> | null; campaignId: Id<'cmp'> | null }): Promise<void> {
  if (campaignId === null) return
  const [campaign] = await tx.select({ channelId: campaigns.channelId }).from(campaigns).where(and(eq(campaigns.orgId, orgId), eq(campaigns.id, campaignId)))
  if (!campaign) throw new DomainError('not-found')
  if (channelId !== null && campaign.channelId !== channelId) throw new DomainError('invalid', { fields: { campaignId: ['other-channel'] } })
}

/** Runs a write in a savepoint of its own and says `name-taken` where a unique name stands against it. */
export async function refuseTakenName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if ((cause as { code?: string }).code === '23505') throw new DomainError('name-taken', { fields: { name: ['taken'] } })
    throw error
  }
}
