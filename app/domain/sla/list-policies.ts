import { and, count, eq, gt, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { slaClocks } from '~db/schema'
import { DomainError, query } from '../kernel'
import { Nothing, OnePolicy } from './contract'
import { policiesIn, type Policy } from './policy-rows'
import type { InTx } from './in-tx'

/** A policy and how many of its clocks run and are not over. */
export type ListedPolicy = Omit<Policy, 'policyId' | 'madeBy'> & { running: number }

/** The policies that hold, first match first. */
export const listPolicies = query({
  name: 'sla.policies',
  permission: 'settings:read',
  input: Nothing,
  run: ({ tx, ctx }) => listed({ ...ctx, tx }),
})

/** One policy as it stands. Refuses: not-found. */
export const policyDetail = query({
  name: 'sla.policy',
  permission: 'settings:read',
  input: OnePolicy,
  async run({ tx, ctx, input }): Promise<ListedPolicy> {
    const found = (await listed({ ...ctx, tx })).find(({ id }) => id === input.policyId)
    if (found === undefined) throw new DomainError('not-found')
    return found
  },
})

async function listed(ctx: InTx): Promise<ListedPolicy[]> {
  const policies = await policiesIn(ctx)
  const rows = await ctx.tx.select({ policyId: slaClocks.policyId, n: count() }).from(slaClocks)
    .where(and(eq(slaClocks.orgId, ctx.orgId), isNull(slaClocks.stoppedAt), gt(slaClocks.dueAt, ctx.now))).groupBy(slaClocks.policyId)
  const running = new Map<Id<'slp'>, number>(rows.map(({ policyId, n }) => [policyId, n]))
  return policies.map(({ policyId: _id, madeBy: _by, ...policy }) => ({ ...policy, running: running.get(policy.id) ?? 0 }))
}
