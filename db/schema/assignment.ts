import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { handoverStates, handoverWays, receiptKinds, ruleSetStates } from '~/domain/assignment/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { members, organisations } from './orgs'

/** Who gets what comes in: the rules in their order. One draft and one published set at most; retired ones stay. */
export const assignmentRuleSets = pgTable(
  'assignment_rule_sets',
  {
    orgId: orgId(),
    id: typeId('ars')('id').notNull(),
    state: text('state', { enum: ruleSetStates }).notNull(),
    /** counted up at publishing; a draft has none */
    version: integer('version'),
    rules: jsonb('rules').notNull(),
    changedAt: at('changed_at').notNull(),
    changedBy: typeId('mem')('changed_by'),
    publishedAt: at('published_at'),
    publishedBy: typeId('mem')('published_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('assignment_rule_sets_version').on(t.orgId, t.version),
    uniqueIndex('assignment_rule_sets_draft').on(t.orgId).where(sql`state = 'draft'`),
    uniqueIndex('assignment_rule_sets_published').on(t.orgId).where(sql`state = 'published'`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/** One row per rule that shares leads out; locked while a lead is decided, so that turns are taken one by one. */
export const assignmentTargets = pgTable(
  'assignment_targets',
  { orgId: orgId(), target: text('target').notNull(), createdAt: at('created_at').notNull() },
  (t) => [primaryKey({ columns: [t.orgId, t.target] }), foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }), tenantPolicy()],
)

/** Where the turn of each member of a rule stands (smooth weighted round robin). Others' rows stay when one comes or goes. */
export const assignmentTurns = pgTable(
  'assignment_turns',
  {
    orgId: orgId(),
    target: text('target').notNull(),
    memberId: typeId('mem')('member_id').notNull(),
    standing: integer('standing').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.target, t.memberId] }),
    foreignKey({ columns: [t.orgId, t.target], foreignColumns: [assignmentTargets.orgId, assignmentTargets.target] }),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** What assignment may give somebody: how many open leads at most, languages and skills. */
export const assignmentMembers = pgTable(
  'assignment_members',
  {
    orgId: orgId(),
    memberId: typeId('mem')('member_id').notNull(),
    openCap: integer('open_cap'),
    languages: text('languages').array().notNull(),
    skills: text('skills').array().notNull(),
    takesLeads: boolean('takes_leads').notNull().default(true),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.memberId] }),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** Why a lead went where it went: the rules looked at, who was passed over and why. One per lead and event; append-only. */
export const assignmentReceipts = pgTable(
  'assignment_receipts',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    id: typeId('asr')('id').notNull(),
    eventKey: text('event_key').notNull(),
    kind: text('kind', { enum: receiptKinds }).notNull(),
    rule: text('rule'),
    chosenId: typeId('mem')('chosen_id'),
    poolId: typeId('pool')('pool_id'),
    looked: jsonb('looked').notNull(),
    candidates: jsonb('candidates').notNull(),
    policyVersion: integer('policy_version'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId, t.id] }),
    unique('assignment_receipts_event').on(t.orgId, t.leadId, t.eventKey),
    tenantPolicy(),
  ],
)

/** 离职交接: the leads of one who leaves, on their way to others. Goes on where it stopped. */
export const handovers = pgTable(
  'handovers',
  {
    orgId: orgId(),
    id: typeId('hov')('id').notNull(),
    memberId: typeId('mem')('member_id').notNull(),
    way: text('way', { enum: handoverWays }).notNull(),
    plan: jsonb('plan').notNull(),
    state: text('state', { enum: handoverStates }).notNull(),
    total: integer('total').notNull(),
    moved: integer('moved').notNull().default(0),
    kept: integer('kept').notNull().default(0),
    askedBy: typeId('mem')('asked_by'),
    at: at('at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('handovers_running').on(t.orgId, t.memberId).where(sql`state = 'running'`),
    index('handovers_member').on(t.orgId, t.memberId, t.at),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)
