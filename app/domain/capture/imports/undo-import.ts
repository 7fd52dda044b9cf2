import { and, eq, isNull, sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { importChunks } from '~db/schema'
import { command, DomainError, inTransaction, type Context } from '../../kernel'
import { forgetImportedFields } from '../../leads'
import { plainArray, textArray } from './array-literal'
import { OneImport } from './contract'
import { importRunRow, setImportRun } from './import-run-row'
import { undoableUntil } from './undoable-until'

/** What an undoing left because somebody had worked on it since: ids as links need them, at most 500 of each. */
export type KeptRecords = { leads: string[]; people: string[]; companies: string[]; leadCount: number }
type Chunk = typeof importChunks.$inferSelect
type TakenBack = { leads?: string[]; people?: string[]; companies?: string[] }

/**
 * Has an import taken back by a job: what it made goes, what it changed is as before. What somebody worked on since
 * stays, and is listed. Refuses: not-allowed, not-found, conflict (it did not run, runs, or is older than seven days).
 */
export const undoImport = command({
  name: 'import.undo',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, ctx, input, emit, audit }): Promise<{ importId: Id<'imp'> }> {
    const run = await importRunRow(tx, input.importId, true)
    if (run.state === 'undoing' || run.state === 'undone') return { importId: run.id }
    const until = undoableUntil(run)
    if (until === null || until < ctx.now) throw new DomainError('conflict')
    await setImportRun(tx, ctx, run.id, { state: 'undoing' })
    await audit(run.id, { before: { status: run.state }, after: { status: 'undoing' } })
    await emit('import.requested', { importId: run.id })
    return { importId: run.id }
  },
})

/** Takes an import back chunk by chunk, the last one first, each in a transaction of its own. */
export async function takeBackImport(ctx: Context, { importId }: { importId: Id<'imp'> }): Promise<void> {
  for (;;) {
    const isMore = await inTransaction(ctx, 'read write', async (tx) => {
      const run = await importRunRow(tx, importId, true)
      if (run.state !== 'undoing') return false
      const [chunk] = await tx.select().from(importChunks).where(and(eq(importChunks.importId, importId), isNull(importChunks.undoneAt))).orderBy(sql`${importChunks.n} desc`).limit(1)
      if (chunk === undefined) return false
      const kept = await takeBackChunk(tx, ctx, chunk)
      await tx.update(importChunks).set({ undoneAt: ctx.now }).where(and(eq(importChunks.importId, importId), eq(importChunks.n, chunk.n)))
      await setImportRun(tx, ctx, importId, { kept: addKept(run.kept as KeptRecords | null, kept), doneRows: Math.max(0, run.doneRows - chunk.rows) })
      return true
    })
    if (!isMore) break
  }
  await endUndo({ ...ctx }, { importId })
}

/** Notes that an import is taken back. Refuses: not-allowed, not-found. */
export const endUndo = command({
  name: 'import.end-undo',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, ctx, input, emit, audit }): Promise<void> {
    const run = await importRunRow(tx, input.importId, true)
    if (run.state !== 'undoing') return
    await setImportRun(tx, ctx, run.id, { state: 'undone' })
    await audit(run.id, { before: { status: run.state }, after: { status: 'undone' } })
    await emit('import.finished', { importId: run.id })
  },
})

async function takeBackChunk(tx: Tx, ctx: Context, chunk: Chunk): Promise<TakenBack> {
  const edited = await editedSince(tx, ctx, chunk)
  const [answer] = await tx.execute<{ kept: TakenBack }>(sql`
    select clew_ops.take_back_import(${toUuid(chunk.importId)}::uuid, ${chunk.n}, ${plainArray(edited)}::uuid[]) as kept`)
  const kept = answer?.kept ?? {}
  await forgetImportedFields({ ...ctx, tx }, (chunk.added as Record<string, { lead_id: string; field_id: string }[]>)['lead_field_values'] ?? [], chunk.at)
  for (const [table, rows] of Object.entries(chunk.changed as Record<string, unknown[]>)) {
    const [put] = await tx.execute<{ kept: string[] }>(sql`select clew_ops.put_back(${table}, ${JSON.stringify(rows)}::jsonb) as kept`)
    const list = put?.kept ?? []
    if (table === 'people' || table === 'companies') kept[table] = [...(kept[table] ?? []), ...list]
    if (table === 'leads' || table === 'lead_stages') kept.leads = [...(kept.leads ?? []), ...list]
  }
  return kept
}

// Every change by a person stands in the audit log, under the id it is about.
async function editedSince(tx: Tx, ctx: Context, chunk: Chunk): Promise<string[]> {
  const subjects = new Map([
    ...chunk.leads.map((id) => [fromUuid('lead', id), id] as const), ...chunk.people.map((id) => [fromUuid('per', id), id] as const),
    ...chunk.companies.map((id) => [fromUuid('co', id), id] as const),
  ])
  const rows = await tx.execute<{ subject: string }>(sql`
    select distinct subject from audit_entries where org_id = ${toUuid(ctx.orgId)}::uuid and subject = any (${textArray([...subjects.keys()])}::text[])
      and action not in ('company.mark-customer')`)
  return rows.flatMap(({ subject }) => subjects.get(subject as `lead_${string}`) ?? [])
}

function addKept(kept: KeptRecords | null, { leads = [], people = [], companies = [] }: TakenBack): KeptRecords {
  const add = (prefix: 'lead' | 'per' | 'co', old: readonly string[], more: readonly string[]) => [...new Set([...old, ...more.map((id) => fromUuid(prefix, id))])].slice(0, 500)
  return {
    leads: add('lead', kept?.leads ?? [], leads), people: add('per', kept?.people ?? [], people), companies: add('co', kept?.companies ?? [], companies),
    leadCount: (kept?.leadCount ?? 0) + leads.length,
  }
}
