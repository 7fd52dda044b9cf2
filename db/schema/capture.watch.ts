import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { alarmKinds, differenceKinds, reconciliationStates } from '~/domain/capture/vocabulary'
import { sources } from './capture'
import { at, orgId, tenantPolicy, typeId } from './columns'

/** How far a platform's own list was read: one row a source. A window that was left half-read is gone on with. */
export const sourcePulls = pgTable(
  'source_pulls',
  {
    orgId: orgId(),
    sourceId: typeId('src')('source_id').notNull(),
    triedAt: at('tried_at').notNull(),
    nextAt: at('next_at').notNull(),
    /** Everything up to here was read. */
    readUntil: at('read_until'),
    windowSince: at('window_since'),
    windowUntil: at('window_until'),
    cursor: text('cursor'),
    seen: integer('seen').notNull().default(0),
    stored: integer('stored').notNull().default(0),
    problem: text('problem'),
    detail: text('detail'),
    problemSince: at('problem_since'),
    failures: integer('failures').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.sourceId] }),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** One comparison of a source with its platform's own list. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    orgId: orgId(),
    id: typeId('rcn')('id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    state: text('state', { enum: reconciliationStates }).notNull(),
    since: at('since').notNull(),
    until: at('until').notNull(),
    platformCount: integer('platform_count').notNull().default(0),
    ourCount: integer('our_count').notNull().default(0),
    missingCount: integer('missing_count').notNull().default(0),
    unknownCount: integer('unknown_count').notNull().default(0),
    fetchedCount: integer('fetched_count').notNull().default(0),
    testCount: integer('test_count').notNull().default(0),
    problem: text('problem'),
    detail: text('detail'),
    createdAt: at('created_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('reconciliations_source').on(t.orgId, t.sourceId, t.id),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** What one list has and the other has not: the platform's own ids, no more. `deliveryId` is what was fetched for it. */
export const reconciliationDifferences = pgTable(
  'reconciliation_differences',
  {
    orgId: orgId(),
    reconciliationId: typeId('rcn')('reconciliation_id').notNull(),
    kind: text('kind', { enum: differenceKinds }).notNull(),
    externalId: text('external_id').notNull(),
    at: at('at'),
    deliveryId: typeId('dlv')('delivery_id'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.reconciliationId, t.kind, t.externalId] }),
    foreignKey({ columns: [t.orgId, t.reconciliationId], foreignColumns: [reconciliations.orgId, reconciliations.id] }),
    tenantPolicy(),
  ],
)

/** What is known of a source's habits: when it usually speaks, and which fields its messages always have. */
export const sourceWatches = pgTable(
  'source_watches',
  {
    orgId: orgId(),
    sourceId: typeId('src')('source_id').notNull(),
    lookedAt: at('looked_at').notNull(),
    /** Nothing before this moment counts against the source: it was paused, we were away, or somebody said it is well. */
    watchedFrom: at('watched_from').notNull(),
    rhythm: jsonb('rhythm'),
    shape: jsonb('shape'),
    learnedAt: at('learned_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.sourceId] }),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)

/** A source that is not as it usually is. `facts` are counts, moments, names of fields and codes, never values. */
export const sourceAlarms = pgTable(
  'source_alarms',
  {
    orgId: orgId(),
    id: typeId('alm')('id').notNull(),
    sourceId: typeId('src')('source_id').notNull(),
    kind: text('kind', { enum: alarmKinds }).notNull(),
    since: at('since').notNull(),
    facts: jsonb('facts').notNull(),
    openedAt: at('opened_at').notNull(),
    clearedAt: at('cleared_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('source_alarms_source').on(t.orgId, t.sourceId, t.id),
    uniqueIndex('source_alarms_open').on(t.orgId, t.sourceId, t.kind).where(sql`cleared_at is null`),
    foreignKey({ columns: [t.orgId, t.sourceId], foreignColumns: [sources.orgId, sources.id] }),
    tenantPolicy(),
  ],
)
