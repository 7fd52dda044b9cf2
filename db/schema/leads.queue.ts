import { sql } from 'drizzle-orm'
import { doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { dueReasons } from '~/domain/leads/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { members, organisations } from './orgs'

/**
 * The place of every open valid lead in its owner's queue: one number and why. A trigger on `leads` keeps which rows
 * there are; `placeInQueue` writes the number. `queue_items_order` holds all that a page's order asks for.
 */
export const queueItems = pgTable(
  'queue_items',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    ownerId: typeId('mem')('owner_id').notNull(),
    valueLostPerHour: doublePrecision('value_lost_per_hour').notNull(),
    currency: text('currency'),
    reason: text('reason', { enum: dueReasons }).notNull(),
    reasonAt: at('reason_at'),
    attempt: integer('attempt').notNull().default(0),
    restsUntil: at('rests_until'),
    factors: jsonb('factors'),
    valuedAt: at('valued_at'),
    revalueAt: at('revalue_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId] }),
    index('queue_items_order').on(t.orgId, t.ownerId, t.valueLostPerHour.desc(), t.leadId, t.restsUntil, t.reason),
    index('queue_items_resting').on(t.orgId, t.ownerId, t.restsUntil, t.leadId).where(sql`rests_until is not null`),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }).onDelete('cascade'),
    tenantPolicy(),
  ],
)

/** What the organisation's own history says a lead is worth and how likely it is to be won; learnt once a day. */
export const queueRates = pgTable(
  'queue_rates',
  { orgId: orgId(), rates: jsonb('rates').notNull(), learnedAt: at('learned_at').notNull() },
  (t) => [primaryKey({ columns: [t.orgId] }), foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }), tenantPolicy()],
)

/** Who is calling which lead; it runs out by itself. */
export const leadCalls = pgTable(
  'lead_calls',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    memberId: typeId('mem')('member_id').notNull(),
    startedAt: at('started_at').notNull(),
    until: at('until').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId] }),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)
