import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { slaPolicies, slaPolicyVersions } from '~db/schema'
import { actorId, command } from '../kernel'
import { ChangePolicy, OnePolicy, OrderPolicy } from './contract'
import { lockedPolicy, versionRow } from './policy-version'
import { termsOf } from './policy-rows'
import { reckoned, runningClocks } from './reckon-clocks'

/**
 * Changes a policy: its promise becomes a new version. Clocks that run keep theirs, unless `applyToRunning`; then each gets its
 * time anew from its start, noted. Refuses: not-found, stale.
 */
export const changePolicy = command({
  name: 'sla.change-policy',
  permission: 'settings:write',
  input: ChangePolicy,
  async run({ tx, ctx, input, audit }): Promise<{ policyId: Id<'slp'>; version: number; reckoned: number }> {
    const before = await lockedPolicy(tx, ctx, input.policyId, input.version)
    const version = before.version + 1
    const row = versionRow(ctx.orgId, before.id, version, input, { at: ctx.now, by: actorId(ctx.actor) })
    const [made] = await tx.insert(slaPolicyVersions).values(row).returning()
    await tx.update(slaPolicies).set({ name: input.name, version }).where(and(eq(slaPolicies.orgId, ctx.orgId), eq(slaPolicies.id, before.id)))
    const terms = made === undefined ? undefined : termsOf(made)
    const moved = input.applyToRunning && terms !== undefined ? await reckoned(ctx, await runningClocks(ctx, before.id), 'policy', terms) : 0
    await audit(before.id, { before: { name: before.name, version: before.version }, after: { name: input.name, version, counts: moved } })
    return { policyId: before.id, version, reckoned: moved }
  },
})

/** Ends a policy: no clock begins by it any more; those that run go on. Twice changes nothing but refuses not-found. */
export const archivePolicy = command({
  name: 'sla.archive-policy',
  permission: 'settings:write',
  input: OnePolicy,
  async run({ tx, ctx, input, audit }): Promise<{ policyId: Id<'slp'> }> {
    const before = await lockedPolicy(tx, ctx, input.policyId)
    await tx.update(slaPolicies).set({ archivedAt: ctx.now }).where(and(eq(slaPolicies.orgId, ctx.orgId), eq(slaPolicies.id, before.id)))
    await audit(before.id, { before: { name: before.name, status: 'active' }, after: { name: before.name, status: 'archived' } })
    return { policyId: before.id }
  },
})

/** Moves a policy one place up or down; the first that fits a lead counts. At the end it stays. Refuses: not-found. */
export const orderPolicy = command({
  name: 'sla.order-policy',
  permission: 'settings:write',
  input: OrderPolicy,
  async run({ tx, ctx, input: { policyId, direction }, audit }): Promise<{ policyIds: Id<'slp'>[] }> {
    const moved = await lockedPolicy(tx, ctx, policyId)
    const rows = await tx.select({ id: slaPolicies.id, position: slaPolicies.position }).from(slaPolicies)
      .where(and(eq(slaPolicies.orgId, ctx.orgId), isNull(slaPolicies.archivedAt))).orderBy(asc(slaPolicies.position), asc(slaPolicies.id)).for('update')
    const ids = rows.map(({ id }) => id)
    const at = ids.indexOf(policyId)
    const to = Math.max(0, Math.min(ids.length - 1, at + (direction === 'up' ? -1 : 1)))
    if (to === at) return { policyIds: ids }
    ids.splice(at, 1)
    ids.splice(to, 0, policyId)
    for (const [index, id] of ids.entries()) await tx.update(slaPolicies).set({ position: index + 1 }).where(and(eq(slaPolicies.orgId, ctx.orgId), eq(slaPolicies.id, id)))
    await audit(policyId, { before: { position: moved.position }, after: { position: to + 1 } })
    return { policyIds: ids }
  },
})
