import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { slaClocks } from '~db/schema'
import { inTransaction, type Context } from '../kernel'
import { clockTimes, nextTimer } from './clock-times'
import { hoursFor } from './hours'
import type { InTx } from './in-tx'
import { clocksIn, type Kept } from './keep-clocks'
import type { Terms } from './policy-rows'
import type { reclockings } from './vocabulary'
import { noteReclocked, stateIn, writeClocks } from './write-clocks'

const MOST = 20_000

/** Reckons running clocks again after hours, holidays or absences changed: from their start, by the hours that hold now. Noted where the time moved. */
export function reckonClocks(ctx: Context): Promise<number> {
  return inTransaction(ctx, 'read write', async (tx) => reckoned({ ...ctx, tx }, await runningClocks({ ...ctx, tx }, null), 'hours'))
}

/** Clocks that run and are not over, of one policy or of all. */
export async function runningClocks(ctx: InTx, policyId: Id<'slp'> | null): Promise<Kept[]> {
  const rows = await ctx.tx.select({ id: slaClocks.id, leadId: slaClocks.leadId }).from(slaClocks)
    .where(and(eq(slaClocks.orgId, ctx.orgId), isNull(slaClocks.stoppedAt), gt(slaClocks.dueAt, ctx.now), policyId === null ? undefined : eq(slaClocks.policyId, policyId)))
    .orderBy(slaClocks.id).limit(MOST).for('update')
  const ids = new Set(rows.map(({ id }) => id))
  return (await clocksIn(ctx, rows.map(({ leadId }) => leadId))).filter(({ clock }) => ids.has(clock.id))
}

/** Gives clocks the times of `terms` (their own where none are given), and notes those that moved. Answers how many did. */
export async function reckoned(ctx: InTx, clocks: readonly Kept[], reason: (typeof reclockings)[number], terms?: Terms): Promise<number> {
  const hours = await hoursFor(ctx, clocks.map(({ clock }) => clock.ownerId))
  const changes = clocks.flatMap(({ clock, terms: own, fired }) => {
    const { counting, calendar, firstMinutes, nextMinutes, version } = terms ?? own
    const minutes = clock.turn === 1 ? firstMinutes : (nextMinutes ?? firstMinutes)
    const times = clockTimes(clock.startedAt, { minutes, counting, calendar: hours(calendar, clock.ownerId) })
    if (times === null) return []
    const after = { ...stateIn(clock), ...times, policyVersion: version, nextTimerAt: nextTimer(times, fired) }
    return JSON.stringify(after) === JSON.stringify(stateIn(clock)) ? [] : [{ id: clock.id, state: after, clock, after, reason }]
  })
  await writeClocks(ctx, changes)
  await noteReclocked(ctx, changes)
  return changes.length
}
