import { eq, or } from 'drizzle-orm'
import { type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, people } from '~db/schema'

/** Who stands for a merged record, and the ids of all that were merged into that one, itself first. */
export type MergedGroup<P extends 'per' | 'co'> = { canonicalId: Id<P>; ids: Id<P>[] }

/** The group of a person of this organisation, given any of its members; null where there is no such person. */
export async function groupOfPerson(tx: Tx, personId: Id<'per'>): Promise<MergedGroup<'per'> | null> {
  const [own] = await tx.select({ id: people.id, canonicalId: people.canonicalId }).from(people).where(eq(people.id, personId))
  if (own === undefined) return null
  const canonicalId = own.canonicalId ?? own.id
  const members = await tx.select({ id: people.id }).from(people).where(or(eq(people.id, canonicalId), eq(people.canonicalId, canonicalId))).orderBy(people.id)
  return { canonicalId, ids: [canonicalId, ...members.map(({ id }) => id).filter((id) => id !== canonicalId)] }
}

/** The group of a company of this organisation, given any of its members; null where there is no such company. */
export async function groupOfCompany(tx: Tx, companyId: Id<'co'>): Promise<MergedGroup<'co'> | null> {
  const [own] = await tx.select({ id: companies.id, canonicalId: companies.canonicalId }).from(companies).where(eq(companies.id, companyId))
  if (own === undefined) return null
  const canonicalId = own.canonicalId ?? own.id
  const members = await tx.select({ id: companies.id }).from(companies).where(or(eq(companies.id, canonicalId), eq(companies.canonicalId, canonicalId))).orderBy(companies.id)
  return { canonicalId, ids: [canonicalId, ...members.map(({ id }) => id).filter((id) => id !== canonicalId)] }
}
