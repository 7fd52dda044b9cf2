import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { campaigns } from '~db/schema'
import { command, query } from '../kernel'
import { CreateCampaign, ListCampaigns, OneCampaign, RenameCampaign } from './contract'
import { foldName } from './fold-name'
import { lockedCampaign, lockedChannel, nameTaken } from './locked-channel'

export type CampaignRow = { id: Id<'cmp'>; channelId: Id<'ch'>; name: string }

/** Adds a campaign to a channel. Refuses `not-found`, `name-taken` within the channel. */
export const createCampaign = command({
  name: 'campaign.create',
  permission: 'channels:write',
  input: CreateCampaign,
  async run({ tx, ctx, input: { channelId, name }, audit }): Promise<{ campaignId: Id<'cmp'> }> {
    await lockedChannel(tx, ctx, channelId)
    const [made] = await tx.insert(campaigns).values({ orgId: ctx.orgId, id: newId('cmp'), channelId, name, key: foldName(name), createdAt: ctx.now }).onConflictDoNothing().returning({ id: campaigns.id })
    if (!made) throw nameTaken()
    await audit(made.id, { after: { name, channelId } })
    return { campaignId: made.id }
  },
})

/** Gives a campaign another name. Refuses `not-found`, `name-taken` within its channel. */
export const renameCampaign = command({
  name: 'campaign.rename',
  permission: 'channels:write',
  input: RenameCampaign,
  async run({ tx, ctx, input: { campaignId, name }, audit }): Promise<void> {
    const before = await lockedCampaign(tx, ctx, campaignId)
    const key = foldName(name)
    const same = and(eq(campaigns.orgId, ctx.orgId), eq(campaigns.channelId, before.channelId), eq(campaigns.key, key), ne(campaigns.id, campaignId))
    const [other] = await tx.select({ id: campaigns.id }).from(campaigns).where(same)
    if (other) throw nameTaken()
    await tx.update(campaigns).set({ name, key }).where(and(eq(campaigns.orgId, ctx.orgId), eq(campaigns.id, campaignId)))
    await audit(campaignId, { before: { name: before.name }, after: { name } })
  },
})

/** Takes a campaign out of choices; what came through it stays. Refuses `not-found`. */
export const archiveCampaign = command({
  name: 'campaign.archive',
  permission: 'channels:write',
  input: OneCampaign,
  async run({ tx, ctx, input: { campaignId }, audit }): Promise<void> {
    const before = await lockedCampaign(tx, ctx, campaignId)
    if (before.archivedAt !== null) return
    await tx.update(campaigns).set({ archivedAt: ctx.now }).where(and(eq(campaigns.orgId, ctx.orgId), eq(campaigns.id, campaignId)))
    await audit(campaignId, { before: { status: 'active' }, after: { status: 'archived' } })
  },
})

/** Campaigns in use, by name; of one channel where asked. */
export const listCampaigns = query({
  name: 'campaign.list',
  permission: 'channels:read',
  input: ListCampaigns,
  run: ({ tx, ctx, input: { channelId } }): Promise<CampaignRow[]> =>
    tx.select({ id: campaigns.id, channelId: campaigns.channelId, name: campaigns.name }).from(campaigns)
      .where(and(eq(campaigns.orgId, ctx.orgId), isNull(campaigns.archivedAt), channelId === undefined ? undefined : eq(campaigns.channelId, channelId)))
      .orderBy(asc(campaigns.name), asc(campaigns.id)).limit(2_000),
})
