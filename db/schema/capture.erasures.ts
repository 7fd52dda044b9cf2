import { foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { sources } from './capture'
import { at, orgId, tenantPolicy, typeId } from './columns'

/** External ids whose person asked to be forgotten, as digests: what comes under them later stays without its person. */
export const erasedInquiries = pgTable(
  'erased_inquiries',
  {
    orgId: orgId(),
    sourceId: typeId('src')('source_id').notNull(),
    externalDigest: text('external_digest').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.sourceId, t.externalDigest] }),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)
