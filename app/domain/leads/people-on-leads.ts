import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { leadPeople, leads, people } from '~db/schema'
import type { PersonRole } from './vocabulary'

/** Somebody on a lead: merged people under the one that stands for them, duplicates under the lead that stands for them. */
export type OnLead = { leadId: Id<'lead'>; id: Id<'per'>; name: string; title: string | null; city: string | null; role: PersonRole }

/** Who hangs on these leads, in the order they came; one row for each time they were hung on. */
export function peopleOn(tx: Tx, leadIds: readonly Id<'lead'>[]): Promise<OnLead[]> {
  const raw = alias(people, 'raw')
  return tx.select({
    leadId: sql<Id<'lead'>>`coalesce(${leads.duplicateOf}, ${leads.id})`.mapWith(leads.id), id: people.id, name: people.name, title: people.title, city: people.city, role: leadPeople.role,
  }).from(leadPeople)
    .innerJoin(leads, and(eq(leads.orgId, leadPeople.orgId), eq(leads.id, leadPeople.leadId)))
    .innerJoin(raw, and(eq(raw.orgId, leadPeople.orgId), eq(raw.id, leadPeople.personId)))
    .innerJoin(people, and(eq(people.orgId, raw.orgId), eq(people.id, sql`coalesce(${raw.canonicalId}, ${raw.id})`)))
    .where(inArray(leadPeople.leadId, [...leadIds])).orderBy(asc(leadPeople.addedAt), asc(people.id))
}

/** Each person of a lead once; a role that somebody gave goes before a mere contact. */
export function distinctPeople<P extends { leadId: Id<'lead'>; id: Id<'per'>; role: PersonRole }>(rows: readonly P[]): P[] {
  const found = new Map<string, P>()
  for (const row of rows) {
    const key = `${row.leadId} ${row.id}`
    const known = found.get(key)
    if (known === undefined) found.set(key, row)
    else if (known.role === 'contact') found.set(key, { ...known, role: row.role })
  }
  return [...found.values()]
}
