import { sql } from 'drizzle-orm'
import { doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, smallint, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { cardKinds, cardStates, overrideReasons, scoreGroups } from '~/domain/scoring/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { members, organisations } from './orgs'
import { people } from './people'

/** A version of an organisation's score card. `terms` are CardTerms; `report` is the backtest of just these terms (`reportOf` is their digest). */
export const scoreCards = pgTable(
  'score_cards',
  {
    orgId: orgId(),
    id: typeId('scd')('id').notNull(),
    version: integer('version').notNull(),
    kind: text('kind', { enum: cardKinds }).notNull(),
    state: text('state', { enum: cardStates }).notNull(),
    note: text('note'),
    terms: jsonb('terms').notNull(),
    basedOn: typeId('scd')('based_on'),
    /** of a learned card: what it was learned from, what was left out and why */
    lesson: jsonb('lesson'),
    report: jsonb('report'),
    reportOf: text('report_of'),
    reportedAt: at('reported_at'),
    createdBy: typeId('mem')('created_by'),
    createdAt: at('created_at').notNull(),
    changedAt: at('changed_at').notNull(),
    publishedBy: typeId('mem')('published_by'),
    publishedAt: at('published_at'),
    retiredAt: at('retired_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('score_cards_version').on(t.orgId, t.version),
    uniqueIndex('score_cards_published').on(t.orgId).where(sql`state = 'published'`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    foreignKey({ columns: [t.orgId, t.createdBy], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.publishedBy], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/**
 * Why a lead has its points. Append-only: what no longer holds is taken back by a line of the opposite points (`reverses`)
 * with the same decay. A lead's score by a card is the sum of its lines of that card. `because` holds codes, no personal data.
 */
export const scoreLines = pgTable(
  'score_lines',
  {
    orgId: orgId(),
    id: typeId('scl')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    cardId: typeId('scd')('card_id').notNull(),
    /** key of the card's line, or `base` */
    line: text('line').notNull(),
    /** what it stands for: the same cause is never counted twice */
    cause: text('cause').notNull(),
    group: text('group_key', { enum: scoreGroups }).notNull(),
    points: integer('points').notNull(),
    because: jsonb('because').notNull(),
    touchId: typeId('tch')('touch_id'),
    at: at('at').notNull(),
    halfLifeDays: integer('half_life_days'),
    expiresAt: at('expires_at'),
    reverses: typeId('scl')('reverses'),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('score_lines_lead').on(t.orgId, t.leadId, t.cardId),
    uniqueIndex('score_lines_reversed').on(t.orgId, t.reverses).where(sql`reverses is not null`),
    tenantPolicy(),
  ],
)

/**
 * Where a lead stands by the card in force for it. `cell` is the card's, null where nobody may be profiled; `override_cell`
 * is a person's. `due_at`: when the score alone will change the cell (decay, an end), or an override ends.
 */
export const leadScores = pgTable(
  'lead_scores',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    cardId: typeId('scd')('card_id').notNull(),
    fit: integer('fit').notNull(),
    interest: integer('interest').notNull(),
    cell: smallint('cell'),
    chance: doublePrecision('chance'),
    overrideCell: smallint('override_cell'),
    scoredAt: at('scored_at').notNull(),
    dueAt: at('due_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId] }),
    index('lead_scores_card').on(t.orgId, t.cardId, t.leadId),
    index('lead_scores_cell').on(t.orgId, sql`(case when override_cell is null then cell else override_cell end)`, t.leadId),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.orgId, t.cardId], foreignColumns: [scoreCards.orgId, scoreCards.id] }),
    tenantPolicy(),
  ],
)

/** A cell somebody set, beside the card's own. One of a lead is in force. */
export const scoreOverrides = pgTable(
  'score_overrides',
  {
    orgId: orgId(),
    id: typeId('sco')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    cell: smallint('cell').notNull(),
    reason: text('reason', { enum: overrideReasons }).notNull(),
    until: at('until'),
    by: typeId('mem')('by').notNull(),
    at: at('at').notNull(),
    endedAt: at('ended_at'),
    endedBy: typeId('mem')('ended_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('score_overrides_standing').on(t.orgId, t.leadId).where(sql`ended_at is null`),
    index('score_overrides_lead').on(t.orgId, t.leadId, t.at),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.by], foreignColumns: [members.orgId, members.id] }),
    foreignKey({ columns: [t.orgId, t.endedBy], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** People who are left out of profiling because they asked for it. */
export const profilingObjections = pgTable(
  'profiling_objections',
  { orgId: orgId(), personId: typeId('per')('person_id').notNull(), at: at('at').notNull(), by: typeId('mem')('by') },
  (t) => [
    primaryKey({ columns: [t.orgId, t.personId] }),
    foreignKey({ columns: [t.orgId, t.personId], foreignColumns: [people.orgId, people.id] }),
    foreignKey({ columns: [t.orgId, t.by], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** Scoring all leads by a newly published card: how far it is. It goes on after `after`, so that an end of the process loses nothing. */
export const rescorings = pgTable(
  'rescorings',
  {
    orgId: orgId(),
    id: typeId('rsc')('id').notNull(),
    cardId: typeId('scd')('card_id').notNull(),
    after: typeId('lead')('after'),
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    changed: integer('changed').notNull().default(0),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('rescorings_running').on(t.orgId).where(sql`finished_at is null`),
    foreignKey({ columns: [t.orgId, t.cardId], foreignColumns: [scoreCards.orgId, scoreCards.id] }),
    tenantPolicy(),
  ],
)
