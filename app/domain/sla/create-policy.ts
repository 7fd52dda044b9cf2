import { and, eq, isNull, sql } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { slaPolicies, slaPolicyVersions } from '~db/schema'
import { actorId, command } from '../kernel'
import { CreatePolicy } from './contract'
import { versionRow } from './policy-version'

/** Promises when somebody answers: the new policy stands last. Clocks that run already are not its. */
export const createPolicy = command({
  name: 'sla.create-policy',
  permission: 'settings:write',
  input: CreatePolicy,
  async run({ tx, ctx, input, audit }): Promise<{ policyId: Id<'slp'> }> {
    const policyId = newId('slp')
    const [last] = await tx.select({ position: sql<number>`coalesce(max(${slaPolicies.position}), 0)::int` }).from(slaPolicies).where(and(eq(slaPolicies.orgId, ctx.orgId), isNull(slaPolicies.archivedAt)))
    await tx.insert(slaPolicies).values({ orgId: ctx.orgId, id: policyId, name: input.name, position: (last?.position ?? 0) + 1, version: 1, createdAt: ctx.now })
    await tx.insert(slaPolicyVersions).values(versionRow(ctx.orgId, policyId, 1, input, { at: ctx.now, by: actorId(ctx.actor) }))
    await audit(policyId, { after: { name: input.name, version: 1, firstMinutes: input.firstMinutes } })
    return { policyId }
  },
})
