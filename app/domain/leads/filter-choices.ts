import { asc, eq, isNull, ne, and } from 'drizzle-orm'
import { campaigns, channels, members, sources } from '~db/schema'
import { query } from '../kernel'
import { Nothing } from './contract'

/** What the lists can be filtered by: channels, campaigns, owners and sources by name. */
export const filterChoices = query({
  name: 'lead.filter-choices',
  permission: 'leads:read',
  input: Nothing,
  async run({ tx }) {
    return {
      channels: await tx.select({ id: channels.id, name: channels.name, kind: channels.kind }).from(channels).where(isNull(channels.archivedAt)).orderBy(asc(channels.name)),
      campaigns: await tx.select({ id: campaigns.id, name: campaigns.name, channelId: campaigns.channelId }).from(campaigns).where(isNull(campaigns.archivedAt)).orderBy(asc(campaigns.name)).limit(500),
      owners: await tx.select({ id: members.id, name: members.name }).from(members).where(and(ne(members.role, 'partner'), eq(members.status, 'active'))).orderBy(asc(members.name)),
      sources: await tx.select({ id: sources.id, name: sources.name }).from(sources).orderBy(asc(sources.name)),
    }
  },
})
