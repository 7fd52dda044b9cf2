import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { contactsOfCompanies, contactsOfPeople } from '../people'
import type { MergeKind } from './vocabulary'

/** A person or a company in a few words, merged ones as one. `about` is title and employer, or domain and city. */
export type RecordSummary = { id: Id<'per'> | Id<'co'>; name: string; about: string[]; reach: string[]; leads: number; createdAt: Date }
type Row = { id: string; name: string; about: string[]; leads: number; created_at: string }

const MOST_REACH = 4

/** These people or companies (those that stand), by id. */
export async function summariesOf(tx: Tx, ctx: Context, kind: MergeKind, ids: readonly string[]): Promise<Map<string, RecordSummary>> {
  if (ids.length === 0) return new Map()
  const wanted = sql`any (${`{${[...new Set(ids)].map(toUuid).join(',')}}`}::uuid[])`
  const rows = await tx.execute<Row>(kind === 'person' ? ofPeople(wanted) : ofCompanies(wanted))
  const own = kind === 'person' ? await contactsOfPeople(tx, ctx, ids as Id<'per'>[]) : await contactsOfCompanies(tx, ctx, ids as Id<'co'>[])
  const reachOf = (id: string) => (own as Map<string, { shown: string }[]>).get(id)?.slice(0, MOST_REACH).map(({ shown }) => shown) ?? []
  const prefix = kind === 'person' ? 'per' : 'co'
  return new Map(rows.map(({ id, name, about, leads, created_at: at }) => {
    const record = fromUuid(prefix, id)
    return [record as string, { id: record as RecordSummary['id'], name, about: about.filter((text) => text !== ''), reach: reachOf(record), leads, createdAt: new Date(at) }]
  }))
}

const ofPeople = (wanted: ReturnType<typeof sql>) => sql`
  with kin as (select m.id, w.id as root from people w join people m on m.id = w.id or m.canonical_id = w.id where w.id = ${wanted})
  select p.id, p.name, p.created_at, array_remove(array[p.title, p.city], null) || array(
      select c.name from kin k join employments e on e.person_id = k.id join companies r on r.id = e.company_id join companies c on c.id = case when r.canonical_id is null then r.id else r.canonical_id end
      where k.root = p.id group by c.id, c.name order by max(e.since) desc limit 2) as about,
    (select count(distinct coalesce(l.duplicate_of, l.id))::int from kin k join lead_people lp on lp.person_id = k.id join leads l on l.id = lp.lead_id where k.root = p.id) as leads
  from people p where p.id = ${wanted}`

const ofCompanies = (wanted: ReturnType<typeof sql>) => sql`
  with kin as (select m.id, w.id as root, m.domain from companies w join companies m on m.id = w.id or m.canonical_id = w.id where w.id = ${wanted})
  select c.id, c.name, c.created_at, array_remove(array[c.industry, c.city], null) || array(select k.domain from kin k where k.root = c.id and k.domain is not null order by k.domain limit 3) as about,
    (select count(distinct coalesce(l.duplicate_of, l.id))::int from kin k join leads l on l.company_id = k.id where k.root = c.id) as leads
  from companies c where c.id = ${wanted}`
