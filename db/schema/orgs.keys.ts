import { boolean, foreignKey, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members } from './orgs'

/** Single keys as one member wants them: off, or other keys for some actions (action to key). */
export const memberKeys = pgTable(
  'member_keys',
  {
    orgId: orgId(),
    memberId: typeId('mem')('member_id').notNull(),
    enabled: boolean('enabled').notNull().default(true),
    keys: jsonb('keys').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.memberId] }), foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }), tenantPolicy()],
)
