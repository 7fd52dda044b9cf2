import { and, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { sourceWatches } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { OneSource } from './contract'
import { pushOf } from './connectors/registry'
import { lockedSource } from './locked-source'
import { fetchProblem, hourCounts, lastHeard, messagePaths, recentVerdicts, type Judged } from './recent-messages'
import { openAlarms, syncAlarms, type Findings } from './sync-alarms'
import { isRejecting, isSilent, learnRhythm, type Rhythm } from './source-rhythm'
import { learnShape, vanished, type Shape } from './message-shape'
import type { AlarmKind } from './vocabulary'

const HOUR_MS = 3_600_000
const HISTORY_MS = 28 * 24 * HOUR_MS
const LEARN_EVERY_MS = 6 * HOUR_MS
/** Looked at every five minutes: after a longer gap we were away, or the source was paused. */
const AWAY_MS = 20 * 60_000
const RECENT = 20
const SAMPLE = 10
const LEARNED_FROM = 100

type Learned = { rhythm: Rhythm | null; shape: (Shape & { ignored: readonly string[] }) | null }
type Watch = typeof sourceWatches.$inferSelect

/**
 * Looks whether a source is as it usually is, and opens or closes its alarms. What is usual is learned from the last
 * four weeks, anew every few hours, but not while an alarm says that it is not as usual. Refuses `not-found`.
 */
export const watchSource = command({
  name: 'source.watch',
  permission: 'sources:write',
  input: OneSource,
  async run({ tx, ctx, input: { sourceId }, emit, audit }): Promise<{ alarms: AlarmKind[] }> {
    const source = await lockedSource(tx, ctx, sourceId)
    const inside = { ...ctx, tx }
    const [before] = await tx.select().from(sourceWatches).where(and(eq(sourceWatches.orgId, ctx.orgId), eq(sourceWatches.sourceId, sourceId)))
    const watchedFrom = watchedFromOf(before, ctx.now)
    if (source.status !== 'active') return { alarms: [] }
    const ways = pushOf(source.connector) === null && source.connector !== 'form' ? ['pull'] : ['push', 'form']
    const open = await openAlarms(inside, sourceId)
    const last = await lastHeard(inside, sourceId, ways)
    const learned = await learn(inside, { sourceId, ways, last }, before, open)
    const verdicts = await recentVerdicts(inside, sourceId, ways, new Date(ctx.now.getTime() - HISTORY_MS))
    const findings: Findings = {
      ...silence(learned.rhythm, last, watchedFrom, ctx.now),
      ...rejecting(verdicts, watchedFrom),
      ...(await changedShape(inside, verdicts, learned.shape)),
      ...(await fetchProblem(inside, sourceId)),
    }
    const row = { lookedAt: ctx.now, watchedFrom, rhythm: learned.rhythm, shape: learned.shape, learnedAt: learned.at }
    await tx.insert(sourceWatches).values({ orgId: ctx.orgId, sourceId, ...row }).onConflictDoUpdate({ target: [sourceWatches.orgId, sourceWatches.sourceId], set: row })
    const { opened, closed, alarms } = await syncAlarms(inside, sourceId, open, findings)
    for (const { id } of opened) await emit('source.alarmed', { sourceId, alarmId: id })
    for (const { id } of closed) await emit('source.recovered', { sourceId, alarmId: id })
    for (const { kind } of [...opened, ...closed]) await audit(sourceId, { after: { kind, outcome: findings[kind] === undefined ? 'recovered' : 'alarmed' } })
    return { alarms }
  },
})

const watchedFromOf = (before: Watch | undefined, now: Date): Date =>
  before === undefined || now.getTime() - before.lookedAt.getTime() > AWAY_MS ? now : before.watchedFrom

type Heard = { sourceId: Id<'src'>; ways: string[]; last: Date | null }

async function learn(ctx: Context & { tx: Tx }, { sourceId, ways, last }: Heard, before: Watch | undefined, open: ReadonlyMap<AlarmKind, unknown>): Promise<Learned & { at: Date }> {
  const known = (before ?? { rhythm: null, shape: null }) as Learned
  if (before?.learnedAt && ctx.now.getTime() - before.learnedAt.getTime() < LEARN_EVERY_MS) return { rhythm: known.rhythm, shape: known.shape, at: before.learnedAt }
  const from = new Date(Math.floor((ctx.now.getTime() - HISTORY_MS) / HOUR_MS) * HOUR_MS)
  // Only up to the last message: a silence that lasts must not become what is usual.
  const rhythm = open.has('silent') || last === null ? known.rhythm : learnRhythm(await hourCounts(ctx, sourceId, ways, from), from.getTime(), last.getTime() + 1)
  if (open.has('shape')) return { rhythm, shape: known.shape, at: ctx.now }
  const verdicts = await recentVerdicts(ctx, sourceId, ways, from)
  const shape = learnShape(await messagePaths(ctx, readable(verdicts).slice(SAMPLE, SAMPLE + LEARNED_FROM)))
  return { rhythm, shape: shape === null ? null : { ...shape, ignored: known.shape?.ignored ?? [] }, at: ctx.now }
}

const readable = (verdicts: readonly Judged[]) => verdicts.filter(({ verdict }) => verdict === 'processed')

function silence(rhythm: Rhythm | null, last: Date | null, watchedFrom: Date, now: Date): Findings {
  if (rhythm === null || last === null) return {}
  const { isSilent: silent, expected } = isSilent(rhythm, Math.max(last.getTime(), watchedFrom.getTime()), now.getTime())
  return silent ? { silent: { since: last, facts: { expected: Math.round(expected * 10) / 10, weekly: Math.round(rhythm.weekly.reduce((sum, each) => sum + each, 0)) } } } : {}
}

function rejecting(verdicts: readonly Judged[], watchedFrom: Date): Findings {
  const isBad = ({ verdict }: Judged) => verdict === 'unreadable' || verdict === 'rejected'
  const recent = verdicts.slice(0, RECENT).filter(({ at }) => at >= watchedFrom)
  const before = verdicts.slice(RECENT)
  const bad = recent.filter(isBad)
  const since = bad.at(-1)?.at
  if (since === undefined || !isRejecting({ bad: bad.length, of: recent.length }, { bad: before.filter(isBad).length, of: before.length })) return {}
  return { rejecting: { since, facts: { bad: bad.length, of: recent.length } } }
}

async function changedShape(ctx: Context & { tx: Tx }, verdicts: readonly Judged[], shape: Learned['shape']): Promise<Findings> {
  const recent = readable(verdicts).slice(0, SAMPLE)
  const since = recent.at(-1)?.at
  if (shape === null || since === undefined) return {}
  const missing = vanished(shape, await messagePaths(ctx, recent)).filter((path) => !shape.ignored.includes(path))
  return missing.length === 0 ? {} : { shape: { since, facts: { missing: missing.slice(0, 50) } } }
}

/** Forgets what an alarm was about: the source is well as it is now. */
export async function takeAsUsual(ctx: Context & { tx: Tx }, sourceId: Id<'src'>, missing: readonly string[]): Promise<void> {
  const key = and(eq(sourceWatches.orgId, ctx.orgId), eq(sourceWatches.sourceId, sourceId))
  const [row] = await ctx.tx.select().from(sourceWatches).where(key).for('update')
  if (!row) throw new DomainError('not-found')
  const { shape } = row as unknown as Learned
  await ctx.tx.update(sourceWatches).set({ watchedFrom: ctx.now, shape: shape === null ? null : { ...shape, ignored: [...new Set([...shape.ignored, ...missing])] } }).where(key)
}
