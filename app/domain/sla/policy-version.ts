import { and, eq, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { slaPolicies, type slaPolicyVersions } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import { Conditions, type PolicyTerms } from './contract'

export type PolicyRow = typeof slaPolicies.$inferSelect

/** A version as it is kept: conditions apart from the promise. */
export function versionRow(orgId: Id<'org'>, policyId: Id<'slp'>, version: number, terms: PolicyTerms, made: { at: Date; by: string }): typeof slaPolicyVersions.$inferInsert {
  const { firstMinutes, nextMinutes, nextAfter, counting, calendar, atBreach } = terms
  return { orgId, policyId, version, conditions: Conditions.parse(terms), firstMinutes, nextMinutes, nextAfter, counting, calendar, atBreach, madeAt: made.at, madeBy: made.by }
}

/** A policy of this organisation that holds, locked. Refuses: not-found, stale. */
export async function lockedPolicy(tx: Tx, ctx: Context, policyId: Id<'slp'>, version?: number): Promise<PolicyRow> {
  const [row] = await tx.select().from(slaPolicies).where(and(eq(slaPolicies.orgId, ctx.orgId), eq(slaPolicies.id, policyId), isNull(slaPolicies.archivedAt))).for('update')
  if (row === undefined) throw new DomainError('not-found')
  if (version !== undefined && version !== row.version) throw new DomainError('stale', { params: { yours: version, theirs: row.version } })
  return row
}
