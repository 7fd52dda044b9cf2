import { eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import { importFiles, importRuns } from '~db/schema'
import { actorId, command, DomainError } from '../../kernel'
import { asCsv } from './as-csv'
import { MapImport, OneImport, StartImport, UploadImport, uploadAtMost } from './contract'
import { importRunRow, noCounts, setImportRun, type ShownPlan } from './import-run-row'
import { rememberMapping } from './remembered-mapping'
import { warningsOf } from './warnings-of'

/**
 * Keeps an uploaded file (at most 25 MB) and has it checked by a job: nothing is imported yet. `content` is the file
 * byte for byte: CSV and the like in any usual encoding, XLSX, vCard, JSON or NDJSON. Refuses: not-allowed, too-large,
 * file-unreadable (it is empty, or not what it says, or unpacks to too much).
 */
export const uploadImport = command({
  name: 'import.upload',
  permission: 'imports:write',
  input: UploadImport,
  async run({ tx, ctx, input, emit, audit }): Promise<{ importId: Id<'imp'> }> {
    if (input.content.length > uploadAtMost) throw new DomainError('too-large')
    if (input.content.length === 0) throw new DomainError('file-unreadable', { params: { why: 'empty' } })
    const content = await asCsv(input.content)
    const importId = newId('imp')
    await tx.insert(importRuns).values({
      orgId: ctx.orgId, id: importId, kind: input.kind, state: 'checking', fileName: input.fileName, fileSha256: sha256(input.content).toString('hex'),
      counts: noCounts, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), startedAt: ctx.now,
    })
    await tx.insert(importFiles).values({ orgId: ctx.orgId, importId, content, createdAt: ctx.now })
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

/**
 * Has a checked file imported by a job, once every warning of its check was ticked. Saying it twice changes nothing.
 * Refuses: not-allowed, not-found, conflict (it was not checked), invalid (`ticks`: the warnings left).
 */
export const startImport = command({
  name: 'import.start',
  permission: 'imports:write',
  input: StartImport,
  async run({ tx, ctx, input, emit, audit }): Promise<{ importId: Id<'imp'> }> {
    const run = await importRunRow(tx, input.importId, true)
    if (run.state === 'running' || run.state === 'done') return { importId: run.id }
    if (run.state !== 'checked' && run.state !== 'paused') throw new DomainError('conflict')
    const [file] = await tx.select({ plan: importFiles.plan }).from(importFiles).where(eq(importFiles.importId, run.id))
    const plan = file?.plan as ShownPlan | null | undefined
    const left = run.state === 'checked' ? warningsOf(plan?.tally ?? {}).filter((code) => !input.ticks.includes(code)) : []
    if (left.length > 0) throw new DomainError('invalid', { fields: { ticks: left } })
    const isFirst = run.state === 'checked'
    await setImportRun(tx, ctx, run.id, { state: 'running', ...(isFirst ? { counts: noCounts, doneRows: 0, ranAt: ctx.now } : {}) })
    if (isFirst && plan?.mapping != null) {
      // How it was read in the check is how it is run, and how the next file with these headers is proposed.
      await tx.update(importFiles).set({ mapping: plan.mapping }).where(eq(importFiles.importId, run.id))
      await rememberMapping(tx, ctx, run.kind, plan.headers, plan.mapping)
    }
    await audit(run.id, { before: { status: run.state }, after: { status: 'running' } })
    await emit('import.requested', { importId: run.id })
    return { importId: run.id }
  },
})

/** Stops a running import after the chunk it is at; `startImport` goes on. Refuses: not-allowed, not-found, conflict (it does not run). */
export const pauseImport = command({
  name: 'import.pause',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, ctx, input, audit }): Promise<{ importId: Id<'imp'> }> {
    const run = await importRunRow(tx, input.importId, true)
    if (run.state === 'paused') return { importId: run.id }
    if (run.state !== 'running') throw new DomainError('conflict')
    await setImportRun(tx, ctx, run.id, { state: 'paused' })
    await audit(run.id, { before: { status: run.state }, after: { status: 'paused' } })
    return { importId: run.id }
  },
})
