import { inArray } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads, mergeClosings, mergeImages, merges } from '~db/schema'
import { actorId, can, DomainError, type Audit, type Context, type Emit } from '../kernel'
import { placeDuplicate, placeMerged } from '../leads'
import { lockIntake, settlePairs, type PairBefore } from '../people'
import type { LeadChoice } from './contract'
import { hiddenAmong } from './interests'
import { planClosings, type Closing } from './plan-closings'
import type { Groups, RecordKind } from './record-kind'
import type { MergeField, Side } from './vocabulary'

export type Merged = { mergeId: Id<'mrg'>; closed: Id<'lead'>[] }
type Work = { tx: Tx; ctx: Context & { tx: Tx }; emit: Emit; audit: Audit }
type Wish<P extends 'per' | 'co'> = { keptId: Id<P>; goneId: Id<P>; fields: Partial<Record<MergeField, Side | undefined>>; leads: LeadChoice[] }

/** Both as they stand now, each with all that were merged into it. Refuses `not-found`, and `already-merged` where they are one or one of them is gone. */
export async function openBoth<P extends 'per' | 'co'>(tx: Tx, ctx: Context, kind: RecordKind<P>, { keptId, goneId }: Pick<Wish<P>, 'keptId' | 'goneId'>): Promise<Groups<P>> {
  const kept = await kind.open(tx, ctx, keptId)
  const gone = await kind.open(tx, ctx, goneId)
  if (kept.id !== keptId || gone.id !== goneId || kept.id === gone.id) throw new DomainError('already-merged')
  return { kept: { canonicalId: kept.id, ids: kept.memberIds }, gone: { canonicalId: gone.id, ids: gone.memberIds } }
}

/** Makes two records one: no row moves; those who are gone point at the one that stays, and its log can take it all back. */
export async function mergeRecords<P extends 'per' | 'co'>({ tx, ctx, emit, audit }: Work, kind: RecordKind<P>, wish: Wish<P>): Promise<Merged> {
  await lockIntake(tx, ctx.orgId)
  const groups = await openBoth(tx, ctx, kind, wish)
  const closings = planClosings(await kind.interests(tx, groups, true), wish.leads)
  await assertDecided(tx, ctx, closings)
  await kind.lock(tx, [...groups.kept.ids, ...groups.gone.ids])
  const images = await kind.images(tx, groups, wish.fields)
  const mergeId = newId('mrg')
  const matches = await answeredPairs({ tx, ctx, emit, audit }, kind, groups)
  const { kept, gone } = groups
  await tx.insert(merges).values({
    orgId: ctx.orgId, id: mergeId, kind: kind.kind, ...kind.named(kept.canonicalId, gone.canonicalId), choices: { fields: Object.keys(images.after), leads: wish.leads, ...(matches.length === 0 ? {} : { matches }) },
    actorKind: ctx.actor.kind, actorId: actorId(ctx.actor), at: ctx.now,
  })
  await tx.insert(mergeImages).values({ orgId: ctx.orgId, mergeId, ...images })
  for (const id of gone.ids) await kind.place(tx, id, { canonicalId: kept.canonicalId })
  await kind.place(tx, kept.canonicalId, Object.assign({}, ...Object.values(images.after)) as Record<string, unknown>)
  await closeDuplicates({ tx, ctx, emit, audit }, mergeId, closings)
  await audit(kept.canonicalId, { before: flat(images.before), after: { ...flat(images.after), kind: 'merged', from: gone.canonicalId } })
  await audit(gone.canonicalId, { after: { kind: 'merged', to: kept.canonicalId } })
  await emit('merge.made', { mergeId })
  return { mergeId, closed: closings.map(({ closes }) => closes.id) }
}

// That two were weighed as one is answered by it; a split puts back how it stood.
function answeredPairs<P extends 'per' | 'co'>(work: Work, { kind }: RecordKind<P>, { kept, gone }: Groups<P>): Promise<PairBefore[]> {
  return kind === 'person' ? settlePairs(work, kept.ids as Id<'per'>[], gone.ids as Id<'per'>[], 'same') : Promise.resolve([])
}

const flat = (images: Record<string, Record<string, unknown>>): Record<string, unknown> => {
  const { tokens: _tokens, key: _key, ...fields } = Object.assign({}, ...Object.values(images)) as Record<string, unknown>
  return fields
}

/** Refuses what somebody has to say first, what is out of their sight, and owners they may not change. */
async function assertDecided(tx: Tx, ctx: Context, closings: readonly Closing[]): Promise<void> {
  const hidden = await hiddenAmong(tx, ctx, closings.flatMap(({ closes, stays }) => [closes.id, stays.id]))
  if (hidden.length > 0) throw new DomainError('not-allowed')
  const open = closings.filter(({ conflicts }) => conflicts.length > 0)
  if (open.length > 0) throw new DomainError('choice-missing', { fields: Object.fromEntries(open.map(({ closes, conflicts }) => [`leads.${closes.id}`, [...conflicts]])) })
  const takesAway = closings.some(({ stays, ownerAfter }) => stays.ownerId !== null && stays.ownerId !== ownerAfter)
  if (takesAway && !can(ctx.actor, 'leads:assign')) throw new DomainError('not-allowed')
}

async function closeDuplicates({ tx, ctx, emit, audit }: Work, mergeId: Id<'mrg'>, closings: readonly Closing[]): Promise<void> {
  if (closings.length === 0) return
  const below = await tx.select({ id: leads.id, duplicateOf: leads.duplicateOf }).from(leads).where(inArray(leads.duplicateOf, closings.map(({ closes }) => closes.id))).orderBy(leads.id).for('update')
  const handed = new Set<string>()
  for (const { closes, stays, ownerAfter } of closings) {
    // Of several that close under one lead, the first that brings another owner decides.
    const ownerId = closings.find((other) => other.stays === stays && other.ownerAfter !== stays.ownerId)?.ownerAfter ?? ownerAfter
    const isHandedOver = ownerId !== stays.ownerId && !handed.has(stays.id)
    await tx.insert(mergeClosings).values({ orgId: ctx.orgId, mergeId, leadId: closes.id, underId: stays.id, ownerBefore: isHandedOver ? stays.ownerId : ownerId, ownerAfter: ownerId })
    await placeDuplicate(tx, { leadId: closes.id, duplicateOf: stays.id, isOpen: false })
    for (const { id, duplicateOf } of below) if (duplicateOf === closes.id) await placeDuplicate(tx, { leadId: id, duplicateOf: stays.id })
    await audit(closes.id, { after: { kind: 'duplicate', to: stays.id } })
    await emit('lead.changed', { leadId: closes.id, ownerId: closes.ownerId })
    await emit('lead.changed', { leadId: stays.id, ownerId })
    if (!isHandedOver) continue
    handed.add(stays.id)
    await placeMerged(ctx, stays.id, ownerId, 'merged')
    await audit(stays.id, { before: { ownerId: stays.ownerId }, after: { ownerId } })
    await emit('lead.owner-changed', { leadId: stays.id, from: stays.ownerId, to: ownerId })
  }
}
