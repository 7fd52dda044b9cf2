import { sql } from 'drizzle-orm'
import { newId, toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { foldName } from './fold-name'
import { guessKind } from './guess-kind'

type InTx = Context & { tx: Tx }
/** Ids here are UUIDs: these rows go straight into other statements. */
export type ChannelKey = { id: string; key: string }
export type CampaignKey = { id: string; channelId: string; key: string }

/** The channels of these names, matched without regard to case; those missing are made, their kind guessed. */
export async function ensureChannels({ tx, orgId, now }: InTx, names: readonly string[]): Promise<ChannelKey[]> {
  const wanted = [...new Map(names.map((name) => [foldName(name), name.trim()])).entries()]
  const rows = wanted.map(([key, name]) => ({ id: toUuid(newId('ch')), key, name, kind: guessKind(name) }))
  const org = toUuid(orgId)
  await tx.execute(sql`
    insert into channels (org_id, id, kind, name, key, created_at)
    select ${org}::uuid, id, kind, name, key, ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, kind text, name text, key text) order by key on conflict do nothing`)
  return [...(await tx.execute<ChannelKey>(sql`
    select id, key from channels where org_id = ${org} and key = any (array(select json_array_elements_text(${JSON.stringify(wanted.map(([key]) => key))}::json)))`))]
}

/** The campaigns of these names in their channels, in the order asked; those missing are made. */
export async function ensureCampaigns({ tx, orgId, now }: InTx, wanted: readonly { channelId: string; name: string }[]): Promise<CampaignKey[]> {
  const rows = wanted.map(({ channelId, name }) => ({ id: toUuid(newId('cmp')), channel_id: channelId, name: name.trim(), key: foldName(name) }))
  const org = toUuid(orgId)
  const asked = JSON.stringify(rows)
  await tx.execute(sql`
    insert into campaigns (org_id, id, channel_id, name, key, created_at)
    select distinct on (channel_id, key) ${org}::uuid, id, channel_id, name, key, ${now.toISOString()}::timestamptz
    from json_to_recordset(${asked}::json) as r(id uuid, channel_id uuid, name text, key text) order by channel_id, key on conflict do nothing`)
  const found = await tx.execute<{ id: string; channel_id: string; key: string }>(sql`
    select c.id, c.channel_id, c.key from campaigns c where c.org_id = ${org} and exists (
      select from json_to_recordset(${asked}::json) as r(channel_id uuid, key text) where r.channel_id = c.channel_id and r.key = c.key)`)
  const byName = new Map(found.map((row) => [`${row.channel_id} ${row.key}`, row.id]))
  return rows.map(({ channel_id: channelId, key, id }) => ({ id: byName.get(`${channelId} ${key}`) ?? id, channelId, key }))
}

/** Notes which of our campaigns a platform's campaign id belongs to. The first note stands. */
export async function ensureExternalCampaigns({ tx, orgId, now }: InTx, links: readonly { channelId: string; externalId: string; campaignId: string }[]): Promise<void> {
  const rows = links.map((link) => ({ channel_id: link.channelId, external_id: link.externalId, campaign_id: link.campaignId }))
  await tx.execute(sql`
    insert into external_campaigns (org_id, channel_id, external_id, campaign_id, created_at)
    select ${toUuid(orgId)}::uuid, channel_id, external_id, campaign_id, ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(channel_id uuid, external_id text, campaign_id uuid) on conflict do nothing`)
}
