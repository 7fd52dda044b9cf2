import { asc, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, people } from '~db/schema'

export type PersonRow = typeof people.$inferSelect
export type CompanyRow = typeof companies.$inferSelect
type PersonChange = Partial<Pick<PersonRow, 'name' | 'givenName' | 'familyName' | 'title' | 'country' | 'region' | 'city' | 'tokens' | 'canonicalId'>>
type CompanyChange = Partial<Pick<CompanyRow, 'name' | 'key' | 'country' | 'region' | 'city' | 'industry' | 'employees' | 'tokens' | 'canonicalId'>>

/** People by their ids, locked in the order of these until the transaction ends; those of other organisations are not there. */
export const lockPeople = (tx: Tx, ids: readonly Id<'per'>[]): Promise<PersonRow[]> =>
  tx.select().from(people).where(inArray(people.id, [...ids])).orderBy(asc(people.id)).for('update')

/** Companies by their ids, locked in the order of these until the transaction ends; those of other organisations are not there. */
export const lockCompanies = (tx: Tx, ids: readonly Id<'co'>[]): Promise<CompanyRow[]> =>
  tx.select().from(companies).where(inArray(companies.id, [...ids])).orderBy(asc(companies.id)).for('update')

/** Changes a locked person in the course of a merge or split, which keeps the audit of it. */
export async function placePerson(tx: Tx, id: Id<'per'>, change: PersonChange): Promise<void> {
  if (Object.keys(change).length > 0) await tx.update(people).set(change).where(eq(people.id, id))
}

/** Changes a locked company in the course of a merge or split, which keeps the audit of it. */
export async function placeCompany(tx: Tx, id: Id<'co'>, change: CompanyChange): Promise<void> {
  if (Object.keys(change).length > 0) await tx.update(companies).set(change).where(eq(companies.id, id))
}
