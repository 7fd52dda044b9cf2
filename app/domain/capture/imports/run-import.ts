import { sql } from 'drizzle-orm'
import { readCsvPieces } from '~/lib/csv-import'
import { toUuid } from '~/lib/ids'
import { log } from '~/platform/log'
import { DomainError, inTransaction, can, type Context } from '../../kernel'
import { ensureDefaultProductLine, fieldsByName } from '../../leads'
import { ownersOf } from './import-owners'
import { noNames } from './import-names'
import { importSettings } from './import-source'
import type { ImportReport, ImportRequest, ImportWork, ReadRow } from './import-work'
import { knownExternalIds } from './known-external-ids'
import { noteChunk, resultsOf } from './note-chunk'
import { planImport } from './plan-import'
import { rememberedMapping } from './remembered-mapping'
import { readable } from './read-head'
import { readRow } from './read-row'
import { resultHead, type RowResult } from './result-file'
import { NotOurTurn, saveChunk } from './save-chunk'
import { seenKeys } from './seen-keys'
import { foresee, storeLeads, storeOutcomes, type StoredChunk } from './store-chunk'

export type { ImportCounts, ImportReport, ImportRequest } from './import-work'

const CHUNK = 1000
class TakenBack extends Error {
  constructor(readonly seen: StoredChunk) {
    super('taken back')
  }
}

/**
 * Imports a file of leads or outcomes: good rows go in, bad ones are refused with a reason, in chunks of 1,000 rows of
 * which each commits. The same file again changes nothing. Nothing is ever read from columns about consent. A dry run
 * reads and matches everything and holds no lock. Refuses: not-allowed, file-unreadable, invalid (a mapping that does not fit).
 */
export async function importFile(ctx: Context, request: ImportRequest): Promise<ImportReport> {
  if (!can(ctx.actor, 'imports:write')) throw new DomainError('not-allowed')
  const work = await openWork(ctx, request)
  const { plan, settings, report } = work
  if (work.done === 0) request.onResult?.(resultHead(plan.headers))
  const rowSettings = { timeZone: settings.timeZone, currency: settings.currency, now: ctx.now, dates: new Map(), options: work.options }
  const isNewKey = seenKeys().add
  let toSkip = work.done
  let isBelow = false
  let chunk: ReadRow[] = []
  // The database writes a chunk while the next one is read.
  let writing: Promise<boolean> = Promise.resolve(true)
  const next = async (): Promise<boolean> => {
    if (!(await writing)) return false
    const rows = chunk
    chunk = []
    writing = storeChunk(work, rows)
    writing.catch(() => undefined)
    return true
  }
  try {
    await readable(async () => {
      for await (const rows of readCsvPieces(request.open(), plan.dialect)) {
        for (const row of rows) {
          if (!isBelow) {
            isBelow = row.line >= plan.headerLine
            continue
          }
          if (plan.isTotal(row.cells)) continue
          const read = readRow(work, rowSettings, row, isNewKey)
          if (toSkip > 0) {
            toSkip -= 1
            continue
          }
          chunk.push(read)
          if (chunk.length >= CHUNK && !(await next())) return
        }
      }
      if (chunk.length > 0) await next()
    })
  } finally {
    await writing.catch(() => undefined)
  }
  report.isComplete = await writing
  return report
}

/** Decides how a file is read, and gathers what every row needs. Refuses as `importFile`. */
export async function openWork(ctx: Context, request: ImportRequest): Promise<ImportWork> {
  const settings = await inTransaction(ctx, 'read write', (tx) => importSettings(tx, ctx))
  const given = request.mapping ?? null
  const plan = await planImport(request.kind, request.open, given, {
    countKnown: (values) => knownExternalIds(ctx, values), remembered: (headers) => rememberedMapping(ctx, request.kind, headers),
    ownFields: () => inTransaction(ctx, 'read only', async (tx) => new Map([...(await fieldsByName(tx))].map(([name, { key }]) => [name, key]))),
  })
  const line = await ensureDefaultProductLine({ ...ctx, actor: { kind: 'system', job: 'import' } }, {})
  const counts = request.run?.counts ?? { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }
  const report: ImportReport = { counts: { ...counts }, plan, noted: [], tally: {}, matches: {}, changes: [], isComplete: true }
  const done = request.run?.done ?? 0
  return {
    ctx, request, plan, settings, options: plan.file.options ?? {}, productLineId: settings.source.productLineId === null ? toUuid(line.productLineId) : toUuid(settings.source.productLineId),
    owners: await ownersOf(ctx), names: noNames(), report, done, n: done,
  }
}

/** False where the run was paused or another process has it: then nothing of this chunk was written. */
async function storeChunk(work: ImportWork, rows: readonly ReadRow[]): Promise<boolean> {
  const { ctx, request } = work
  const stored = await storeInOne(work, rows).catch((error: unknown) => {
    if (error instanceof NotOurTurn) return null
    if (rows.length < 2 || ctx.tx !== undefined || request.dryRun === true) throw error
    log.warn({ err: error, rows: rows.length }, 'a chunk of an import is stored in halves')
    return 'refused' as const
  })
  if (stored === null) return false
  if (stored !== 'refused') {
    const before = work.done
    noteChunk(work, rows, stored.chunk, stored.results)
    if (request.dryRun !== true) await analyseGrown(ctx, before, work.done)
    await request.onProgress?.(work.report.counts)
    return true
  }
  // One row the database refuses must not take the others with it.
  work.names = noNames()
  const half = Math.ceil(rows.length / 2)
  return (await storeHalf(work, rows.slice(0, half))) && (await storeHalf(work, rows.slice(half)))
}

// Tables that grew five times since they were last looked at are planned for as if they were small.
async function analyseGrown(ctx: Context, before: number, done: number): Promise<void> {
  if ([1000, 5000, 25_000, 125_000, 625_000].some((mark) => before < mark && done >= mark)) {
    await inTransaction(ctx, 'read write', (tx) => tx.execute(sql`select clew_ops.analyse_intake(${done})`))
  }
}

async function storeHalf(work: ImportWork, rows: readonly ReadRow[]): Promise<boolean> {
  if (rows.length > 1) return storeChunk(work, rows)
  return storeChunk(work, rows).catch((error: unknown) => {
    log.warn({ err: error }, 'a row of an import could not be stored')
    return storeChunk(work, rows.map((row) => ({ ...row, asked: null, outcome: null, problems: [...row.problems, { code: 'not-stored' as const }] })))
  })
}

type Noted = { chunk: StoredChunk; results: RowResult[] }

async function storeInOne(work: ImportWork, rows: readonly ReadRow[]): Promise<Noted> {
  const { ctx, request } = work
  const good = rows.filter(({ asked, outcome }) => asked !== null || outcome !== null)
  if (request.dryRun !== true) {
    return inTransaction(ctx, 'read write', async (tx) => {
      const chunk = await (request.kind === 'leads' ? storeLeads : storeOutcomes)({ ...ctx, tx }, work, good)
      const results = resultsOf(work, rows, chunk)
      await saveChunk({ ...ctx, tx }, work, rows, chunk, results)
      return { chunk, results }
    })
  }
  const chunk = request.kind === 'leads' ? await foresee(ctx, work, good) : await tried(ctx, work, good)
  return { chunk, results: resultsOf(work, rows, chunk) }
}

function tried(ctx: Context, work: ImportWork, good: readonly ReadRow[]): Promise<StoredChunk> {
  return inTransaction(ctx, 'read write', async (tx) => { throw new TakenBack(await storeOutcomes({ ...ctx, tx }, work, good)) }).catch((error: unknown) => {
    if (error instanceof TakenBack) return error.seen
    throw error
  })
}
