import { eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import { importFiles, importRuns } from '~db/schema'
import { actorId, command, DomainError } from '../../kernel'
import { MapImport, OneImport, UploadImport, uploadAtMost } from './contract'
import { importRunRow, noCounts, setImportRun } from './import-run-row'

/**
 * Keeps an uploaded file (at most 25 MB) and has it checked by a job: nothing is imported yet. `content` is the file
 * byte for byte. Refuses: not-allowed, too-large, file-unreadable (it is empty).
 */
export const uploadImport = command({
  name: 'import.upload',
  permission: 'imports:write',
  input: UploadImport,
  async run({ tx, ctx, input, emit, audit }): Promise<{ importId: Id<'imp'> }> {
    if (input.content.length > uploadAtMost) throw new DomainError('too-large')
    if (input.content.length === 0) throw new DomainError('file-unreadable', { params: { why: 'empty' } })
    const importId = newId('imp')
    await tx.insert(importRuns).values({
      orgId: ctx.orgId, id: importId, kind: input.kind, state: 'checking', fileName: input.fileName, fileSha256: sha256(input.content).toString('hex'),
      counts: noCounts, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), startedAt: ctx.now,
    })
    await tx.insert(importFiles).values({ orgId: ctx.orgId, importId, content: input.content, createdAt: ctx.now })
    await audit(importId, { after: { kind: input.kind, status: 'checking' } })
    await emit('import.requested', { importId })
    return { importId }
  },
})

/** Gives a checked file another mapping and has it checked again. Refuses: not-allowed, not-found, conflict (it runs or ran). */
export const mapImport = command({
  name: 'import.map',
  permission: 'imports:write',
  input: MapImport,
  async run({ tx, ctx, input, emit, audit }): Promise<{ importId: Id<'imp'> }> {
    const run = await importRunRow(tx, input.importId, true)
    if (run.state !== 'checked' && run.state !== 'failed') throw new DomainError('conflict')
    await tx.update(importFiles).set({ mapping: input.mapping }).where(eq(importFiles.importId, run.id))
    await setImportRun(tx, ctx, run.id, { state: 'checking', counts: noCounts })
    await audit(run.id, { before: { status: run.state }, after: { status: 'checking' } })
    await emit('import.requested', { importId: run.id })
    return { importId: run.id }
  },
})

/** Has a checked file imported by a job. Saying it twice changes nothing. Refuses: not-allowed, not-found, conflict (it was not checked). */
export const startImport = command({
  name: 'import.start',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, ctx, input, emit, audit }): Promise<{ importId: Id<'imp'> }> {
    const run = await importRunRow(tx, input.importId, true)
    if (run.state === 'running' || run.state === 'done') return { importId: run.id }
    if (run.state !== 'checked') throw new DomainError('conflict')
    await setImportRun(tx, ctx, run.id, { state: 'running', counts: noCounts })
    await audit(run.id, { before: { status: run.state }, after: { status: 'running' } })
    await emit('import.requested', { importId: run.id })
    return { importId: run.id }
  },
})
