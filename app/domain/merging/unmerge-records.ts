import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, mergeClosings, merges, mergeSplits } from '~db/schema'
import { actorId, DomainError, type Audit, type Context, type Emit } from '../kernel'
import { placeMerged } from '../leads'
import { reopenPairs, type PairBefore } from '../people'
import { freeLeads, type Freed } from './free-leads'
import { takeOut, type Unlayered } from './layers'
import { closingsAbout, layersOf, mergesAmong, rootsOf, type KnownMerge } from './merge-state'
import type { RecordKind } from './record-kind'
import type { MergeField } from './vocabulary'

export type Split = Freed & { keptEdits: MergeField[] }
type Work = { tx: Tx; ctx: Context & { tx: Tx }; emit: Emit; audit: Audit }

/** A merge that stands, to be taken back, and all merges around it. Refuses `not-found` (also where the actor does not see it) and `already-split`. */
export async function standingMerge<P extends 'per' | 'co'>(tx: Tx, ctx: Context, kind: RecordKind<P>, mergeId: Id<'mrg'>): Promise<{ merge: KnownMerge; all: KnownMerge[]; members: Id<P>[] }> {
  const [row] = await tx.select().from(merges).where(and(eq(merges.id, mergeId), eq(merges.kind, kind.kind)))
  if (row === undefined) throw new DomainError('not-found')
  const { memberIds } = await kind.open(tx, ctx, (row.gonePersonId ?? row.goneCompanyId) as Id<P>)
  const [split] = await tx.select({ at: mergeSplits.at }).from(mergeSplits).where(eq(mergeSplits.mergeId, mergeId))
  if (split !== undefined) throw new DomainError('already-split')
  const all = await mergesAmong(tx, kind.kind, memberIds)
  const merge = all.find((each) => each.row.id === mergeId)
  if (merge === undefined) throw new DomainError('not-found')
  return { merge, all, members: memberIds }
}

/** What becomes of each field that the merge changed. */
export async function fieldsBack<P extends 'per' | 'co'>(tx: Tx, kind: RecordKind<P>, merge: KnownMerge, all: readonly KnownMerge[]): Promise<Map<MergeField, Unlayered>> {
  const back = new Map<MergeField, Unlayered>()
  for (const field of Object.keys(merge.after) as MergeField[]) {
    back.set(field, takeOut(layersOf(all, merge.keptId, field), merge.row.id, await kind.columns(tx, merge.keptId as Id<P>, field)))
  }
  return back
}

/** Takes a merge back, at any time and in any order: who went comes back with all that came through them. */
export async function unmergeRecords<P extends 'per' | 'co'>({ tx, ctx, emit, audit }: Work, kind: RecordKind<P>, { mergeId, restore }: { mergeId: Id<'mrg'>; restore: readonly MergeField[] }): Promise<Split> {
  const { merge, all, members } = await standingMerge(tx, ctx, kind, mergeId)
  const roots = rootsOf(members, all.filter(({ splitAt, row }) => splitAt === null && row.id !== mergeId))
  const freed = await freeLeads(tx, mergeId, { kind: kind.kind, roots })
  const locked = await kind.lock(tx, members)
  const back = await fieldsBack(tx, kind, merge, all)
  const isKept = ([field, { kind: how }]: [MergeField, Unlayered]) => how === 'edited' && !restore.includes(field)
  const keptEdits = [...back].filter(isKept).map(([field]) => field)
  const columns = [...back].flatMap(([field, said]) => (said.kind === 'covered' || keptEdits.includes(field) ? [] : [said.value]))
  await kind.place(tx, merge.keptId as Id<P>, Object.assign({}, ...columns) as Record<string, unknown>)
  for (const [id, root] of roots) {
    const canonicalId = root === id ? null : root
    if (locked.get(id)?.canonicalId !== canonicalId) await kind.place(tx, id, { canonicalId })
  }
  await tx.insert(mergeSplits).values({ orgId: ctx.orgId, mergeId, keptEdits, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), at: ctx.now })
  await handBack({ tx, ctx, emit, audit }, mergeId)
  await reopenPairs(tx, ctx, (merge.row.choices as { matches?: PairBefore[] }).matches ?? [])
  for (const leadId of freed.reopened) await audit(leadId, { after: { kind: 'reopened', from: mergeId } })
  await audit(merge.keptId, { after: { kind: 'split', from: merge.goneId } })
  await audit(merge.goneId, { after: { kind: 'split', from: merge.keptId } })
  await tellLeads(tx, emit, [...freed.reopened, ...freed.stillClosed])
  await emit('merge.split', { mergeId })
  return { ...freed, keptEdits }
}

/** Owners that the merge changed get their leads back, unless somebody has changed hands since. */
async function handBack({ tx, ctx, emit, audit }: Work, mergeId: Id<'mrg'>): Promise<void> {
  const own = await tx.select().from(mergeClosings).where(eq(mergeClosings.mergeId, mergeId))
  for (const { underId } of own.filter((each) => each.ownerBefore !== each.ownerAfter)) {
    const [lead] = await tx.select({ ownerId: leads.ownerId }).from(leads).where(eq(leads.id, underId)).for('update')
    const layers = (await closingsAbout(tx, [underId])).filter((each) => each.underId === underId && each.ownerBefore !== each.ownerAfter)
      .map(({ mergeId: by, at, splitAt, ...each }) => ({ mergeId: by, at, splitAt: by === mergeId ? null : splitAt, before: each.ownerBefore, after: each.ownerAfter }))
    const back = takeOut(layers, mergeId, lead?.ownerId ?? null)
    if (lead === undefined || back.kind !== 'restored') continue
    const ownerId = back.value as Id<'mem'> | null
    await placeMerged(ctx, underId, ownerId, 'split')
    await audit(underId, { before: { ownerId: lead.ownerId }, after: { ownerId } })
    await emit('lead.owner-changed', { leadId: underId, from: lead.ownerId, to: ownerId })
  }
}

async function tellLeads(tx: Tx, emit: Emit, ids: readonly Id<'lead'>[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.select({ leadId: leads.id, ownerId: leads.ownerId }).from(leads).where(and(inArray(leads.id, [...ids]), isNull(leads.duplicateOf)))
  for (const row of rows) await emit('lead.changed', row)
}
