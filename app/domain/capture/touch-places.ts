import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { foldName } from '../channels'
import type { Context } from '../kernel'
import type { IngestSource } from './plan-ingest'

export type TouchPlace = { channelId: Id<'ch'> | null; campaignId: Id<'cmp'> | null }
type Row = { utm_source: string; utm_campaign: string; channel_id: string | null; campaign_id: string | null }

/**
 * Where touches belong: the channel and campaign their UTM names, where we know them, else the source's own. Unlike a
 * lead, a touch makes neither: a page view with a made-up campaign must not fill the list of campaigns.
 */
export async function touchPlaces({ tx, orgId }: Context & { tx: Tx }, source: IngestSource, utms: readonly Readonly<Record<string, string>>[]): Promise<(utm: Readonly<Record<string, string>>) => TouchPlace> {
  const own: TouchPlace = { channelId: source.channelId, campaignId: source.campaignId }
  const asked = [...new Map(utms.map(askedOf).filter((each) => each.utm_source !== '' || each.utm_campaign !== '').map((each) => [keyOf(each), each])).values()]
  if (asked.length === 0) return () => own
  const org = toUuid(orgId)
  const rows = await tx.execute<Row>(sql`
    select r.utm_source, r.utm_campaign, c.id as channel_id, k.id as campaign_id
    from json_to_recordset(${JSON.stringify(asked)}::json) as r(utm_source text, utm_campaign text)
    left join channels c on c.org_id = ${org} and c.key = r.utm_source
    left join campaigns k on k.org_id = ${org} and k.channel_id = coalesce(c.id, ${source.channelId === null ? null : toUuid(source.channelId)}::uuid) and k.key = r.utm_campaign`)
  const known = new Map(rows.map((row) => [keyOf(row), row]))
  return (utm) => {
    const row = known.get(keyOf(askedOf(utm)))
    if (!row) return own
    const channelId = row.channel_id === null ? own.channelId : fromUuid('ch', row.channel_id)
    return { channelId, campaignId: row.campaign_id === null ? (channelId === own.channelId ? own.campaignId : null) : fromUuid('cmp', row.campaign_id) }
  }
}

const askedOf = (utm: Readonly<Record<string, string>>) => ({ utm_source: foldName(utm['utm_source'] ?? ''), utm_campaign: foldName(utm['utm_campaign'] ?? '') })
const keyOf = (asked: { utm_source: string; utm_campaign: string }): string => JSON.stringify([asked.utm_source, asked.utm_campaign])
