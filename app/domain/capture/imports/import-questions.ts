import { desc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { importFiles, importRuns } from '~db/schema'
import { DomainError, query } from '../../kernel'
import { nothing } from '../../kernel/contract'
import type { ImportKind, ImportState } from '../vocabulary'
import { OneImport } from './contract'
import { importRunRow, type ShownPlan } from './import-run-row'
import type { ImportCounts } from './run-import'

/** An import as lists show it. */
export type ImportSummary = { id: Id<'imp'>; kind: ImportKind; state: ImportState; fileName: string; counts: ImportCounts; startedAt: Date; finishedAt: Date | null }
export type ImportDetail = ImportSummary & { plan: ShownPlan | null; hasResult: boolean }

const summary = ({ id, kind, state, fileName, counts, startedAt, finishedAt }: typeof importRuns.$inferSelect): ImportSummary => ({
  id, kind, state, fileName, counts: counts as ImportCounts, startedAt, finishedAt,
})

/** The last 50 imports, newest first. Reads `import_runs_started` backwards. Refuses: not-allowed. */
export const listImports = query({
  name: 'import.list',
  permission: 'imports:write',
  input: nothing,
  async run({ tx }): Promise<ImportSummary[]> {
    const rows = await tx.select().from(importRuns).orderBy(desc(importRuns.startedAt), desc(importRuns.id)).limit(50)
    return rows.map(summary)
  },
})

/** One import: how far it is, how its file is read, what became of its rows. Refuses: not-allowed, not-found. */
export const importDetail = query({
  name: 'import.detail',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, input }): Promise<ImportDetail> {
    const run = await importRunRow(tx, input.importId)
    const [file] = await tx.select({ plan: importFiles.plan, result: importFiles.result }).from(importFiles).where(eq(importFiles.importId, run.id))
    return { ...summary(run), plan: (file?.plan as ShownPlan | undefined) ?? null, hasResult: (file?.result ?? null) !== null }
  },
})

/** The result file of an import: a line per row of the file, with outcome and reason. Refuses: not-allowed, not-found. */
export const importResult = query({
  name: 'import.result',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, input }): Promise<{ fileName: string; content: Uint8Array }> {
    const run = await importRunRow(tx, input.importId)
    const [file] = await tx.select({ result: importFiles.result }).from(importFiles).where(eq(importFiles.importId, run.id))
    if (!file?.result) throw new DomainError('not-found')
    return { fileName: `${run.fileName.replace(/\.[^.]{1,5}$/u, '')}.result.csv`, content: file.result }
  },
})
