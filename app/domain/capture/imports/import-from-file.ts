import * as z from 'zod'
import { newId, type Id } from '~/lib/ids'
import { importRuns } from '~db/schema'
import { actorId, command, type Context } from '../../kernel'
import { requiredLine } from '../../kernel/contract'
import { importKinds } from '../vocabulary'
import { OneImport } from './contract'
import { importRunRow, noCounts, setImportRun } from './import-run-row'
import { importFile, openWork, type ImportReport, type ImportRequest } from './run-import'

type Named = { fileName: string; sha256: string }

/**
 * Imports a file at once and keeps a record of the run: the way of the command line. A dry run leaves nothing.
 * Refuses as `importFile`.
 */
export async function importFromFile(ctx: Context, request: ImportRequest & Named): Promise<ImportReport & { importId: Id<'imp'> | null }> {
  if (request.dryRun === true) return { ...(await importFile(ctx, request)), importId: null }
  // Read once before anything is noted: a file that cannot be read leaves no record.
  await openWork(ctx, request)
  const { importId } = await beginImport(ctx, { kind: request.kind, fileName: request.fileName, sha256: request.sha256 })
  const report = await importFile(ctx, { ...request, run: { importId, done: 0, counts: noCounts, keepsResult: false } })
  await endImport(ctx, { importId })
  return { ...report, importId }
}

/** Notes that a file is being imported by somebody who waits for it. Refuses: not-allowed. */
export const beginImport = command({
  name: 'import.begin',
  permission: 'imports:write',
  input: z.object({ kind: z.enum(importKinds), fileName: requiredLine(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  async run({ tx, ctx, input, audit }): Promise<{ importId: Id<'imp'> }> {
    const importId = newId('imp')
    await tx.insert(importRuns).values({
      orgId: ctx.orgId, id: importId, kind: input.kind, state: 'running', fileName: input.fileName, fileSha256: input.sha256,
      counts: noCounts, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), startedAt: ctx.now, ranAt: ctx.now,
    })
    await audit(importId, { after: { kind: input.kind, status: 'running' } })
    return { importId }
  },
})

/** Notes that an import is over. Refuses: not-allowed, not-found. */
export const endImport = command({
  name: 'import.end',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, ctx, input, emit, audit }): Promise<void> {
    const run = await importRunRow(tx, input.importId, true)
    await setImportRun(tx, ctx, run.id, { state: 'done', finishedAt: ctx.now })
    await audit(run.id, { before: { status: run.state }, after: { status: 'done', counts: JSON.stringify(run.counts) } })
    await emit('import.finished', { importId: run.id })
  },
})
