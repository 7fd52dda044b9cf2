import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { slaPolicies, slaPolicyVersions } from '~db/schema'
import type { InTx } from './in-tx'
import { Conditions } from './contract'

type VersionRow = typeof slaPolicyVersions.$inferSelect
/** What a policy promises in one of its versions. */
export type Terms = Omit<VersionRow, 'conditions' | 'orgId'> & { conditions: Conditions }
/** A policy as it stands now. */
export type Policy = Terms & { id: Id<'slp'>; name: string; position: number; createdAt: Date }

export const termsOf = ({ orgId: _org, conditions, ...row }: VersionRow): Terms => ({ ...row, conditions: Conditions.parse(conditions) })

const joined = and(eq(slaPolicyVersions.orgId, slaPolicies.orgId), eq(slaPolicyVersions.policyId, slaPolicies.id), eq(slaPolicyVersions.version, slaPolicies.version))

/** The policies that hold, first match first. */
export async function policiesIn({ tx, orgId }: InTx): Promise<Policy[]> {
  const rows = await tx.select({ policy: slaPolicies, terms: slaPolicyVersions }).from(slaPolicies).innerJoin(slaPolicyVersions, joined)
    .where(and(eq(slaPolicies.orgId, orgId), isNull(slaPolicies.archivedAt))).orderBy(asc(slaPolicies.position), asc(slaPolicies.id))
  return rows.map(({ policy: { id, name, position, createdAt }, terms }) => ({ ...termsOf(terms), id, name, position, createdAt }))
}
