import { date, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identityKinds, usageKinds } from '~/domain/people/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members, organisations } from './orgs'

/** How much of other people's contacts a member may see and take out in a day. A missing row means the defaults. */
export const contactRules = pgTable(
  'contact_rules',
  {
    orgId: orgId(),
    revealCap: integer('reveal_cap').notNull(),
    exportCap: integer('export_cap').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId] }), foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }), tenantPolicy()],
)

/** What a member used up of a cap on a day of the organisation. The row is the lock. */
export const contactUsage = pgTable(
  'contact_usage',
  {
    orgId: orgId(),
    memberId: typeId('mem')('member_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    kind: text('kind', { enum: usageKinds }).notNull(),
    used: integer('used').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.memberId, t.day, t.kind] }),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** Who looked at which number when. Append-only; the number itself is only named by a keyed digest. */
export const contactReveals = pgTable(
  'contact_reveals',
  {
    orgId: orgId(),
    id: typeId('rvl')('id').notNull(),
    memberId: typeId('mem')('member_id').notNull(),
    kind: text('kind', { enum: identityKinds }).notNull(),
    identityKey: text('identity_key').notNull(),
    personId: typeId('per')('person_id'),
    companyId: typeId('co')('company_id'),
    leadId: typeId('lead')('lead_id'),
    day: date('day', { mode: 'string' }).notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('contact_reveals_once').on(t.orgId, t.memberId, t.day, t.identityKey),
    index('contact_reveals_at').on(t.orgId, t.at),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)
