import { sql } from 'drizzle-orm'
import { bigint, boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { activityKinds, contactDetails, directions, outcomes, revenueKinds, taxBases, touchKinds, touchVerdicts } from '~/domain/leads/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads, productLines } from './leads'

/** What a rep did: an attempt to reach somebody and its outcome, or a note. Undone rows stay, marked. */
export const activities = pgTable(
  'activities',
  {
    orgId: orgId(),
    id: typeId('act')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    personId: typeId('per')('person_id'),
    kind: text('kind', { enum: activityKinds }).notNull(),
    outcome: text('outcome', { enum: outcomes }),
    note: text('note'),
    nextStepAt: at('next_step_at'),
    at: at('at').notNull(),
    memberId: typeId('mem')('member_id'),
    undoneAt: at('undone_at'),
    before: jsonb('before'),
    dispositionId: typeId('dsp')('disposition_id'),
    direction: text('direction', { enum: directions }),
    detail: text('detail', { enum: contactDetails }),
    durationSeconds: integer('duration_seconds'),
    /** whether it stops the clock; an attempt at a wrong number may not */
    counts: boolean('counts').notNull().default(true),
    /** what the disposition said when it was logged; null: what the outcome says */
    isTwoWay: boolean('is_two_way'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('activities_lead').on(t.orgId, t.leadId, t.id),
    index('activities_member').on(t.orgId, t.memberId, t.at),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)

/** Anything that reached or came from a person. Append-only, partitioned by the month in its id. */
export const touches = pgTable(
  'touches',
  {
    orgId: orgId(),
    id: typeId('tch')('id').notNull(),
    personId: typeId('per')('person_id'),
    companyId: typeId('co')('company_id'),
    leadId: typeId('lead')('lead_id'),
    inquiryId: typeId('inq')('inquiry_id'),
    kind: text('kind', { enum: touchKinds }).notNull(),
    verdict: text('verdict', { enum: touchVerdicts }).notNull(),
    sourceId: typeId('src')('source_id'),
    channelId: typeId('ch')('channel_id'),
    campaignId: typeId('cmp')('campaign_id'),
    at: at('at').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('touches_lead').on(t.orgId, t.leadId, t.at),
    index('touches_person').on(t.orgId, t.personId, t.at),
    tenantPolicy(),
  ],
)

/** What a customer signed, paid or got back. */
export const revenueLines = pgTable(
  'revenue_lines',
  {
    orgId: orgId(),
    id: typeId('rev')('id').notNull(),
    leadId: typeId('lead')('lead_id'),
    companyId: typeId('co')('company_id'),
    productLineId: typeId('pl')('product_line_id').notNull(),
    kind: text('kind', { enum: revenueKinds }).notNull(),
    amount: bigint('amount', { mode: 'bigint' }).notNull(),
    currency: text('currency').notNull(),
    taxBasis: text('tax_basis', { enum: taxBases }).notNull(),
    invoice: text('invoice'),
    at: at('at').notNull(),
    externalKey: text('external_key'),
    isImported: boolean('is_imported').notNull().default(false),
    recordedAt: at('recorded_at').notNull(),
    reversedBy: typeId('rev')('reversed_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('revenue_lines_external').on(t.orgId, t.externalKey).where(sql`external_key is not null`),
    index('revenue_lines_lead').on(t.orgId, t.leadId),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.productLineId], foreignColumns: [productLines.orgId, productLines.id] }),
    tenantPolicy(),
  ],
)
