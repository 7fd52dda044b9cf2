import { asc, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { mergeClosings, mergeImages, merges, mergeSplits } from '~db/schema'
import type { Layer } from './layers'
import type { MergeKind } from './vocabulary'

export type MergeRow = typeof merges.$inferSelect
export type Columns = Record<string, unknown>
/** A merge with what it changed and when it was taken back. */
export type KnownMerge = { row: MergeRow; keptId: string; goneId: string; splitAt: Date | null; before: Record<string, Columns>; after: Record<string, Columns> }

/** Every merge there ever was between these people or companies, in the order they were made. */
export async function mergesAmong(tx: Tx, kind: MergeKind, ids: readonly string[]): Promise<KnownMerge[]> {
  const kept = kind === 'person' ? inArray(merges.keptPersonId, ids as Id<'per'>[]) : inArray(merges.keptCompanyId, ids as Id<'co'>[])
  const rows = await tx.select({ row: merges, split: mergeSplits.at, image: mergeImages }).from(merges)
    .leftJoin(mergeSplits, eq(mergeSplits.mergeId, merges.id)).leftJoin(mergeImages, eq(mergeImages.mergeId, merges.id))
    .where(kept).orderBy(asc(merges.at), asc(merges.id))
  return rows.map(({ row, split, image }) => ({
    row, splitAt: split, keptId: row.keptPersonId ?? row.keptCompanyId ?? '', goneId: row.gonePersonId ?? row.goneCompanyId ?? '',
    before: (image?.before ?? {}) as Record<string, Columns>, after: (image?.after ?? {}) as Record<string, Columns>,
  }))
}

/** The changes of one field of one record by all merges into it. */
export const layersOf = (all: readonly KnownMerge[], recordId: string, field: string): Layer[] =>
  all.filter(({ keptId, after }) => keptId === recordId && field in after)
    .map(({ row, splitAt, before, after }) => ({ mergeId: row.id, at: row.at, splitAt, before: before[field], after: after[field] }))

/** Who stands for each of these once only the merges that stand count: the end of the way from gone to kept. */
export function rootsOf<I extends string>(ids: readonly I[], standing: readonly Pick<KnownMerge, 'keptId' | 'goneId'>[]): Map<I, I> {
  const next = new Map(standing.map(({ goneId, keptId }) => [goneId, keptId]))
  const rootOf = (id: string): string => {
    let at = id
    for (let step = next.get(at); step !== undefined; step = next.get(at)) at = step
    return at
  }
  return new Map(ids.map((id) => [id, rootOf(id) as I]))
}

export type ClosingRow = typeof mergeClosings.$inferSelect & { at: Date; splitAt: Date | null }

/** Every closing of these leads, and every closing under them, with whether its merge still stands. */
export async function closingsAbout(tx: Tx, leadIds: readonly Id<'lead'>[]): Promise<ClosingRow[]> {
  if (leadIds.length === 0) return []
  const rows = await tx.select({ closing: mergeClosings, at: merges.at, splitAt: mergeSplits.at }).from(mergeClosings)
    .innerJoin(merges, eq(merges.id, mergeClosings.mergeId)).leftJoin(mergeSplits, eq(mergeSplits.mergeId, merges.id))
    .where(inArray(mergeClosings.leadId, [...leadIds])).orderBy(asc(merges.at), asc(merges.id))
  const under = await tx.select({ closing: mergeClosings, at: merges.at, splitAt: mergeSplits.at }).from(mergeClosings)
    .innerJoin(merges, eq(merges.id, mergeClosings.mergeId)).leftJoin(mergeSplits, eq(mergeSplits.mergeId, merges.id))
    .where(inArray(mergeClosings.underId, [...leadIds])).orderBy(asc(merges.at), asc(merges.id))
  const all = [...rows, ...under].map(({ closing, at, splitAt }) => ({ ...closing, at, splitAt }))
  return all.filter((each, index) => all.findIndex((other) => other.mergeId === each.mergeId && other.leadId === each.leadId) === index)
}
