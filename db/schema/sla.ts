import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { breachActs, calendarChoices, countings, firingKinds, nextTurns, reclockings, stopReasons } from '~/domain/sla/vocabulary'
import { at, orgId, tenantPolicy, typeId } from './columns'
import { leads } from './leads'
import { members, organisations } from './orgs'

/** A promise of when somebody answers, and its place among the others: the first that fits a lead counts. */
export const slaPolicies = pgTable(
  'sla_policies',
  {
    orgId: orgId(),
    id: typeId('slp')('id').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    version: integer('version').notNull(),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('sla_policies_order').on(t.orgId, t.position).where(sql`archived_at is null`),
    foreignKey({ columns: [t.orgId], foreignColumns: [organisations.orgId] }),
    tenantPolicy(),
  ],
)

/** What a policy promised, version by version. Append-only: a running clock keeps the one it began with. */
export const slaPolicyVersions = pgTable(
  'sla_policy_versions',
  {
    orgId: orgId(),
    policyId: typeId('slp')('policy_id').notNull(),
    version: integer('version').notNull(),
    conditions: jsonb('conditions').notNull(),
    firstMinutes: integer('first_minutes').notNull(),
    nextMinutes: integer('next_minutes'),
    nextAfter: text('next_after', { enum: nextTurns }).notNull(),
    counting: text('counting', { enum: countings }).notNull(),
    calendar: text('calendar', { enum: calendarChoices }).notNull(),
    atBreach: text('at_breach', { enum: breachActs }).notNull(),
    madeAt: at('made_at').notNull(),
    madeBy: text('made_by'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.policyId, t.version] }),
    foreignKey({ columns: [t.orgId, t.policyId], foreignColumns: [slaPolicies.orgId, slaPolicies.id] }),
    tenantPolicy(),
  ],
)

/**
 * One wait of one lead for us. `started_by` is the inquiry or contact that began it, and makes it one however often it is told.
 * `runs_at` is when its hours begin, `next_timer_at` the next warning or the breach; null where nothing is to come.
 */
export const slaClocks = pgTable(
  'sla_clocks',
  {
    orgId: orgId(),
    id: typeId('slc')('id').notNull(),
    leadId: typeId('lead')('lead_id').notNull(),
    turn: integer('turn').notNull(),
    startedBy: text('started_by').notNull(),
    policyId: typeId('slp')('policy_id').notNull(),
    policyVersion: integer('policy_version').notNull(),
    ownerId: typeId('mem')('owner_id'),
    startedAt: at('started_at').notNull(),
    runsAt: at('runs_at').notNull(),
    warn50At: at('warn_50_at').notNull(),
    warn80At: at('warn_80_at').notNull(),
    dueAt: at('due_at').notNull(),
    stoppedAt: at('stopped_at'),
    stopReason: text('stop_reason', { enum: stopReasons }),
    stoppedBy: typeId('act')('stopped_by'),
    breachedAt: at('breached_at'),
    nextTimerAt: at('next_timer_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('sla_clocks_once').on(t.orgId, t.leadId, t.startedBy),
    index('sla_clocks_running').on(t.orgId, t.leadId).where(sql`stopped_at is null`),
    index('sla_clocks_policy').on(t.orgId, t.policyId, t.startedAt),
    foreignKey({ columns: [t.orgId, t.leadId], foreignColumns: [leads.orgId, leads.id] }),
    foreignKey({ columns: [t.orgId, t.policyId, t.policyVersion], foreignColumns: [slaPolicyVersions.orgId, slaPolicyVersions.policyId, slaPolicyVersions.version] }),
    foreignKey({ columns: [t.orgId, t.ownerId], foreignColumns: [members.orgId, members.id] }),
    tenantPolicy(),
  ],
)

/** What a clock has told. Its key lets each be told once, however often its timer fires. Append-only. */
export const slaFirings = pgTable(
  'sla_firings',
  {
    orgId: orgId(),
    clockId: typeId('slc')('clock_id').notNull(),
    kind: text('kind', { enum: firingKinds }).notNull(),
    at: at('at').notNull(),
    dueAt: at('due_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.clockId, t.kind] }),
    foreignKey({ columns: [t.orgId, t.clockId], foreignColumns: [slaClocks.orgId, slaClocks.id] }),
    tenantPolicy(),
  ],
)

/** Every time a running clock got another due time, and why. Append-only. */
export const slaClockChanges = pgTable(
  'sla_clock_changes',
  {
    orgId: orgId(),
    id: typeId('slx')('id').notNull(),
    clockId: typeId('slc')('clock_id').notNull(),
    reason: text('reason', { enum: reclockings }).notNull(),
    dueBefore: at('due_before').notNull(),
    dueAfter: at('due_after').notNull(),
    ownerId: typeId('mem')('owner_id'),
    policyVersion: integer('policy_version').notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('sla_clock_changes_clock').on(t.orgId, t.clockId, t.id),
    foreignKey({ columns: [t.orgId, t.clockId], foreignColumns: [slaClocks.orgId, slaClocks.id] }),
    tenantPolicy(),
  ],
)
