import type { FieldChange, ImportWork, ReadRow } from './import-work'
import type { RowMatch } from './match-row'
import { resultLine, type RowResult } from './result-file'
import type { StoredChunk } from './store-chunk'

const NOTED = 200

/** What became of each row of a chunk, as the result file says it. */
export function resultsOf(work: ImportWork, rows: readonly ReadRow[], { stored }: StoredChunk): RowResult[] {
  return rows.map((read): RowResult => {
    const at = stored.get(read)
    return {
      line: read.line, externalId: read.externalId, outcome: at?.outcome ?? 'failed', leadId: at?.leadId ?? null,
      problems: at?.problem ? [{ code: at.problem, column: work.plan.mapping.key ?? undefined, value: read.externalId ?? undefined }] : read.problems,
      remarks: at?.remarks ?? [],
    }
  })
}

/** What is remembered of a chunk for the page: rows to look at, how often what was said, how rows matched. */
export type ChunkNotes = { noted: RowResult[]; tally: Record<string, number>; matches: Partial<Record<RowMatch, number>> }

export function chunkNotes(results: readonly RowResult[], { stored }: StoredChunk): ChunkNotes {
  const notes: ChunkNotes = { noted: [], tally: {}, matches: {} }
  for (const result of results) {
    for (const code of [...result.problems.map((problem) => problem.code), ...result.remarks]) notes.tally[code] = (notes.tally[code] ?? 0) + 1
    if ((result.problems.length > 0 || result.remarks.length > 0) && notes.noted.length < NOTED) notes.noted.push(result)
  }
  for (const { match } of stored.values()) if (match !== null) notes.matches[match] = (notes.matches[match] ?? 0) + 1
  return notes
}

/** Adds notes to others: the first 200 rows stay. */
export function addNotes(to: ChunkNotes, more: ChunkNotes): void {
  for (const [code, n] of Object.entries(more.tally)) to.tally[code] = (to.tally[code] ?? 0) + n
  for (const [match, n] of Object.entries(more.matches) as [RowMatch, number][]) to.matches[match] = (to.matches[match] ?? 0) + n
  to.noted.push(...more.noted.slice(0, NOTED - to.noted.length))
}

/** Counts a chunk that is done and hands on its lines. */
export function noteChunk(work: ImportWork, rows: readonly ReadRow[], stored: StoredChunk, results: readonly RowResult[]): void {
  const { report, request } = work
  for (const { outcome } of results) report.counts[outcome] += 1
  report.counts.rows += rows.length
  work.done += rows.length
  addNotes(report, chunkNotes(results, stored))
  if (report.changes.length < 20) report.changes.push(...changesOf(rows, stored).slice(0, 20 - report.changes.length))
  request.onResult?.(resultLines(work, rows, results))
}

/** The lines of the result file for a chunk. */
export const resultLines = (work: ImportWork, rows: readonly ReadRow[], results: readonly RowResult[]): string =>
  results.map((result, index) => resultLine(result, padded(rows[index]?.cells ?? [], work.plan.headers.length))).join('')

const padded = (cells: readonly string[], length: number): readonly string[] =>
  cells.length === length ? cells : Array.from({ length }, (_, index) => cells[index] ?? '')

const shownFields = ['name', 'title', 'domain', 'industry', 'employees', 'country', 'region', 'city'] as const

// Before and after of records that were there, as far as the plan of this chunk knows them.
function changesOf(rows: readonly ReadRow[], { ledger }: StoredChunk): FieldChange[] {
  if (ledger === null) return []
  const line = rows[0]?.line ?? 0
  return [...ledger.writes.personPatches, ...ledger.writes.companyPatches].flatMap((after) => {
    const before: Readonly<Record<string, unknown>> = ledger.before.get(after.id) ?? {}
    const now: Readonly<Record<string, unknown>> = after
    return shownFields.flatMap((field) => (field in now && before[field] !== now[field]
      ? [{ line, field, before: textOf(before[field]), after: textOf(now[field]) }] : []))
  })
}

const textOf = (value: unknown): string | null => (value === null || value === undefined || value === '' ? null : String(value as string | number))
