import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, orgId, tenantPolicy, typeId } from './columns'

/** Events written with the change that caused them; the relay puts them on the queue after commit. */
export const outbox = pgTable(
  'outbox',
  {
    orgId: orgId(),
    id: typeId('evt')('id').notNull(),
    seq: bigint('seq', { mode: 'bigint' }).generatedAlwaysAsIdentity().notNull(),
    name: text('name').notNull(),
    payload: jsonb('payload').notNull(),
    requestId: text('request_id'),
    createdAt: at('created_at').notNull(),
    relayedAt: at('relayed_at'),
    settledAt: at('settled_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('outbox_org_seq').on(t.orgId, t.seq), tenantPolicy()],
)

/** One row per event and handler that finished or gave up: what makes a lost queue harmless. */
export const outboxReceipts = pgTable(
  'outbox_receipts',
  {
    orgId: orgId(),
    eventId: typeId('evt')('event_id').notNull(),
    handler: text('handler').notNull(),
    state: text('state', { enum: ['done', 'dead'] }).notNull(),
    attempts: integer('attempts').notNull(),
    reason: text('reason'),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.eventId, t.handler] }), tenantPolicy()],
)

/** Who did what to what. Field names and digests; values only of fields that are not personal. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    orgId: orgId(),
    id: typeId('aud')('id').notNull(),
    action: text('action').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    subject: text('subject').notNull(),
    changes: jsonb('changes').notNull(),
    requestId: text('request_id'),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('audit_entries_subject').on(t.orgId, t.subject, t.id),
    tenantPolicy(),
  ],
)

/** Idempotency-Key of the API: the first answer, kept 30 days; another body under the same key is refused. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    orgId: orgId(),
    key: text('key').notNull(),
    actorId: text('actor_id').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status'),
    answer: jsonb('answer'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.actorId, t.key] }), tenantPolicy()],
)

