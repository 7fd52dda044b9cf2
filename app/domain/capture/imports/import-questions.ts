import { gunzipSync } from 'node:zlib'
import { desc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { importFiles, importRuns, members } from '~db/schema'
import { DomainError, query, type Context } from '../../kernel'
import { nothing } from '../../kernel/contract'
import type { ImportKind, ImportState } from '../vocabulary'
import { OneImport } from './contract'
import { foldOwner } from './import-owners'
import { importRunRow, type ImportRunRow, type ShownPlan } from './import-run-row'
import type { ImportCounts } from './import-work'
import { chunksOf } from './save-chunk'
import { resultHead } from './result-file'
import type { KeptRecords } from './undo-import'
import { undoableUntil } from './undoable-until'
import { warningsOf } from './warnings-of'

/** An import as lists show it. */
export type ImportSummary = { id: Id<'imp'>; kind: ImportKind; state: ImportState; fileName: string; counts: ImportCounts; totalRows: number | null; doneRows: number; ranAt: Date | null; startedAt: Date; finishedAt: Date | null }
export type ImportDetail = ImportSummary & { plan: ShownPlan | null; hasResult: boolean; warnings: string[]; kept: KeptRecords | null; undoableUntil: Date | null; asOf: Date; unknownOwners: string[]; members: { id: Id<'mem'>; name: string }[] }

const summary = ({ id, kind, state, fileName, counts, totalRows, doneRows, ranAt, startedAt, finishedAt }: typeof importRuns.$inferSelect): ImportSummary => ({
  id, kind, state, fileName, counts: counts as ImportCounts, totalRows, doneRows, ranAt, startedAt, finishedAt,
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
  async run({ tx, ctx, input }): Promise<ImportDetail> {
    const run = await importRunRow(tx, input.importId)
    const [file] = await tx.select({ plan: importFiles.plan, result: importFiles.result }).from(importFiles).where(eq(importFiles.importId, run.id))
    const plan = (file?.plan as ShownPlan | undefined) ?? null
    const until = undoableUntil(run)
    const owned = run.state === 'checked' && (plan?.questions?.owners.length ?? 0) > 0
    const staff = owned ? await activeMembers(tx) : []
    const names = new Set(staff.flatMap(({ name, email }) => [foldOwner(name), foldOwner(email)]))
    return {
      ...summary(run), plan, hasResult: isTheirs(ctx, run) && ((file?.result ?? null) !== null || (run.doneRows > 0 && file !== undefined)), warnings: warningsOf(plan?.tally ?? {}),
      kept: run.kept as KeptRecords | null, undoableUntil: until !== null && until > ctx.now ? until : null, asOf: ctx.now,
      unknownOwners: (owned ? (plan?.questions?.owners ?? []) : []).filter((name) => !names.has(foldOwner(name))), members: staff.map(({ id, name }) => ({ id, name })),
    }
  },
})

/**
 * The result file of an import: a line per row of the file, with outcome, reason and lead. It repeats the file, so it is
 * for whoever uploaded it, and for administrators. Refuses: not-allowed, not-found.
 */
export const importResult = query({
  name: 'import.result',
  permission: 'imports:write',
  input: OneImport,
  async run({ tx, ctx, input }): Promise<{ fileName: string; content: Uint8Array }> {
    const run = await importRunRow(tx, input.importId)
    const [file] = await tx.select({ result: importFiles.result, plan: importFiles.plan }).from(importFiles).where(eq(importFiles.importId, run.id))
    const chunks = file?.result ? [] : await chunksOf(tx, run.id)
    const packed = chunks.flatMap(({ result }) => (result === null ? [] : [result]))
    if (!isTheirs(ctx, run) || (!file?.result && packed.length === 0)) throw new DomainError('not-found')
    const head = resultHead((file?.plan as ShownPlan | null | undefined)?.headers ?? [])
    // Packed pieces one after the other are one packed file (RFC 1952).
    const content = file?.result ?? Buffer.concat([Buffer.from(head), gunzipSync(Buffer.concat(packed))])
    return { fileName: `${run.fileName.replace(/\.[^.]{1,5}$/u, '')}.result.csv`, content }
  },
})

const activeMembers = (tx: Tx) => tx.select({ id: members.id, name: members.name, email: members.email }).from(members).where(eq(members.status, 'active')).orderBy(members.name).limit(500)

const isTheirs = ({ actor }: Context, run: ImportRunRow): boolean =>
  actor.kind !== 'user' || actor.role === 'admin' || run.actorKind !== 'user' || run.actorId === actor.memberId
