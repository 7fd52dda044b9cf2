import { foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { importKinds, importStates } from '~/domain/capture/vocabulary'
import { at, bytes, orgId, tenantPolicy, typeId } from './columns'

/** One import of a file, from its check to its end. Names and counts only; what the file says is beside it. */
export const importRuns = pgTable(
  'import_runs',
  {
    orgId: orgId(),
    id: typeId('imp')('id').notNull(),
    kind: text('kind', { enum: importKinds }).notNull(),
    state: text('state', { enum: importStates }).notNull().default('done'),
    fileName: text('file_name').notNull(),
    fileSha256: text('file_sha256').notNull(),
    counts: jsonb('counts').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('import_runs_started').on(t.orgId, t.startedAt), tenantPolicy()],
)

/** The bytes of an uploaded file until it is run, and what became of each row. Personal, erasable. */
export const importFiles = pgTable(
  'import_files',
  {
    orgId: orgId(),
    importId: typeId('imp')('import_id').notNull(),
    content: bytes('content'),
    mapping: jsonb('mapping'),
    plan: jsonb('plan'),
    result: bytes('result'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.importId] }),
    foreignKey({ columns: [t.orgId, t.importId], foreignColumns: [importRuns.orgId, importRuns.id] }),
    tenantPolicy(),
  ],
)
