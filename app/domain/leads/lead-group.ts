import { eq, or, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leads } from '~db/schema'

/** A lead and those that were closed as its duplicates: what hangs on any of them is told of the one that stands. */
export async function leadsToldBy(tx: Tx, leadId: Id<'lead'>): Promise<Id<'lead'>[]> {
  const rows = await tx.select({ id: leads.id }).from(leads).where(or(eq(leads.id, leadId), eq(leads.duplicateOf, leadId))).orderBy(sql`${leads.duplicateOf} nulls first`, leads.id)
  return rows.map(({ id }) => id)
}
