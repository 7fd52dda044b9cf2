import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { importFiles } from '~db/schema'
import { command, inTransaction, isRefusal, type Context, type DomainError } from '../../kernel'
import { OneImport } from './contract'
import { importRunRow, setImportRun, shownPlan, type ImportRunRow, type ShownPlan } from './import-run-row'
import { MappingFile } from './mapping'
import { importFile, type ImportCounts, type ImportReport } from './run-import'

type Waiting = { run: ImportRunRow; content: Uint8Array; mapping: MappingFile | null }

/**
 * Does what an uploaded file waits for: checks it, or imports it. Called by the job; a file that waits for nothing is
 * left alone, and an import that died half-way is taken up again without doubling anything.
 */
export async function advanceImport(ctx: Context, { importId }: { importId: Id<'imp'> }): Promise<void> {
  const waiting = await waitingImport(ctx, importId)
  if (waiting === null) return
  const { run, content } = waiting
  const isRun = run.state === 'running'
  const lines: string[] = []
  try {
    const report = await importFile(ctx, {
      kind: run.kind, open: () => content, mapping: waiting.mapping, dryRun: !isRun,
      onProgress: isRun ? (counts) => tellProgress(ctx, importId, counts) : undefined, onResult: (text) => lines.push(text),
    })
    await settleImport(ctx, { importId, outcome: { report: { ...report, result: lines.join('') } } })
  } catch (error) {
    if (!isRefusal(error)) throw error
    await settleImport(ctx, { importId, outcome: { refusal: error } })
  }
}

function waitingImport(ctx: Context, importId: Id<'imp'>): Promise<Waiting | null> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const run = await importRunRow(tx, importId)
    const [file] = await tx.select().from(importFiles).where(eq(importFiles.importId, importId))
    if ((run.state !== 'checking' && run.state !== 'running') || !file?.content) return null
    return { run, content: file.content, mapping: file.mapping === null ? null : MappingFile.parse(file.mapping) }
  })
}

function tellProgress(ctx: Context, importId: Id<'imp'>, counts: ImportCounts): Promise<void> {
  return inTransaction(ctx, 'read write', (tx) => setImportRun(tx, ctx, importId, { counts }))
}

type Outcome = { report?: ImportReport & { result: string }; refusal?: DomainError }

/** Keeps what a check or a run came to. Refuses: not-allowed, not-found. */
export const settleImport = command({
  name: 'import.settle',
  permission: 'imports:write',
  input: OneImport.extend({ outcome: z.custom<Outcome>() }),
  async run({ tx, ctx, input: { importId, outcome }, emit, audit }): Promise<void> {
    const run = await importRunRow(tx, importId, true)
    const isRun = run.state === 'running'
    const counts = outcome.report?.counts ?? run.counts
    const state = outcome.refusal ? 'failed' : isRun ? 'done' : 'checked'
    await setImportRun(tx, ctx, run.id, { state, counts, finishedAt: isRun ? ctx.now : null })
    await tx.update(importFiles).set({
      plan: planOf(outcome, isRun),
      result: outcome.report === undefined ? null : Buffer.from(outcome.report.result),
      // The rows are in now; the file has no reason to stay.
      ...(isRun && state === 'done' ? { content: null } : {}),
    }).where(eq(importFiles.importId, run.id))
    await audit(run.id, { before: { status: run.state }, after: { status: state, counts: JSON.stringify(counts) } })
    if (isRun) await emit('import.finished', { importId: run.id })
  },
})

function planOf({ report, refusal }: Outcome, isRun: boolean): ShownPlan {
  if (report !== undefined) return isRun ? { ...shownPlan(report), samples: {} } : shownPlan(report)
  const why = refusal === undefined ? undefined : { code: refusal.code, params: refusal.params, fields: refusal.fields }
  return { headers: [], mapping: null, reasons: {}, samples: {}, unused: [], consent: [], noted: [], tally: {}, ...(why === undefined ? {} : { refusal: why }) }
}
