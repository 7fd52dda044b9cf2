import { and, eq, ne, sql } from 'drizzle-orm'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { campaigns } from '~db/schema'
import { command, query, type Context } from '../kernel'
import { CreateCampaign, ListCampaigns, OneCampaign, RenameCampaign } from './contract'
import { foldName } from './fold-name'
import { lockedCampaign, lockedChannel, nameTaken } from './locked-channel'

/** `leads` are all there ever were. */
export type CampaignRow = { id: Id<'cmp'>; channelId: Id<'ch'>; name: string; leads: number; lastLeadAt: Date | null; isArchived: boolean }

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

type Change = { before: { status: string }; after: { status: string } }

async function setArchived(tx: Tx, ctx: Context, campaignId: Id<'cmp'>, archivedAt: Date | null, note: (change: Change) => Promise<void>): Promise<void> {
  const before = await lockedCampaign(tx, ctx, campaignId)
  if ((before.archivedAt === null) === (archivedAt === null)) return
  await tx.update(campaigns).set({ archivedAt }).where(and(eq(campaigns.orgId, ctx.orgId), eq(campaigns.id, campaignId)))
  await note({ before: { status: before.archivedAt === null ? 'active' : 'archived' }, after: { status: archivedAt === null ? 'active' : 'archived' } })
}

/** Takes a campaign out of choices; what came through it stays. Twice changes nothing. Refuses `not-found`. */
export const archiveCampaign = command({
  name: 'campaign.archive', permission: 'channels:write', input: OneCampaign,
  run: ({ tx, ctx, input, audit }) => setArchived(tx, ctx, input.campaignId, ctx.now, (change) => audit(input.campaignId, change)),
})

/** Brings an archived campaign back. Refuses `not-found`. */
export const restoreCampaign = command({
  name: 'campaign.restore', permission: 'channels:write', input: OneCampaign,
  run: ({ tx, ctx, input, audit }) => setArchived(tx, ctx, input.campaignId, null, (change) => audit(input.campaignId, change)),
})

type Row = { id: string; channel_id: string; name: string; leads: number; last_at: string | null; archived: boolean }

/** Campaigns by name with their leads; of one channel where asked, archived ones (last) only when asked. At most 2,000. */
export const listCampaigns = query({
  name: 'campaign.list',
  permission: 'channels:read',
  input: ListCampaigns,
  async run({ tx, ctx, input: { channelId, archived } }): Promise<CampaignRow[]> {
    const org = toUuid(ctx.orgId)
    const ofChannel = channelId === undefined ? sql`` : sql`and channel_id = ${toUuid(channelId)}`
    const rows = await tx.execute<Row>(sql`
      select c.id, c.channel_id, c.name, coalesce(l.n, 0) as leads, l.last_at, c.archived_at is not null as archived from campaigns c
      left join (select campaign_id, count(*)::int as n, max(came_in_at) as last_at from leads where org_id = ${org} and campaign_id is not null group by 1) l on l.campaign_id = c.id
      where c.org_id = ${org} ${ofChannel} and (${archived} or c.archived_at is null) order by c.archived_at is not null, c.name, c.id limit 2000`)
    return rows.map((row) => ({
      id: fromUuid('cmp', row.id), channelId: fromUuid('ch', row.channel_id), name: row.name, leads: row.leads,
      lastLeadAt: row.last_at === null ? null : new Date(row.last_at), isArchived: row.archived,
    }))
  },
})
