import { bigint, date, foreignKey, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { channelKinds } from '~/domain/channels/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { organisations } from './orgs'

/** Where leads come from: kind and channel. `key` is the name folded for matching without regard to case. */
export const channels = pgTable(
  'channels',
  {
    orgId: orgId(),
    id: typeId('ch')('id').notNull(),
    kind: text('kind', { enum: channelKinds }).notNull(),
    name: text('name').notNull(),
    key: text('key').notNull(),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('channels_key').on(t.orgId, t.key),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

export const campaigns = pgTable(
  'campaigns',
  {
    orgId: orgId(),
    id: typeId('cmp')('id').notNull(),
    channelId: typeId('ch')('channel_id').notNull(),
    name: text('name').notNull(),
    key: text('key').notNull(),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('campaigns_key').on(t.orgId, t.channelId, t.key),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channels.orgId, channels.id] }),
    tenantPolicy(),
  ],
)

/** The platform's own campaign id, digit for digit, and the campaign it belongs to here. */
export const externalCampaigns = pgTable(
  'external_campaigns',
  {
    orgId: orgId(),
    channelId: typeId('ch')('channel_id').notNull(),
    externalId: text('external_id').notNull(),
    campaignId: typeId('cmp')('campaign_id').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.channelId, t.externalId] }),
    foreignKey({ columns: [t.orgId, t.campaignId], foreignColumns: [campaigns.orgId, campaigns.id] }),
    tenantPolicy(),
  ],
)

/** Exposure is counted per channel, campaign and day, never a person. */
export const exposures = pgTable(
  'exposures',
  {
    orgId: orgId(),
    id: typeId('xps')('id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    channelId: typeId('ch')('channel_id').notNull(),
    campaignId: typeId('cmp')('campaign_id'),
    impressions: bigint('impressions', { mode: 'number' }).notNull(),
    clicks: bigint('clicks', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('exposures_day').on(t.orgId, t.day, t.channelId, t.campaignId).nullsNotDistinct(),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channels.orgId, channels.id] }),
    foreignKey({ columns: [t.orgId, t.campaignId], foreignColumns: [campaigns.orgId, campaigns.id] }),
    tenantPolicy(),
  ],
)
