import { and, eq } from 'drizzle-orm'
import type { CsvDialect } from '~/lib/csv-import'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { type importFiles, importRuns } from '~db/schema'
import { DomainError, type Context } from '../../kernel'
import type { FieldProblems } from '../../kernel'
import type { FieldChange, ImportCounts, ImportReport } from './import-work'
import type { RowMatch } from './match-row'
import type { OpenQuestions } from './plan-import'
import type { MappingFile } from './mapping'
import type { ProposalReason } from './propose-mapping'
import type { RowResult } from './result-file'

export type ImportRunRow = typeof importRuns.$inferSelect
export type ImportFileRow = Omit<typeof importFiles.$inferSelect, 'content' | 'result'>

/** What is shown of a file once it has been checked: how it is read, and what will or did become of its rows. */
export type ShownPlan = {
  headers: readonly string[]
  mapping: MappingFile | null
  reasons: Record<string, ProposalReason | 'remembered'>
  samples: Record<string, string>
  unused: readonly string[]
  consent: readonly string[]
  noted: readonly RowResult[]
  tally: Record<string, number>
  matches: Partial<Record<RowMatch, number>>
  changes: readonly FieldChange[]
  questions: OpenQuestions | null
  /** how the text is written, as it was found or told */
  dialect: CsvDialect | null
  refusal?: { code: string; params: Record<string, string | number>; fields: FieldProblems }
}

export const noCounts: ImportCounts = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }

/** What a report shows of a file. */
export const shownPlan = ({ plan, noted, tally, matches, changes }: ImportReport): ShownPlan => ({
  headers: plan.headers, mapping: plan.file, reasons: plan.reasons, samples: plan.samples,
  unused: plan.mapping.unused, consent: plan.mapping.consent, noted, tally, matches, changes, questions: plan.questions, dialect: plan.dialect,
})

/** A run of this organisation, locked until the transaction ends where `lock`. Refuses not-found. */
export async function importRunRow(tx: Tx, importId: Id<'imp'>, lock = false): Promise<ImportRunRow> {
  const asked = tx.select().from(importRuns).where(eq(importRuns.id, importId))
  const [row] = await (lock ? asked.for('update') : asked)
  if (row === undefined) throw new DomainError('not-found')
  return row
}

/** Changes a run's row, whatever transaction the caller is in. */
export async function setImportRun(tx: Tx, ctx: Context, importId: Id<'imp'>, set: Partial<ImportRunRow>): Promise<void> {
  await tx.update(importRuns).set(set).where(and(eq(importRuns.orgId, ctx.orgId), eq(importRuns.id, importId)))
}
