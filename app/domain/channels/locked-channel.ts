import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { campaigns, channels } from '~db/schema'
import { DomainError, type Context } from '../kernel'

/** A channel of this organisation, locked for a change. Refuses `not-found`. */
export async function lockedChannel(tx: Tx, { orgId }: Context, channelId: Id<'ch'>): Promise<typeof channels.$inferSelect> {
  const [channel] = await tx.select().from(channels).where(and(eq(channels.orgId, orgId), eq(channels.id, channelId))).for('update')
  if (!channel) throw new DomainError('not-found')
  return channel
}

/** A campaign of this organisation, locked for a change. Refuses `not-found`. */
export async function lockedCampaign(tx: Tx, { orgId }: Context, campaignId: Id<'cmp'>): Promise<typeof campaigns.$inferSelect> {
  const [campaign] = await tx.select().from(campaigns).where(and(eq(campaigns.orgId, orgId), eq(campaigns.id, campaignId))).for('update')
  if (!campaign) throw new DomainError('not-found')
  return campaign
}

export const nameTaken = (): DomainError => new DomainError('name-taken', { fields: { name: ['taken'] } })
