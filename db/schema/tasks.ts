import { foreignKey, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members } from './orgs'

/** The address under which a member's calendar reads their tasks. Only its digest is kept; a new one ends the old one. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    orgId: orgId(),
    memberId: typeId('mem')('member_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.memberId] }),
    unique('calendar_feeds_token').on(t.orgId, t.tokenHash),
    index('calendar_feeds_by_token').on(t.tokenHash),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)
