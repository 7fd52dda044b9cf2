import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
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
    /** rows of the file by its check, rows done so far, and since when it runs: what progress and its end are told from */
    totalRows: integer('total_rows'),
    doneRows: integer('done_rows').notNull().default(0),
    ranAt: at('ran_at'),
    /** what an undoing left, because somebody had worked on it since: ids only */
    kept: jsonb('kept'),
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

/**
 * Rows of a file that went in together: ids of what they made, what they changed (before and after) or added to what was
 * there, and their lines of the result file. Personal, erasable; without it an import cannot be undone.
 */
export const importChunks = pgTable(
  'import_chunks',
  {
    orgId: orgId(),
    importId: typeId('imp')('import_id').notNull(),
    n: integer('n').notNull(),
    rows: integer('rows').notNull(),
    leads: uuid('leads').array().notNull(),
    inquiries: uuid('inquiries').array().notNull(),
    people: uuid('people').array().notNull(),
    companies: uuid('companies').array().notNull(),
    changed: jsonb('changed').notNull(),
    added: jsonb('added').notNull(),
    noted: jsonb('noted').notNull(),
    result: bytes('result'),
    at: at('at').notNull(),
    undoneAt: at('undone_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.importId, t.n] }),
    foreignKey({ columns: [t.orgId, t.importId], foreignColumns: [importRuns.orgId, importRuns.id] }),
    tenantPolicy(),
  ],
)

/** How files with these headers were last read. `fingerprint` is a digest of the folded headers. */
export const importMappings = pgTable(
  'import_mappings',
  {
    orgId: orgId(),
    kind: text('kind', { enum: importKinds }).notNull(),
    fingerprint: text('fingerprint').notNull(),
    mapping: jsonb('mapping').notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.kind, t.fingerprint] }), tenantPolicy()],
)
