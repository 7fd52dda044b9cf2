import { and, eq, isNull } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { sourceAlarms } from '~db/schema'
import type { Context } from '../kernel'
import type { AlarmKind } from './vocabulary'

/** Counts, moments, names of fields and codes; never what somebody said. */
export type AlarmFacts = {
  /** silent: how many messages were expected since, and in a usual week. */
  expected?: number; weekly?: number
  /** shape: fields that are gone. */
  missing?: readonly string[]
  /** rejecting: how many of the last messages. */
  bad?: number; of?: number
  /** fetching: why the list cannot be read, and how many named leads wait. */
  problem?: string | null; waiting?: number
}
/** What is not as usual, since when. */
export type Findings = Partial<Record<AlarmKind, { since: Date; facts: AlarmFacts }>>
type InTx = Context & { tx: Tx }
type Open = ReadonlyMap<AlarmKind, { id: Id<'alm'> }>
type Changed = { id: Id<'alm'>; kind: AlarmKind }

const ofSource = ({ orgId }: Context, sourceId: Id<'src'>) => and(eq(sourceAlarms.orgId, orgId), eq(sourceAlarms.sourceId, sourceId), isNull(sourceAlarms.clearedAt))

/** The alarms of a source that are open. */
export async function openAlarms(ctx: InTx, sourceId: Id<'src'>): Promise<Open> {
  const rows = await ctx.tx.select({ id: sourceAlarms.id, kind: sourceAlarms.kind }).from(sourceAlarms).where(ofSource(ctx, sourceId))
  return new Map(rows.map(({ id, kind }) => [kind, { id }]))
}

/** Opens an alarm for what is new among the findings, keeps the facts of the others fresh, and closes what is as usual again. */
export async function syncAlarms(ctx: InTx, sourceId: Id<'src'>, open: Open, findings: Findings): Promise<{ opened: Changed[]; closed: Changed[]; alarms: AlarmKind[] }> {
  const alarms = Object.keys(findings) as AlarmKind[]
  const opened = alarms.filter((kind) => !open.has(kind)).map((kind) => ({ id: newId('alm', ctx.now), kind }))
  const closed = [...open].filter(([kind]) => findings[kind] === undefined).map(([kind, { id }]) => ({ id, kind }))
  for (const { id, kind } of opened) {
    await ctx.tx.insert(sourceAlarms).values({ orgId: ctx.orgId, id, sourceId, kind, since: findings[kind]?.since ?? ctx.now, facts: findings[kind]?.facts ?? {}, openedAt: ctx.now })
  }
  for (const kind of alarms.filter((each) => open.has(each))) {
    await ctx.tx.update(sourceAlarms).set({ facts: findings[kind]?.facts ?? {} }).where(and(ofSource(ctx, sourceId), eq(sourceAlarms.kind, kind)))
  }
  for (const { id } of closed) await ctx.tx.update(sourceAlarms).set({ clearedAt: ctx.now }).where(and(eq(sourceAlarms.orgId, ctx.orgId), eq(sourceAlarms.id, id)))
  return { opened, closed, alarms }
}
