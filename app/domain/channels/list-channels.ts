import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { query } from '../kernel'
import { ListChannels } from './contract'
import type { ChannelKind } from './vocabulary'

/** `leads` are all there ever were, to tell a used channel from an empty one. */
export type ChannelRow = { id: Id<'ch'>; kind: ChannelKind; name: string; campaigns: number; sources: number; leads: number; lastLeadAt: Date | null; isArchived: boolean }
type Row = { id: string; kind: ChannelKind; name: string; campaigns: number; sources: number; leads: number; last_at: string | null; archived: boolean }

/** The channels of the organisation by kind and name, with what hangs on them; archived ones only when asked. */
export const listChannels = query({
  name: 'channel.list',
  permission: 'channels:read',
  input: ListChannels,
  async run({ tx, ctx, input: { archived } }): Promise<ChannelRow[]> {
    const org = toUuid(ctx.orgId)
    const rows = await tx.execute<Row>(sql`
      select c.id, c.kind, c.name, c.archived_at is not null as archived,
        (select count(*)::int from campaigns x where x.org_id = c.org_id and x.channel_id = c.id and x.archived_at is null) as campaigns,
        (select count(*)::int from sources s where s.org_id = c.org_id and s.channel_id = c.id) as sources,
        coalesce(l.n, 0) as leads, l.last_at
      from channels c
      left join (select channel_id, count(*)::int as n, max(came_in_at) as last_at from leads where org_id = ${org} group by 1) l on l.channel_id = c.id
      where c.org_id = ${org} and (${archived} or c.archived_at is null) order by c.archived_at is not null, c.kind, c.name, c.id`)
    return rows.map(({ last_at: last, archived: isArchived, ...row }) => ({ ...row, id: fromUuid('ch', row.id), isArchived, lastLeadAt: last === null ? null : new Date(last) }))
  },
})
