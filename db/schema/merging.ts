import { foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { mergeKinds } from '~/domain/merging/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { organisations } from './orgs'
import { companies, people } from './people'

/**
 * Every merge of two people or two companies: who stayed, who went, what was chosen (codes and ids). It stands until
 * there is a row in `merge_splits`. Append-only.
 */
export const merges = pgTable(
  'merges',
  {
    orgId: orgId(),
    id: typeId('mrg')('id').notNull(),
    kind: text('kind', { enum: mergeKinds }).notNull(),
    keptPersonId: typeId('per')('kept_person_id'),
    gonePersonId: typeId('per')('gone_person_id'),
    keptCompanyId: typeId('co')('kept_company_id'),
    goneCompanyId: typeId('co')('gone_company_id'),
    choices: jsonb('choices').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('merges_kept_person').on(t.orgId, t.keptPersonId),
    index('merges_gone_person').on(t.orgId, t.gonePersonId),
    index('merges_kept_company').on(t.orgId, t.keptCompanyId),
    index('merges_gone_company').on(t.orgId, t.goneCompanyId),
    foreignKey({ columns: [t.orgId, t.keptPersonId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.gonePersonId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.keptCompanyId], foreignColumns: [companies.orgId, companies.id] }),
    foreignKey({ columns: [t.orgId, t.goneCompanyId], foreignColumns: [companies.orgId, companies.id] }),
    tenantPolicy(),
  ],
)

/** What the one that stayed said before and after a merge, field by field. Personal, erasable. */
export const mergeImages = pgTable(
  'merge_images',
  {
    orgId: orgId(),
    mergeId: typeId('mrg')('merge_id').notNull(),
    before: jsonb('before').notNull(),
    after: jsonb('after').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.mergeId] }),
    foreignKey({ columns: [t.orgId, t.mergeId], foreignColumns: [merges.orgId, merges.id] }),
    tenantPolicy(),
  ],
)

/** Which open lead a merge closed under which other, and which owner that one had and got. Append-only. */
export const mergeClosings = pgTable(
  'merge_closings',
  {
    orgId: orgId(),
    mergeId: typeId('mrg')('merge_id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    underId: typeId('lead')('under_id').notNull(),
    ownerBefore: typeId('mem')('owner_before'),
    ownerAfter: typeId('mem')('owner_after'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.mergeId, t.leadId] }),
    index('merge_closings_lead').on(t.orgId, t.leadId),
    index('merge_closings_under').on(t.orgId, t.underId),
    foreignKey({ columns: [t.orgId, t.mergeId], foreignColumns: [merges.orgId, merges.id] }),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.underId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)

/** A merge that was taken back: by whom, when, and which later edits were kept (names of fields). Append-only. */
export const mergeSplits = pgTable(
  'merge_splits',
  {
    orgId: orgId(),
    mergeId: typeId('mrg')('merge_id').notNull(),
    keptEdits: jsonb('kept_edits').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.mergeId] }),
    foreignKey({ columns: [t.orgId, t.mergeId], foreignColumns: [merges.orgId, merges.id] }),
    tenantPolicy(),
  ],
)

/** Two of whom somebody said that they are not one: never asked about again. Prefix and UUID, the lower one first. */
export const differentPairs = pgTable(
  'different_pairs',
  {
    orgId: orgId(),
    lowId: text('low_id').notNull(),
    highId: text('high_id').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.lowId, t.highId] }), foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }), tenantPolicy()],
)
