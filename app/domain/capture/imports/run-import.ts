import { readCsvRecords, type CsvRecord } from '~/lib/csv-import'
import { log } from '~/platform/log'
import { DomainError, inTransaction, can, type Context } from '../../kernel'
import type { ImportKind } from '../vocabulary'
import { knownExternalIds } from './known-external-ids'
import { importSettings, type ImportSettings } from './import-source'
import type { MappingFile } from './mapping'
import { planImport, type ImportPlan } from './plan-import'
import { readable, type OpenFile } from './read-head'
import { readLeadRow, type LeadRow } from './read-lead-row'
import { readOutcomeRow, type OutcomeRow } from './read-outcome-row'
import { resultHead, resultLine, type RowResult } from './result-file'
import type { RowProblem } from './read-cells'
import { ownersOf, storeLeads, storeOutcomes, type Owners, type Stored } from './store-rows'

/** How many rows ended how; the five sum to `rows`. */
export type ImportCounts = { rows: number; created: number; updated: number; unchanged: number; skipped: number; failed: number }

export type ImportRequest = {
  kind: ImportKind
  open: OpenFile
  /** absent: the importer proposes one of its own */
  mapping?: MappingFile | null
  /** reads, checks and stores all of it, and takes it back */
  dryRun?: boolean
  /** hears how many rows are done, after each batch */
  onProgress?: (counts: ImportCounts) => Promise<void> | void
  /** hears the result file, line by line */
  onResult?: (text: string) => void
}
export type ImportReport = {
  counts: ImportCounts
  plan: ImportPlan
  /** the first 200 rows that were refused or remarked on */
  noted: RowResult[]
  /** how often each problem and remark was said */
  tally: Record<string, number>
}

const BATCH = 500
const NOTED = 200
class TakenBack extends Error {}

type Read = { record: CsvRecord; externalId: string | null; row: LeadRow | OutcomeRow | null; problems: RowProblem[] }
type Run = { ctx: Context; request: ImportRequest; plan: ImportPlan; settings: ImportSettings; owners: Owners; report: ImportReport }

/**
 * Imports a file of leads or outcomes: good rows go in, bad ones are refused with a reason, in batches of 500 rows of
 * which each commits. The same file again changes nothing. Nothing is ever read from columns about consent.
 * Refuses: not-allowed, file-unreadable, invalid (a mapping that does not fit).
 */
export async function importFile(ctx: Context, request: ImportRequest): Promise<ImportReport> {
  if (!can(ctx.actor, 'imports:write')) throw new DomainError('not-allowed')
  if (request.dryRun !== true) return run(ctx, request)
  let report: ImportReport | undefined
  try {
    await inTransaction(ctx, 'read write', async (tx) => {
      report = await run({ ...ctx, tx }, request)
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  if (report === undefined) throw new Error('A dry run ended without a report')
  return report
}

async function run(ctx: Context, request: ImportRequest): Promise<ImportReport> {
  const settings = await inTransaction(ctx, 'read write', (tx) => importSettings(tx, ctx))
  const plan = await planImport(request.kind, request.open, request.mapping ?? null, (values) => knownExternalIds(ctx, values))
  const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }
  const work: Run = { ctx, request, plan, settings, owners: await ownersOf(ctx), report: { counts, plan, noted: [], tally: {} } }
  request.onResult?.(resultHead(plan.headers))
  await readable(async () => {
    const seen = new Set<string>()
    let batch: Read[] = []
    for await (const record of readCsvRecords(request.open(), { dialect: plan.dialect, headerLine: plan.headerLine })) {
      batch.push(readRecord(work, record, seen))
      if (batch.length < BATCH) continue
      await storeBatch(work, batch)
      batch = []
    }
    if (batch.length > 0) await storeBatch(work, batch)
  })
  return work.report
}

function readRecord({ ctx, request, plan, settings }: Run, record: CsvRecord, seen: Set<string>): Read {
  const { timeZone, currency } = settings
  const read = request.kind === 'leads' ? readLeadRow : readOutcomeRow
  const { row, problems } = read(record.values, plan.mapping, { timeZone, currency, now: ctx.now })
  if (record.extraCells > 0) problems.push({ code: 'too-many-cells' })
  const externalId = row?.externalId ?? null
  if (externalId !== null && problems.length === 0) {
    if (seen.has(externalId)) problems.push({ code: 'key-twice', column: plan.mapping.key ?? undefined, value: externalId.slice(0, 80) })
    seen.add(externalId)
  }
  return { record, externalId, row: problems.length > 0 ? null : row, problems }
}

async function storeBatch(work: Run, batch: readonly Read[]): Promise<void> {
  const good = batch.filter((read) => read.row !== null)
  const stored = await storeOrOneByOne(work, good)
  for (const read of batch) {
    const at = stored.get(read)
    note(work, read, {
      line: read.record.line, externalId: read.externalId, outcome: at?.outcome ?? 'failed', leadId: at?.leadId ?? null,
      problems: at?.problem ? [{ code: at.problem, column: work.plan.mapping.key ?? undefined, value: read.externalId ?? undefined }] : read.problems,
      remarks: at?.remarks ?? [],
    })
  }
  await work.request.onProgress?.(work.report.counts)
}

// One row the database refuses must not take 499 others with it. A dry run has one transaction and cannot go on.
async function storeOrOneByOne(work: Run, good: readonly Read[]): Promise<Map<Read, Stored>> {
  try {
    return await store(work, good)
  } catch (error) {
    if (good.length < 2 || work.ctx.tx !== undefined) throw error
    log.warn({ err: error, rows: good.length }, 'a batch of an import is stored row by row')
  }
  const stored = new Map<Read, Stored>()
  for (const read of good) {
    const [at] = (await store(work, [read]).catch(() => new Map<Read, Stored>())).values()
    stored.set(read, at ?? { outcome: 'failed', leadId: null, problem: 'not-stored', remarks: [] })
  }
  return stored
}

async function store({ ctx, request, settings, owners }: Run, good: readonly Read[]): Promise<Map<Read, Stored>> {
  const stored = request.kind === 'leads'
    ? await storeLeads(ctx, settings.source, good.map(({ row }) => row as LeadRow), owners)
    : await storeOutcomes(ctx, settings.source, good.map(({ row }) => row as OutcomeRow))
  return new Map(good.flatMap((read, index) => { const at = stored[index]; return at === undefined ? [] : [[read, at] as const] }))
}

function note({ request, plan, report }: Run, { record }: Read, result: RowResult): void {
  report.counts.rows += 1
  report.counts[result.outcome] += 1
  for (const code of [...result.problems.map((problem) => problem.code), ...result.remarks]) report.tally[code] = (report.tally[code] ?? 0) + 1
  if ((result.problems.length > 0 || result.remarks.length > 0) && report.noted.length < NOTED) report.noted.push(result)
  request.onResult?.(resultLine(result, plan.headers.map((header) => record.values[header] ?? '')))
}
