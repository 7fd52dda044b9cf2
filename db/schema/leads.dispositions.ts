import { boolean, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { nextStepRules, outcomes, junkReasons } from '~/domain/leads/vocabulary'
import { bytes, at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { organisations } from './orgs'

/** Outcomes of a contact as an organisation names them, in its order; the base outcome keeps what reports count. */
export const dispositions = pgTable(
  'dispositions',
  {
    orgId: orgId(),
    id: typeId('dsp')('id').notNull(),
    position: integer('position').notNull(),
    outcome: text('outcome', { enum: outcomes }).notNull(),
    labelEn: text('label_en'),
    labelZh: text('label_zh'),
    counts: boolean('counts').notNull(),
    isTwoWay: boolean('is_two_way').notNull(),
    nextStep: text('next_step', { enum: nextStepRules }).notNull(),
    junkReason: text('junk_reason', { enum: junkReasons }),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('dispositions_position').on(t.orgId, t.position),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/** Pictures of business cards, without what a camera writes into them. Erased with the person. */
export const leadPhotos = pgTable(
  'lead_photos',
  {
    orgId: orgId(),
    id: typeId('pho')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    contentType: text('content_type').notNull(),
    bytes: bytes('bytes').notNull(),
    addedBy: typeId('mem')('added_by'),
    addedAt: at('added_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('lead_photos_lead').on(t.orgId, t.leadId),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)
