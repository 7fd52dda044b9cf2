import type { CsvRow } from '~/lib/csv-import'
import type { Id } from '~/lib/ids'
import type { Context } from '../../kernel'
import type { ImportKind } from '../vocabulary'
import type { ImportNames } from './import-names'
import type { ImportOptions } from './import-options'
import type { ImportSettings } from './import-source'
import type { AskedRow } from './lookup-rows'
import type { MappingFile } from './mapping'
import type { RowMatch } from './match-row'
import type { ImportPlan } from './plan-import'
import type { OpenFile } from './read-head'
import type { RowProblem } from './read-cells'
import type { OutcomeRow } from './read-outcome-row'
import type { RowResult } from './result-file'

/** How many rows ended how; the five sum to `rows`. */
export type ImportCounts = { rows: number; created: number; updated: number; unchanged: number; skipped: number; failed: number }

export type ImportRequest = {
  kind: ImportKind
  open: OpenFile
  /** absent: the importer proposes one of its own */
  mapping?: MappingFile | null
  /** reads, checks and matches all of it, and writes nothing */
  dryRun?: boolean
  /** hears how many rows are done, after each chunk */
  onProgress?: (counts: ImportCounts) => Promise<void> | void
  /** hears the result file, line by line */
  onResult?: (text: string) => void
  /** the run whose chunks are kept, so that it can be taken up again and undone; `done` rows are passed over */
  run?: { importId: Id<'imp'>; done: number; counts: ImportCounts; keepsResult: boolean }
}
export type ImportReport = {
  counts: ImportCounts
  plan: ImportPlan
  /** the first 200 rows that were refused or remarked on */
  noted: RowResult[]
  /** how often each problem and remark was said */
  tally: Record<string, number>
  /** how rows found somebody who was there already */
  matches: Partial<Record<RowMatch, number>>
  /** the first rows that would change a record, field by field */
  changes: FieldChange[]
  /** whether every row was done; false where somebody paused it */
  isComplete: boolean
}
export type FieldChange = { line: number; field: string; before: string | null; after: string | null }

/** A row of the file as it was read: good ones have `asked` or `outcome`. */
export type ReadRow = { line: number; cells: readonly string[]; externalId: string | null; asked: AskedRow | null; outcome: OutcomeRow | null; problems: RowProblem[] }
export type ImportWork = {
  ctx: Context
  request: ImportRequest
  plan: ImportPlan
  settings: ImportSettings
  options: ImportOptions
  productLineId: string
  owners: ReadonlyMap<string, Id<'mem'>>
  names: ImportNames
  report: ImportReport
  /** rows of the file done so far, and the number of the next chunk */
  done: number
  n: number
}
export type FileRow = CsvRow
