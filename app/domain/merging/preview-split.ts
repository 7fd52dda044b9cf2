import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, mergeClosings, merges } from '~db/schema'
import { DomainError, query, type Context } from '../kernel'
import { leadListRows, type LeadListRow } from '../leads'
import { OneMerge } from './contract'
import { companyKind, personKind, type RecordKind } from './record-kind'
import { summariesOf, type RecordSummary } from './record-summaries'
import { fieldsBack, standingMerge } from './unmerge-records'
import type { MergeField, MergeKind } from './vocabulary'

/** What taking a merge back would do. `edited` are fields changed since, with what they say now and said before. */
export type SplitPreview = {
  mergeId: Id<'mrg'>; kind: MergeKind; kept: RecordSummary; gone: RecordSummary; at: Date; leads: LeadListRow[]
  edited: { field: MergeField; now: string; before: string }[]
}

/** What splitting would do, without doing it. Refuses: not-found (also where not visible), already-split. */
export const previewSplit = query({
  name: 'merge.preview-split',
  permission: 'leads:write',
  input: OneMerge,
  async run({ tx, ctx, input: { mergeId } }): Promise<SplitPreview> {
    const [found] = await tx.select({ kind: merges.kind }).from(merges).where(eq(merges.id, mergeId))
    if (found === undefined) throw new DomainError('not-found')
    return found.kind === 'person' ? preview(tx, ctx, personKind, mergeId) : preview(tx, ctx, companyKind, mergeId)
  },
})

async function preview<P extends 'per' | 'co'>(tx: Tx, ctx: Context, kind: RecordKind<P>, mergeId: Id<'mrg'>): Promise<SplitPreview> {
  const { merge, all } = await standingMerge(tx, ctx, kind, mergeId)
  const known = await summariesOf(tx, ctx, kind.kind, [merge.keptId, merge.goneId])
  const [kept, gone] = [known.get(merge.keptId), known.get(merge.goneId)]
  if (kept === undefined || gone === undefined) throw new DomainError('not-found')
  const closed = await tx.select({ id: mergeClosings.leadId }).from(mergeClosings).where(eq(mergeClosings.mergeId, mergeId))
  const ownId = merge.goneId as Id<'per'> & Id<'co'>
  const meanwhile = await tx.select({ id: leads.id }).from(leads)
    .where(and(kind.kind === 'person' ? eq(leads.personId, ownId) : eq(leads.companyId, ownId), isNotNull(leads.duplicateOf)))
  const ids = [...new Set([...closed, ...meanwhile].map(({ id }) => id))]
  const still = ids.length === 0 ? [] : await tx.select({ id: leads.id }).from(leads).where(and(inArray(leads.id, ids), isNotNull(leads.duplicateOf)))
  const edited: SplitPreview['edited'] = []
  for (const [field, back] of await fieldsBack(tx, kind, merge, all)) {
    if (back.kind !== 'edited') continue
    edited.push({ field, now: shown(await kind.columns(tx, merge.keptId as Id<P>, field), field), before: shown(back.value, field) })
  }
  return { mergeId, kind: kind.kind, kept, gone, at: merge.row.at, leads: await leadListRows(tx, ctx, still.map(({ id }) => id)), edited }
}

const shown = (columns: unknown, field: string): string => {
  const value = (columns as Record<string, unknown> | null)?.[field]
  return value === null || value === undefined ? '' : String(value)
}
