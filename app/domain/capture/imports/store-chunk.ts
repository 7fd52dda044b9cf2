import { auditIn, inTransaction, type Context } from '../../kernel'
import { importOutcomes, writeImportedFields, type ImportedOutcomeResult } from '../../leads'
import { lockIntake } from '../../people'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { ensureNames, placeOf, type MadeNames } from './import-names'
import type { ImportWork, ReadRow } from './import-work'
import { lookUpRows, type AskedRow } from './lookup-rows'
import { planRows, type PlannedRow } from './plan-rows'
import { leadsOfOutcomes } from './leads-of-outcomes'
import type { RowLedger } from './row-ledger'
import { changesBetween, isTouched, snapshotRows, type Changes, type TouchedIds } from './snapshot-rows'
import { writeRows } from './write-rows'
import type { OutcomeDraft } from './read-outcome-row'
import type { RowMatch } from './match-row'
import type { RowProblemCode, RowRemarkCode } from './read-cells'
import type { RowOutcome } from './result-file'

/** What storing a row did. */
export type Stored = { outcome: RowOutcome; leadId: string | null; problem: RowProblemCode | null; remarks: RowRemarkCode[]; match: RowMatch | null }
/** What a chunk did, for its result lines and its undoing. Ids are UUIDs. */
export type StoredChunk = { stored: Map<ReadRow, Stored>; ledger: RowLedger | null; changes: Changes; made: MadeNames }
type InTx = Context & { tx: Tx }

const nothing: OutcomeDraft = { qualifiedAt: null, gradedAt: null, grade: null, wonAt: null, lostAt: null, lostReason: null, amount: null, currency: null }
const noChanges = (): Changes => ({ changed: {}, added: {} })

/** Stores the good rows of a chunk of leads and what the file says became of them, in the caller's transaction. */
export async function storeLeads(ctx: InTx, work: ImportWork, good: readonly ReadRow[]): Promise<StoredChunk> {
  const { settings: { source }, options } = work
  const rows = good.flatMap(({ asked }) => (asked === null ? [] : [asked]))
  const made = await ensureNames(ctx, source, rows, work.names, { options, makes: true })
  await lockIntake(ctx.tx, ctx.orgId)
  const { ledger, planned } = await plannedRows(ctx, work, rows, true)
  const touched = touchedBy(ledger, rows, planned)
  const before = isTouched(touched) ? await snapshotRows(ctx.tx, ctx, touched) : null
  await writeRows(ctx.tx, ledger.writes, { ctx, sourceId: source.id })
  // One entry a chunk, not a lead: each row's outcome stands in the chunk itself.
  await auditIn(ctx.tx, ctx, 'import.store')(work.request.run?.importId ?? source.id, { after: { kind: 'leads', sourceId: source.id, counts: `${ledger.writes.leads.length} of ${rows.length}` } })
  const stored = new Map(good.map((read, index) => [read, storedOf(planned[index], read.asked)]))
  await storeSaid(ctx, work, good, planned, stored)
  const written = await storeFields(ctx, stored)
  const changes = before === null ? noChanges() : changesBetween(before, await snapshotRows(ctx.tx, ctx, touched))
  return { stored, ledger, changes: { ...changes, added: { ...changes.added, ...written } }, made }
}

/** What a chunk of leads would do; writes nothing, holds no lock. */
export async function foreseeLeads(ctx: InTx, work: ImportWork, good: readonly ReadRow[]): Promise<StoredChunk> {
  const rows = good.flatMap(({ asked }) => (asked === null ? [] : [asked]))
  const made = await ensureNames(ctx, work.settings.source, rows, work.names, { options: work.options, makes: false })
  const { ledger, planned } = await plannedRows(ctx, work, rows, false)
  return { stored: new Map(good.map((read, index) => [read, storedOf(planned[index], read.asked)])), ledger, changes: noChanges(), made }
}

/** Stores up to 1,000 outcomes in the caller's transaction; a row that says nothing is skipped. */
export async function storeOutcomes(ctx: InTx, work: ImportWork, good: readonly ReadRow[]): Promise<StoredChunk> {
  const said = good.flatMap(({ outcome, externalId }, rowIndex) =>
    outcome === null || externalId === null || (outcome.outcome === null && outcome.owner === null) ? [] : [toImport(rowIndex, externalId, outcome.outcome ?? nothing, outcome.owner)])
  const stored = new Map(good.map((read): [ReadRow, Stored] => [read, { outcome: 'skipped', leadId: null, problem: null, remarks: [...(read.outcome?.remarks ?? [])], match: null }]))
  if (said.length === 0) return { stored, ledger: null, changes: noChanges(), made: { channels: [], campaigns: [] } }
  const touched = await leadsOfOutcomes(ctx, said.map(({ externalId }) => externalId))
  const before = await snapshotRows(ctx.tx, ctx, touched)
  const results = await importOutcomes(ctx, { sourceId: work.settings.source.id, rows: said })
  const changes = changesBetween(before, await snapshotRows(ctx.tx, ctx, touched))
  for (const { rowIndex, result, leadId, reason, remarks } of results) {
    const read = good[rowIndex]
    const at = read === undefined ? undefined : stored.get(read)
    if (read !== undefined && at !== undefined) stored.set(read, { ...at, outcome: result, leadId: leadId ?? null, problem: reason ?? null, remarks: [...at.remarks, ...remarks] })
  }
  return { stored, ledger: null, changes, made: { channels: [], campaigns: [] } }
}

async function plannedRows(ctx: InTx, work: ImportWork, rows: readonly AskedRow[], locks: boolean): Promise<{ ledger: RowLedger; planned: PlannedRow[] }> {
  const { source } = work.settings
  const known = await lookUpRows(ctx.tx, rows, { ctx, sourceId: source.id, knowsPeople: work.options.match !== 'off', locks })
  return planRows(rows, known, {
    source, productLineId: work.productLineId, rules: work.options.rules ?? {}, now: ctx.now, placeOf: (asked) => placeOf(asked, source, work.names, work.options),
  })
}

function storedOf(planned: PlannedRow | undefined, asked: AskedRow | null): Stored {
  if (planned === undefined || asked === null) return { outcome: 'failed', leadId: null, problem: 'not-stored', remarks: [], match: null }
  const remarks = [...asked.row.remarks, ...planned.remarks]
  if (planned.isMissing) return { outcome: 'failed', leadId: null, problem: 'lead-unknown', remarks, match: null }
  const leadId = planned.leadId === null ? null : fromUuid('lead', planned.leadId)
  return { outcome: planned.isNew ? 'created' : planned.isChanged ? 'updated' : 'unchanged', leadId, problem: null, remarks, match: planned.match }
}

// Records that were there before and may look different afterwards.
function touchedBy(ledger: RowLedger, rows: readonly AskedRow[], planned: readonly PlannedRow[]): TouchedIds {
  const { people, companies, leads, inquiries } = ledger.touched
  for (const [index, { row }] of rows.entries()) {
    const leadId = planned[index]?.leadId
    if (row.outcome === null || leadId == null) continue
    const fresh = ledger.freshLeads.get(leadId)
    if (fresh === undefined) leads.add(leadId)
    const companyId = fresh === undefined ? ledger.leads.get(leadId)?.company_id : fresh.company_id
    if (companyId != null && ledger.companies.get(companyId)?.isFresh === false) companies.add(companyId)
  }
  return { people, companies, leads, inquiries }
}

// What the file says became of its leads. They are found by external id, so rows with an id of ours must have an inquiry.
async function storeSaid(ctx: InTx, work: ImportWork, good: readonly ReadRow[], planned: readonly PlannedRow[], stored: Map<ReadRow, Stored>): Promise<void> {
  const said = good.flatMap(({ asked }, rowIndex) =>
    asked === null || asked.row.outcome === null || planned[rowIndex]?.inquiryId == null ? [] : [toImport(rowIndex, asked.row.externalId, asked.row.outcome, null)])
  if (said.length === 0) return
  for (const result of await importOutcomes(ctx, { sourceId: work.settings.source.id, rows: said })) {
    const read = good[result.rowIndex]
    const at = read === undefined ? undefined : stored.get(read)
    if (read !== undefined && at !== undefined) stored.set(read, combined(at, result))
  }
}

// Columns that are called as a field of the organisation fill it; a value that is none of its kind is said and stays an answer.
async function storeFields(ctx: InTx, stored: Map<ReadRow, Stored>): Promise<Changes['added']> {
  const said = [...stored].flatMap(([{ asked }, { leadId }]) =>
    asked === null || leadId === null || asked.row.draft.answers.length === 0 ? [] : [{ leadId: leadId as Id<'lead'>, said: Object.fromEntries(asked.row.draft.answers.map(({ question, answer }) => [question, answer])) }])
  const { written, problems } = await writeImportedFields(ctx, said)
  const unread = new Set<string>(problems.map(({ leadId }) => leadId))
  const filled = new Set<string>(written.map(({ leadId }) => leadId))
  for (const [read, row] of stored) {
    const { leadId, outcome, remarks } = row
    if (leadId === null || (!unread.has(leadId) && !filled.has(leadId))) continue
    stored.set(read, { ...row, outcome: outcome === 'unchanged' && filled.has(leadId) ? 'updated' : outcome, remarks: unread.has(leadId) ? [...remarks, 'field-unread'] : remarks })
  }
  const rows = written.map(({ leadId, fieldId }) => ({ org_id: toUuid(ctx.orgId), lead_id: toUuid(leadId), field_id: toUuid(fieldId) }))
  return rows.length === 0 ? {} : { lead_field_values: rows }
}

const toImport = (rowIndex: number, externalId: string, outcome: OutcomeDraft, owner: string | null) => ({ rowIndex, externalId, owner, ...outcome })

function combined(lead: Stored, { result, reason, remarks }: ImportedOutcomeResult): Stored {
  // The lead is in; a stage that would go back is said, and the rest of the row stands.
  if (result === 'failed') return { ...lead, remarks: [...lead.remarks, ...(reason === 'would-go-back' ? (['stage-kept'] as const) : [])] }
  const changed = lead.outcome === 'unchanged' && result !== 'unchanged'
  return { ...lead, outcome: changed ? 'updated' : lead.outcome, remarks: [...lead.remarks, ...remarks] }
}

/** Runs a chunk that is only looked at: in a transaction of its own that reads. */
export function foresee(ctx: Context, work: ImportWork, good: readonly ReadRow[]): Promise<StoredChunk> {
  return inTransaction(ctx, 'read only', (tx) => foreseeLeads({ ...ctx, tx }, work, good))
}
