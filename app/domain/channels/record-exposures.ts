import { sql } from 'drizzle-orm'
import { newId, toUuid } from '~/lib/ids'
import { command, DomainError } from '../kernel'
import { RecordExposures } from './contract'

/**
 * Notes impressions and clicks by day, channel and campaign; a day said again is replaced, not added.
 * Refuses `not-found` for channels or campaigns of nobody here.
 */
export const recordExposures = command({
  name: 'exposure.record',
  permission: 'imports:write',
  input: RecordExposures,
  async run({ tx, ctx, input: { rows }, audit }): Promise<{ rows: number }> {
    const org = toUuid(ctx.orgId)
    const last = new Map(rows.map((row) => [`${row.day} ${row.channelId} ${row.campaignId ?? ''}`, row]))
    const asked = JSON.stringify([...last.values()].map((row) => ({
      id: toUuid(newId('xps')), day: row.day, channel_id: toUuid(row.channelId), campaign_id: row.campaignId === null ? null : toUuid(row.campaignId), impressions: row.impressions, clicks: row.clicks,
    })))
    const strange = await tx.execute(sql`
      select 1 from json_to_recordset(${asked}::json) as r(channel_id uuid, campaign_id uuid)
      where not exists (select from channels c where c.org_id = ${org} and c.id = r.channel_id)
        or (r.campaign_id is not null and not exists (select from campaigns m where m.org_id = ${org} and m.id = r.campaign_id and m.channel_id = r.channel_id)) limit 1`)
    if (strange.length > 0) throw new DomainError('not-found')
    await tx.execute(sql`
      insert into exposures (org_id, id, day, channel_id, campaign_id, impressions, clicks)
      select ${org}::uuid, id, day, channel_id, campaign_id, impressions, clicks
      from json_to_recordset(${asked}::json) as r(id uuid, day date, channel_id uuid, campaign_id uuid, impressions bigint, clicks bigint)
      order by day, channel_id, campaign_id
      on conflict (org_id, day, channel_id, campaign_id) do update set impressions = excluded.impressions, clicks = excluded.clicks`)
    if (last.size > 0) await audit(ctx.orgId, { after: { counts: last.size } })
    return { rows: last.size }
  },
})
