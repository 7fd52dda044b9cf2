import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ownershipWays, poolRoles, poolSubjects } from '~/domain/leads/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { organisations } from './orgs'

/** 公海: where open leads without an owner lie, and the rules of who may take them and how long they keep them. */
export const pools = pgTable(
  'pools',
  {
    orgId: orgId(),
    id: typeId('pool')('id').notNull(),
    /** null: the organisation's own, named by the page in the reader's language */
    name: text('name'),
    isDefault: boolean('is_default').notNull().default(false),
    forEveryone: boolean('for_everyone').notNull().default(true),
    dailyCap: integer('daily_cap'),
    heldCap: integer('held_cap'),
    protectionDays: integer('protection_days'),
    maxProtectionDays: integer('max_protection_days'),
    firstContactHours: integer('first_contact_hours'),
    idleDays: integer('idle_days'),
    coolDownHours: integer('cool_down_hours'),
    /** since when these rules count; what they take away gets its day of warning from here on */
    rulesSince: at('rules_since').notNull(),
    /** the last lead whose clocks have been set anew by these rules; null where all have */
    replanAfter: uuid('replan_after'),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    uniqueIndex('pools_default').on(t.orgId).where(sql`is_default`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/** Members and teams of a pool. The subject is a member's or a team's id, as its kind says. */
export const poolPeople = pgTable(
  'pool_people',
  {
    orgId: orgId(),
    poolId: typeId('pool')('pool_id').notNull(),
    kind: text('kind', { enum: poolSubjects }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    role: text('role', { enum: poolRoles }).notNull(),
    addedAt: at('added_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.poolId, t.subjectId, t.role] }),
    foreignKey({ columns: [t.orgId, t.poolId], foreignColumns: [pools.orgId, pools.id] }),
    tenantPolicy(),
  ],
)

/**
 * Every change of a lead's owner, one row each: the receipt of who had it, who has it, by whom and why. Codes and ids
 * only; append-only. No foreign keys: it is written with the lead's own row, whose keys check the same ids.
 */
export const ownershipChanges = pgTable(
  'ownership_changes',
  {
    orgId: orgId(),
    leadId: typeId('lead')('lead_id').notNull(),
    id: typeId('own')('id').notNull(),
    fromId: typeId('mem')('from_id'),
    toId: typeId('mem')('to_id'),
    fromPool: typeId('pool')('from_pool'),
    toPool: typeId('pool')('to_pool'),
    way: text('way', { enum: ownershipWays }).notNull(),
    reason: text('reason'),
    noteId: typeId('act')('note_id'),
    receiptId: typeId('asr')('receipt_id'),
    protectedUntil: at('protected_until'),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.leadId, t.id] }),
    index('ownership_changes_lost').on(t.orgId, t.fromId, t.at).where(sql`from_id is not null`),
    index('ownership_changes_claimed').on(t.orgId, t.toId, t.at).where(sql`way = 'claim'`),
    tenantPolicy(),
  ],
)
