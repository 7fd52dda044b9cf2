import { eq } from 'drizzle-orm'
import { gzipSync } from 'node:zlib'
import { toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { importChunks } from '~db/schema'
import type { Context } from '../../kernel'
import { importRunRow, setImportRun } from './import-run-row'
import type { ImportCounts, ImportWork, ReadRow } from './import-work'
import { chunkNotes, resultLines } from './note-chunk'
import type { RowResult } from './result-file'
import type { StoredChunk } from './store-chunk'

/**
 * Keeps what a chunk did, with the run's progress, in the transaction that did it: a kill in between leaves neither.
 * Throws NotOurTurn, which takes it all back, where the run is no longer at this chunk: it was paused, or another has it.
 */
export async function saveChunk(ctx: Context & { tx: Tx }, work: ImportWork, rows: readonly ReadRow[], stored: StoredChunk, results: readonly RowResult[]): Promise<void> {
  const { run } = work.request
  if (run === undefined) return
  const row = await importRunRow(ctx.tx, run.importId, true)
  if (row.state !== 'running' || row.doneRows !== work.done) throw new NotOurTurn()
  const counts: ImportCounts = { ...work.report.counts, rows: work.report.counts.rows + rows.length }
  for (const { outcome } of results) counts[outcome] += 1
  const { ledger, changes, made } = stored
  await ctx.tx.insert(importChunks).values({
    orgId: ctx.orgId, importId: run.importId, n: work.done, rows: rows.length,
    leads: ledger?.writes.leads.map(({ id }) => id) ?? [], inquiries: ledger?.writes.inquiries.map(({ id }) => id) ?? [],
    people: ledger?.writes.people.map(({ id }) => id) ?? [], companies: ledger?.writes.companies.map(({ id }) => id) ?? [],
    changed: changes.changed, added: withNames(ctx, changes.added, made), noted: chunkNotes(results, stored), at: ctx.now,
    result: run.keepsResult ? gzipSync(resultLines(work, rows, results), { level: 1 }) : null,
  })
  await setImportRun(ctx.tx, ctx, run.importId, { counts, doneRows: work.done + rows.length })
}

/** Thrown to take a chunk back that is not this process's to write. */
export class NotOurTurn extends Error {}

function withNames(ctx: Context, added: Record<string, object[]>, { channels, campaigns }: StoredChunk['made']): Record<string, object[]> {
  const named = (ids: readonly string[]) => ids.map((id) => ({ org_id: toUuid(ctx.orgId), id }))
  return { ...added, ...(campaigns.length === 0 ? {} : { campaigns: named(campaigns) }), ...(channels.length === 0 ? {} : { channels: named(channels) }) }
}

/** The chunks of a run in the order of the file. */
export function chunksOf(tx: Tx, importId: Parameters<typeof importRunRow>[1]) {
  return tx.select().from(importChunks).where(eq(importChunks.importId, importId)).orderBy(importChunks.n)
}
