import { newId, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import { touchesTotal } from '~/platform/metrics'
import type { Tx } from '~db/client.server'
import { touchKeys } from '~db/schema'
import type { Context } from '../kernel'
import { keepTouches, noteFirstResponse } from '../leads'
import type { CodeHolder } from './bind-contacts'
import type { Meaning, TouchDraft, Who } from './connectors/connector'
import { findPeople, standingOf, type Standing } from './find-people'
import { lockNames } from './ingest-lead-lookup'
import type { IngestSource } from './plan-ingest'
import { touchPlaces } from './touch-places'
import { digestOf, namesOf, spelled, type Name } from './touch-names'
import { bindVisitors, keepWaiting, takeWaiting, type Happening } from './visitors'

type InTx = Context & { tx: Tx }
/** Somebody a lead just named, so that what waited under these names is theirs. */
export type Arrival = { personId: Id<'per'>; names: readonly Name[] }
/** What one message told, and when it was received. */
export type Happened = Pick<Meaning, 'touches' | 'introductions'> & { arrivals: readonly Arrival[]; holders?: ReadonlyMap<string, CodeHolder>; receivedAt: Date }
type Item = { key: string; names: Name[]; happening: Happening; holder: CodeHolder | null }

/**
 * Joins what people did to whom it names, once per id of the sender, on their open lead. What nobody is known for
 * waits under its names until a lead, a form or an introduction tells whose it is; order does not matter.
 */
export async function recordTouches(ctx: InTx, source: IngestSource, happened: readonly Happened[]): Promise<void> {
  const items: Item[] = []
  for (const each of happened) items.push(...(await itemsOf(ctx, source, each)))
  const arrivals = happened.flatMap((each) => each.arrivals)
  if (items.length === 0 && arrivals.length === 0) return
  const names = items.flatMap((item) => item.names)
  if (names.length > 0) await lockNames(ctx.tx, ctx.orgId, names.map(spelled))
  const known = await findPeople(ctx, names)
  const bound = bindings(ctx, items, known, arrivals)
  await bindVisitors(ctx, new Map([...bound].filter(([, each]) => each.isVisitor).map(([digest, { personId }]) => [digest, personId])))

  const fresh = await claim(ctx, source, items.filter((item) => item.names.length > 0 || item.holder !== null))
  count('nameless', items.length - items.filter((item) => item.names.length > 0 || item.holder !== null).length)
  const found = fresh.map((item) => ({ ...item, personId: personOf(item, known) }))
  const waiting = found.filter((item) => item.personId === null && item.holder === null)
  await keepWaiting(ctx, waiting)
  count('waiting', waiting.length)
  const taken = await takeWaiting(ctx, new Map([...bound].map(([digest, { personId }]) => [digest, personId])))
  const kept = found.filter((item) => item.personId !== null || item.holder !== null)
  await keep(ctx, [...kept, ...taken.map((each) => ({ ...each, holder: null }))])
}

async function itemsOf(ctx: InTx, source: IngestSource, { touches = [], introductions = [], holders, receivedAt }: Happened): Promise<Item[]> {
  if (touches.length + introductions.length === 0) return []
  const placeOf = await touchPlaces(ctx, source, touches.map(({ utm }) => utm))
  const item = (id: string, who: Who, happening: Omit<Happening, 'sourceId'>): Item => ({
    key: sha256(id).toString('base64url'), names: namesOf(source, who), happening: { ...happening, sourceId: source.id }, holder: holders?.get(who.code ?? '') ?? null,
  })
  const nothing = { kind: null, verdict: 'human' as const, channelId: null, campaignId: null, answers: [], utm: {}, clickIds: {}, session: null, isFirstResponse: false, at: receivedAt }
  return [
    ...touches.map((draft) => item(draft.id, draft.who, {
      kind: draft.kind, verdict: draft.verdict ?? 'human', ...placeOf(draft.utm), answers: draft.answers, utm: draft.utm, clickIds: draft.clickIds,
      session: draft.session === undefined ? null : sha256(`${source.id} ${draft.session}`).toString('base64url'), isFirstResponse: draft.isFirstResponse, at: momentOf(draft, receivedAt),
    })),
    ...introductions.map(({ id, who }) => item(id, who, nothing)),
  ]
}

// A sender's clock is as wrong as its time of sending; nothing happens after it was received.
function momentOf({ at, sentAt }: TouchDraft, receivedAt: Date): Date {
  if (at === null) return receivedAt
  const right = sentAt == null ? at : new Date(at.getTime() + receivedAt.getTime() - sentAt.getTime())
  return right > receivedAt || Number.isNaN(right.getTime()) ? receivedAt : right
}

type Bound = Map<string, { personId: Id<'per'>; isVisitor: boolean }>

// Whoever is proven by an address, a number or an inquiry lends their person to the visitor ids beside it.
function bindings(ctx: InTx, items: readonly Item[], known: Map<string, Id<'per'>>, arrivals: readonly Arrival[]): Bound {
  const bound: Bound = new Map()
  const bind = (names: readonly Name[], personId: Id<'per'>, isLearned: boolean) => {
    for (const name of names) {
      if (isLearned && (name.kind !== 'visitor' || known.get(spelled(name)) === personId)) continue
      bound.set(digestOf(ctx.orgId, name), { personId, isVisitor: name.kind === 'visitor' })
      if (name.kind === 'visitor') known.set(spelled(name), personId)
    }
  }
  for (const { names, personId } of arrivals) bind(names, personId, false)
  for (const item of items) {
    const proven = item.names.find((name) => name.kind !== 'visitor' && known.has(spelled(name)))
    const personId = proven === undefined ? null : (known.get(spelled(proven)) ?? null)
    if (personId !== null) bind(item.names, personId, true)
  }
  // An account known from before lends its person to the browser beside it.
  for (const item of items) {
    const personId = personOf(item, known)
    if (personId !== null) bind(item.names, personId, true)
  }
  return bound
}

function personOf({ names, holder }: Pick<Item, 'names' | 'holder'>, known: ReadonlyMap<string, Id<'per'>>): Id<'per'> | null {
  if (holder !== null) return holder.personId
  const name = names.find((each) => known.has(spelled(each)))
  return name === undefined ? null : (known.get(spelled(name)) ?? null)
}

// Sorted, so that two deliveries with the same events wait for each other in one direction only.
async function claim({ tx, orgId }: InTx, source: IngestSource, items: readonly Item[]): Promise<Item[]> {
  const byKey = new Map(items.map((item) => [item.key, item]))
  if (byKey.size === 0) return []
  const rows = await tx.insert(touchKeys).values([...byKey.keys()].sort().map((key) => ({ orgId, sourceId: source.id, key }))).onConflictDoNothing().returning({ key: touchKeys.key })
  return rows.flatMap(({ key }) => byKey.get(key) ?? [])
}

async function keep(ctx: InTx, found: readonly { happening: Happening; personId: Id<'per'> | null; holder: CodeHolder | null }[]): Promise<void> {
  const done = found.flatMap((each) => { const { kind } = each.happening; return kind === null ? [] : [{ ...each, kind }] })
  const standings = await standingOf(ctx, [...new Set(done.flatMap(({ personId }) => personId ?? []))])
  const nowhere: Standing = { leadId: null, companyId: null }
  const placed = done.map((each) => {
    const standing = (each.personId === null ? undefined : standings.get(each.personId)) ?? nowhere
    return { ...each, ...standing, leadId: each.holder?.leadId ?? standing.leadId }
  })
  await keepTouches(ctx, placed.map(({ happening: { isFirstResponse: _first, ...happening }, kind, personId, companyId, leadId }) => ({ ...happening, kind, id: newId('tch'), personId, companyId, leadId })))
  for (const { happening, leadId } of placed) if (happening.isFirstResponse && leadId !== null) await noteFirstResponse(ctx, leadId, happening.at)
  count('kept', placed.length)
}

function count(result: 'kept' | 'waiting' | 'nameless', by: number): void {
  if (by > 0) touchesTotal.inc({ result }, by)
}
