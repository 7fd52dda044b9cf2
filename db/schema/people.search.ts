import { foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { tokenKinds } from '~/domain/people/vocabulary'
import { at, orgId, tenantPolicy } from './columns'
import { organisations } from './orgs'

/** How far the stored search words of people and companies were written anew by the rules of a version. No personal data. */
export const tokenRenewals = pgTable(
  'token_renewals',
  {
    orgId: orgId(), kind: text('kind', { enum: tokenKinds }).notNull(), version: integer('version').notNull(), afterId: text('after_id'), finishedAt: at('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.kind, t.version] }), foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }), tenantPolicy()],
)
