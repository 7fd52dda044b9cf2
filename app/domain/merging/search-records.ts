import { inArray, sql } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, leadPeople, leads, people } from '~db/schema'
import { query } from '../kernel'
import { listLeads } from '../leads'
import { SearchRecords } from './contract'
import { summariesOf, type RecordSummary } from './record-summaries'

/** People or companies on leads that a search finds, by name, number or address, newest lead first; only what the actor sees. */
export const searchRecords = query({
  name: 'merge.search',
  permission: 'leads:read',
  input: SearchRecords,
  async run({ tx, ctx, input: { kind, q, limit } }): Promise<RecordSummary[]> {
    if (q === '') return []
    const { rows } = await listLeads(ctx, { q, limit: 100 })
    const leadIds = rows.map(({ id }) => id)
    if (leadIds.length === 0) return []
    const ids = [...new Set<string>(kind === 'person' ? await peopleOf(tx, leadIds) : await companiesOf(tx, leadIds))].slice(0, limit)
    const known = await summariesOf(tx, ctx, kind, ids)
    return ids.flatMap((id) => known.get(id) ?? [])
  },
})

async function peopleOf(tx: Tx, leadIds: Id<'lead'>[]): Promise<Id<'per'>[]> {
  const rows = await tx.select({ id: sql<Id<'per'>>`coalesce(${people.canonicalId}, ${people.id})`.mapWith(people.id) }).from(leadPeople)
    .innerJoin(people, sql`${people.id} = ${leadPeople.personId}`).where(inArray(leadPeople.leadId, leadIds))
  return rows.map(({ id }) => id)
}

async function companiesOf(tx: Tx, leadIds: Id<'lead'>[]): Promise<Id<'co'>[]> {
  const rows = await tx.select({ id: sql<Id<'co'>>`coalesce(${companies.canonicalId}, ${companies.id})`.mapWith(companies.id) }).from(leads)
    .innerJoin(companies, sql`${companies.id} = ${leads.companyId}`).where(inArray(leads.id, leadIds))
  return rows.map(({ id }) => id)
}
