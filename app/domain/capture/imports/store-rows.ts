import { eq } from 'drizzle-orm'
import { inTransaction, type Context } from '../../kernel'
import { importOutcomes, type ImportedOutcomeResult } from '../../leads'
import { members } from '~db/schema'
import type { Id } from '~/lib/ids'
import { ingestLeads } from '../ingest-lead'
import type { ImportSource } from './import-source'
import type { LeadRow } from './read-lead-row'
import type { OutcomeDraft, OutcomeRow } from './read-outcome-row'
import type { RowProblemCode, RowRemarkCode } from './read-cells'
import type { RowOutcome } from './result-file'

/** What storing a row did. */
export type Stored = { outcome: RowOutcome; leadId: string | null; problem: RowProblemCode | null; remarks: RowRemarkCode[] }
export type Owners = ReadonlyMap<string, Id<'mem'>>

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/** Members by mail address and by full name. */
export function ownersOf(ctx: Context): Promise<Owners> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const rows = await tx.select({ id: members.id, name: members.name, email: members.email }).from(members).where(eq(members.status, 'active'))
    return new Map(rows.flatMap(({ id, name, email }) => [[fold(name), id] as const, [fold(email), id] as const]))
  })
}

/** Stores up to 500 leads in one transaction, and then what the file says became of them. In the order of `rows`. */
export async function storeLeads(ctx: Context, source: ImportSource, rows: readonly LeadRow[], owners: Owners): Promise<Stored[]> {
  const drafts = rows.map(({ draft, owner }) => ({ ...draft, ownerId: owner === null ? null : (owners.get(fold(owner)) ?? null) }))
  const ingested = await inTransaction(ctx, 'read write', (tx) =>
    ingestLeads({ ...ctx, tx }, source, drafts.map((draft) => ({ draft })), { isImported: true, createsChannels: true, touchKind: 'import' }))
  const stored = rows.map((row, index): Stored => {
    const at = ingested[index]
    const remarks = [...row.remarks, ...(row.owner !== null && !owners.has(fold(row.owner)) ? ['owner-unknown' as const] : [])]
    if (at === undefined) return { outcome: 'failed', leadId: null, problem: 'not-stored', remarks }
    return { outcome: !at.isKnown ? 'created' : at.isChanged ? 'updated' : 'unchanged', leadId: at.leadId, problem: null, remarks }
  })
  const withOutcome = rows.flatMap((row, rowIndex) => (row.outcome === null || stored[rowIndex]?.outcome === 'failed' ? [] : [{ ...row, rowIndex, outcome: row.outcome }]))
  if (withOutcome.length === 0) return stored
  const results = await importOutcomes(ctx, { sourceId: source.id, rows: withOutcome.map((row) => toImport(row.rowIndex, row.externalId, row.outcome, null)) })
  for (const result of results) {
    const at = stored[result.rowIndex]
    if (at !== undefined) stored[result.rowIndex] = combined(at, result)
  }
  return stored
}

/** Stores up to 500 outcomes in one transaction. In the order of `rows`; a row that says nothing is skipped. */
export async function storeOutcomes(ctx: Context, source: ImportSource, rows: readonly OutcomeRow[]): Promise<Stored[]> {
  const stored = rows.map(({ remarks }): Stored => ({ outcome: 'skipped', leadId: null, problem: null, remarks: [...remarks] }))
  const said = rows.flatMap(({ outcome, externalId, owner }, rowIndex) => (outcome === null && owner === null ? [] : [toImport(rowIndex, externalId, outcome ?? nothing, owner)]))
  const results = said.length === 0 ? [] : await importOutcomes(ctx, { sourceId: source.id, rows: said })
  for (const { rowIndex, result, leadId, reason, remarks } of results) {
    const at = stored[rowIndex]
    if (at !== undefined) stored[rowIndex] = { outcome: result, leadId: leadId ?? null, problem: reason ?? null, remarks: [...at.remarks, ...remarks] }
  }
  return stored
}

const nothing: OutcomeDraft = { qualifiedAt: null, gradedAt: null, grade: null, wonAt: null, lostAt: null, lostReason: null, amount: null, currency: null }
const toImport = (rowIndex: number, externalId: string, outcome: OutcomeDraft, owner: string | null) => ({ rowIndex, externalId, owner, ...outcome })

function combined(lead: Stored, { result, reason, remarks }: ImportedOutcomeResult): Stored {
  if (result === 'failed') return { ...lead, outcome: 'failed', problem: reason ?? 'not-stored' }
  const changed = lead.outcome === 'unchanged' && result !== 'unchanged'
  return { ...lead, outcome: changed ? 'updated' : lead.outcome, remarks: [...lead.remarks, ...remarks] }
}
