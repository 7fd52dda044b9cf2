import { sql } from 'drizzle-orm'
import { newId, toUuid, type Id } from '~/lib/ids'
import { slaClockChanges, type slaClocks } from '~db/schema'
import type { ClockTimes } from './clock-times'
import type { InTx } from './in-tx'
import type { reclockings, StopReason } from './vocabulary'

export type ClockRow = typeof slaClocks.$inferSelect
/** What may change of a clock. */
export type ClockState = ClockTimes & {
  stoppedAt: Date | null; stopReason: StopReason | null; stoppedBy: Id<'act'> | null; breachedAt: Date | null; nextTimerAt: Date | null; ownerId: Id<'mem'> | null; policyId: Id<'slp'>; policyVersion: number
}
type Reclocked = { clock: ClockRow; after: ClockState; reason: (typeof reclockings)[number] }

/** Writes the new state of clocks in one statement. */
export async function writeClocks({ tx, orgId }: InTx, changed: readonly { id: Id<'slc'>; state: ClockState }[]): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map(({ id, state }) => ({
    id: toUuid(id), runs_at: state.runsAt, warn_50_at: state.warn50At, warn_80_at: state.warn80At, due_at: state.dueAt, stopped_at: state.stoppedAt, stop_reason: state.stopReason,
    stopped_by: state.stoppedBy === null ? null : toUuid(state.stoppedBy), breached_at: state.breachedAt, next_timer_at: state.nextTimerAt,
    owner_id: state.ownerId === null ? null : toUuid(state.ownerId), policy_id: toUuid(state.policyId), policy_version: state.policyVersion,
  }))
  await tx.execute(sql`
    update sla_clocks c set runs_at = r.runs_at, warn_50_at = r.warn_50_at, warn_80_at = r.warn_80_at, due_at = r.due_at, stopped_at = r.stopped_at, stop_reason = r.stop_reason,
      stopped_by = r.stopped_by, breached_at = r.breached_at, next_timer_at = r.next_timer_at, owner_id = r.owner_id, policy_id = r.policy_id, policy_version = r.policy_version
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, runs_at timestamptz, warn_50_at timestamptz, warn_80_at timestamptz, due_at timestamptz, stopped_at timestamptz,
      stop_reason text, stopped_by uuid, breached_at timestamptz, next_timer_at timestamptz, owner_id uuid, policy_id uuid, policy_version integer)
    where c.org_id = ${toUuid(orgId)}::uuid and c.id = r.id`)
}

/** Notes that running clocks got other due times, and why. */
export async function noteReclocked({ tx, orgId, now }: InTx, changes: readonly Reclocked[]): Promise<void> {
  const moved = changes.filter(({ clock, after }) => clock.dueAt.getTime() !== after.dueAt.getTime())
  if (moved.length === 0) return
  await tx.insert(slaClockChanges).values(moved.map(({ clock, after, reason }) => ({
    orgId, id: newId('slx'), clockId: clock.id, reason, dueBefore: clock.dueAt, dueAfter: after.dueAt, ownerId: after.ownerId, policyVersion: after.policyVersion, at: now,
  })))
}

export const stateIn = (clock: ClockRow): ClockState => {
  const { runsAt, warn50At, warn80At, dueAt, stoppedAt, stopReason, stoppedBy, breachedAt, nextTimerAt, ownerId, policyId, policyVersion } = clock
  return { runsAt, warn50At, warn80At, dueAt, stoppedAt, stopReason, stoppedBy, breachedAt, nextTimerAt, ownerId, policyId, policyVersion }
}
