import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { importFiles } from '~db/schema'
import { command, inTransaction, isRefusal, type Context, type DomainError } from '../../kernel'
import { OneImport } from './contract'
import { importRunRow, setImportRun, shownPlan, type ImportRunRow, type ShownPlan } from './import-run-row'
import type { ImportReport } from './import-work'
import { MappingFile } from './mapping'
import { addNotes, type ChunkNotes } from './note-chunk'
import { importFile } from './run-import'
import { chunksOf } from './save-chunk'
import { takeBackImport } from './undo-import'

type Waiting = { run: ImportRunRow; content: Uint8Array | null; mapping: MappingFile | null }

/**
 * Does what an import waits for: checks the file, imports it, or takes the import back. Called by the job; one that
 * waits for nothing is left alone, and one that died half-way is taken up again without doubling anything.
 */
export async function advanceImport(ctx: Context, { importId }: { importId: Id<'imp'> }): Promise<void> {
  const { run, content, mapping } = await waitingImport(ctx, importId)
  if (run.state === 'undoing') return takeBackImport(ctx, { importId })
  if ((run.state !== 'checking' && run.state !== 'running') || content === null) return
  const isRun = run.state === 'running'
  const lines: string[] = []
  try {
    const report = await importFile(ctx, {
      kind: run.kind, open: () => content, mapping, dryRun: !isRun, ...(isRun ? {} : { onResult: (text: string) => lines.push(text) }),
      ...(isRun ? { run: { importId, done: run.doneRows, counts: run.counts as ImportReport['counts'], keepsResult: true } } : {}),
    })
    if (report.isComplete) await settleImport(ctx, { importId, outcome: { report, result: isRun ? null : lines.join('') } })
  } catch (error) {
    if (!isRefusal(error)) throw error
    await settleImport(ctx, { importId, outcome: { refusal: error } })
  }
}

function waitingImport(ctx: Context, importId: Id<'imp'>): Promise<Waiting> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const run = await importRunRow(tx, importId)
    const [file] = await tx.select().from(importFiles).where(eq(importFiles.importId, importId))
    return { run, content: file?.content ?? null, mapping: file?.mapping == null ? null : MappingFile.parse(file.mapping) }
  })
}

type Outcome = { report?: ImportReport; result?: string | null; refusal?: DomainError }

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
    await setImportRun(tx, ctx, run.id, { state, counts, finishedAt: isRun ? ctx.now : null, ...(isRun ? {} : { totalRows: outcome.report?.counts.rows ?? null }) })
    const notes: ChunkNotes = { noted: [], tally: {}, matches: {} }
    if (isRun) for (const { noted } of await chunksOf(tx, run.id)) addNotes(notes, noted as ChunkNotes)
    await tx.update(importFiles).set({
      plan: planOf(outcome, isRun ? notes : null),
      ...(outcome.result == null ? { result: null } : { result: Buffer.from(outcome.result) }),
      // The rows are in now; the file has no reason to stay.
      ...(isRun && state === 'done' ? { content: null } : {}),
    }).where(eq(importFiles.importId, run.id))
    await audit(run.id, { before: { status: run.state }, after: { status: state, counts: JSON.stringify(counts) } })
    if (isRun) await emit('import.finished', { importId: run.id })
  },
})

function planOf({ report, refusal }: Outcome, notes: ChunkNotes | null): ShownPlan {
  if (report !== undefined) return notes === null ? shownPlan(report) : { ...shownPlan(report), ...notes, samples: {}, changes: [] }
  const why = refusal === undefined ? undefined : { code: refusal.code, params: refusal.params, fields: refusal.fields }
  return {
    headers: [], mapping: null, reasons: {}, samples: {}, unused: [], consent: [], noted: [], tally: {}, matches: {}, changes: [], questions: null, dialect: null,
    ...(why === undefined ? {} : { refusal: why }),
  }
}
