import { sql } from 'drizzle-orm'
import { bigint, boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { changeKinds, checklistAnswers, grades, personRoles, stages, verdicts } from '~/domain/leads/vocabulary'
import { campaigns, channels } from './channels'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { pools } from './leads.pools'
import { members, organisations } from './orgs'
import { companies, people } from './people'

export const productLines = pgTable(
  'product_lines',
  {
    orgId: orgId(),
    id: typeId('pl')('id').notNull(),
    name: text('name').notNull(),
    key: text('key').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('product_lines_key').on(t.orgId, t.key),
    uniqueIndex('product_lines_default').on(t.orgId).where(sql`is_default`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/**
 * One buying interest of a company (of a person where no company is known) in one product line. `duplicate_of` is the
 * lead that stands for this one since a merge: closed, counted nowhere, its stage as it was.
 */
export const leads = pgTable(
  'leads',
  {
    orgId: orgId(),
    id: typeId('lead')('id').notNull(),
    productLineId: typeId('pl')('product_line_id').notNull(),
    companyId: typeId('co')('company_id'),
    personId: typeId('per')('person_id'),
    ownerId: typeId('mem')('owner_id'),
    sourceId: typeId('src')('source_id').notNull(),
    channelId: typeId('ch')('channel_id'),
    campaignId: typeId('cmp')('campaign_id'),
    cameInAt: at('came_in_at').notNull(),
    isOpen: boolean('is_open').notNull(),
    isSeparate: boolean('is_separate').notNull().default(false),
    duplicateOf: typeId('lead')('duplicate_of'),
    isImported: boolean('is_imported').notNull().default(false),
    ofCustomer: boolean('of_customer').notNull().default(false),
    /** as in `lead_stages`, whose trigger keeps it: lists find and count by it without a second table */
    stage: text('stage', { enum: stages }).notNull().default('inquiry'),
    verdict: text('verdict', { enum: verdicts }).notNull().default('valid'),
    junkReason: text('junk_reason'),
    junkAt: at('junk_at'),
    snoozedUntil: at('snoozed_until'),
    firstResponseAt: at('first_response_at'),
    lastContactAt: at('last_contact_at'),
    nextStepAt: at('next_step_at'),
    submittedBy: typeId('mem')('submitted_by'),
    /** where it lies while nobody owns it, and where it goes back to */
    poolId: typeId('pool')('pool_id'),
    ownedSince: at('owned_since'),
    protectedUntil: at('protected_until'),
    recycleAt: at('recycle_at'),
    recycleWarnedAt: at('recycle_warned_at'),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('leads_open_company')
      .on(t.orgId, t.companyId, t.productLineId)
      .where(sql`is_open and not is_separate and company_id is not null`),
    uniqueIndex('leads_open_person')
      .on(t.orgId, t.personId, t.productLineId)
      .where(sql`is_open and not is_separate and company_id is null and person_id is not null`),
    index('leads_came_in').on(t.orgId, t.cameInAt, t.id),
    index('leads_owner').on(t.orgId, t.ownerId, t.isOpen, t.cameInAt, t.id),
    index('leads_company').on(t.orgId, t.companyId),
    index('leads_person').on(t.orgId, t.personId),
    index('leads_duplicate').on(t.orgId, t.duplicateOf).where(sql`duplicate_of is not null`),
    index('leads_channel').on(t.orgId, t.channelId, t.cameInAt),
    index('leads_last_contact').on(t.orgId, t.lastContactAt, t.id).where(sql`last_contact_at is not null`),
    index('leads_next_step').on(t.orgId, t.nextStepAt, t.id).where(sql`next_step_at is not null`),
    foreignKey({ columns: [t.orgId, t.productLineId], foreignColumns: [productLines.orgId, productLines.id] }),
    foreignKey({ columns: [t.orgId, t.companyId], foreignColumns: [companies.orgId, companies.id] }),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.ownerId], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.submittedBy], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channels.orgId, channels.id] }),
    foreignKey({ columns: [t.orgId, t.campaignId], foreignColumns: [campaigns.orgId, campaigns.id] }),
    foreignKey({ columns: [t.orgId, t.duplicateOf], foreignColumns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId, t.poolId], foreignColumns: [pools.orgId, pools.id] }),
    index('leads_in_pool').on(t.orgId, t.poolId, t.cameInAt, t.id).where(sql`is_open and owner_id is null`),
    index('leads_recycle').on(t.orgId, t.recycleAt).where(sql`recycle_at is not null`),
    check('leads_placed', sql`not is_open or owner_id is not null or pool_id is not null`),
    tenantPolicy(),
  ],
)

/** The current stage, one row a lead, with the first time each stage was entered. */
export const leadStages = pgTable(
  'lead_stages',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    stage: text('stage', { enum: stages }).notNull(),
    enteredAt: at('entered_at').notNull(),
    qualifiedAt: at('qualified_at'),
    gradedAt: at('graded_at'),
    wonAt: at('won_at'),
    lostAt: at('lost_at'),
    lostReason: text('lost_reason'),
    lostFrom: text('lost_from', { enum: stages }),
    grade: text('grade', { enum: grades }),
    expectedAmount: bigint('expected_amount', { mode: 'bigint' }),
    expectedCurrency: text('expected_currency'),
    expectedMonth: text('expected_month'),
    wonAmount: bigint('won_amount', { mode: 'bigint' }),
    wonCurrency: text('won_currency'),
    isImported: boolean('is_imported').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId] }),
    index('lead_stages_won').on(t.orgId, t.wonAt, t.leadId),
    index('lead_stages_stage').on(t.orgId, t.stage),
    index('lead_stages_entered').on(t.orgId, t.stage, t.enteredAt, t.leadId),
    index('lead_stages_amount').on(t.orgId, t.expectedAmount, t.leadId).where(sql`expected_amount is not null`),
    index('lead_stages_grade').on(t.orgId, t.grade, t.leadId).where(sql`grade is not null`),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)

/** Every move of a lead's stage. Append-only. */
export const stageMoves = pgTable(
  'stage_moves',
  {
    orgId: orgId(),
    id: typeId('mov')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    fromStage: text('from_stage', { enum: stages }),
    toStage: text('to_stage', { enum: stages }).notNull(),
    at: at('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    reason: text('reason'),
    grade: text('grade', { enum: grades }),
    amount: bigint('amount', { mode: 'bigint' }),
    currency: text('currency'),
    expectedMonth: text('expected_month'),
    isImported: boolean('is_imported').notNull().default(false),
    undoes: typeId('mov')('undoes'),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('stage_moves_lead').on(t.orgId, t.leadId, t.id),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)

/** Every change of a lead that is no move: owner, verdict, rest, roles, checklist. Codes and ids only. Append-only. */
export const leadChanges = pgTable(
  'lead_changes',
  {
    orgId: orgId(),
    id: typeId('chg')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    kind: text('kind', { enum: changeKinds }).notNull(),
    before: text('before'),
    after: text('after'),
    reason: text('reason'),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('lead_changes_lead').on(t.orgId, t.leadId, t.id),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)

export const leadPeople = pgTable(
  'lead_people',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    personId: typeId('per')('person_id').notNull(),
    role: text('role', { enum: personRoles }).notNull(),
    addedAt: at('added_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId, t.personId] }),
    index('lead_people_person').on(t.orgId, t.personId),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    tenantPolicy(),
  ],
)

/** What the rep found out; a move to qualified asks for need = yes and one more yes. */
export const leadChecklists = pgTable(
  'lead_checklists',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    need: text('need', { enum: checklistAnswers }).notNull().default('unknown'),
    budget: text('budget', { enum: checklistAnswers }).notNull().default('unknown'),
    authority: text('authority', { enum: checklistAnswers }).notNull().default('unknown'),
    timing: text('timing', { enum: checklistAnswers }).notNull().default('unknown'),
    updatedAt: at('updated_at').notNull(),
    updatedBy: typeId('mem')('updated_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId] }),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    tenantPolicy(),
  ],
)
