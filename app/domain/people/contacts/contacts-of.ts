import { and, asc, eq, inArray, ne, sql, type SQL } from 'drizzle-orm'
import type { ContactKind } from '~/lib/mask-contact'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, companyPhones, identities, people } from '~db/schema'
import { memberOf, type Context } from '../../kernel'
import { reachOf, type Reach } from './reach'

type Of<P extends 'per' | 'co'> = Map<Id<P>, Reach[]>

/**
 * Numbers and addresses of these people and of all merged into them, the first known first, as the actor may see them:
 * in full where they own a lead the person hangs on, masked elsewhere. Pages, files and the API read them here only.
 */
export async function contactsOfPeople(tx: Tx, ctx: Context, personIds: readonly Id<'per'>[]): Promise<Of<'per'>> {
  if (personIds.length === 0) return new Map()
  const canonical = sql<Id<'per'>>`coalesce(${people.canonicalId}, ${people.id})`.mapWith(people.id)
  const rows = await tx.select({ id: canonical, kind: identities.kind, value: identities.value, shown: identities.shown }).from(identities)
    .innerJoin(people, and(eq(people.orgId, identities.orgId), eq(people.id, identities.personId)))
    .where(and(ne(identities.kind, 'external'), inArray(identities.personId, sql`(select m.id from people m where m.id = any (${uuids(personIds)}::uuid[]) or m.canonical_id = any (${uuids(personIds)}::uuid[]))`)))
    .orderBy(asc(identities.createdAt), asc(identities.kind), asc(identities.value))
  const open = await openTo(tx, ctx, 'per', personIds)
  return grouped(rows.map((row) => ({ id: row.id, reach: reachOf(ctx.orgId, { ...row, kind: row.kind as ContactKind }, open(row.id)) })))
}

/** Numbers of these companies and of all merged into them, as the actor may see them. */
export async function contactsOfCompanies(tx: Tx, ctx: Context, companyIds: readonly Id<'co'>[]): Promise<Of<'co'>> {
  if (companyIds.length === 0) return new Map()
  const canonical = sql<Id<'co'>>`coalesce(${companies.canonicalId}, ${companies.id})`.mapWith(companies.id)
  const rows = await tx.select({ id: canonical, value: companyPhones.value, shown: companyPhones.shown }).from(companyPhones)
    .innerJoin(companies, and(eq(companies.orgId, companyPhones.orgId), eq(companies.id, companyPhones.companyId)))
    .where(sql`${companyPhones.companyId} in (select m.id from companies m where m.id = any (${uuids(companyIds)}::uuid[]) or m.canonical_id = any (${uuids(companyIds)}::uuid[]))`)
    .orderBy(asc(companyPhones.createdAt), asc(companyPhones.value))
  const open = await openTo(tx, ctx, 'co', companyIds)
  return grouped(rows.map((row) => ({ id: row.id, reach: reachOf(ctx.orgId, { kind: 'phone', value: row.value, shown: row.shown }, open(row.id)) })))
}

/** Whether an actor sees every number in full: work of the system, and keys, which other systems read leads with. People own a lead or reveal. */
export const seesContacts = ({ actor }: Context): boolean => actor.kind === 'system' || actor.kind === 'apiKey'

const uuids = (ids: readonly string[]) => `{${ids.map(toUuid).join(',')}}`

async function openTo(tx: Tx, ctx: Context, kind: 'per' | 'co', ids: readonly string[]): Promise<(id: string) => boolean> {
  if (seesContacts(ctx)) return () => true
  const member = memberOf(ctx.actor)
  if (member === null) return () => false
  const rows = await tx.execute<{ id: string }>(kind === 'per' ? ownPeople(toUuid(member), uuids(ids)) : ownCompanies(toUuid(member), uuids(ids)))
  const own = new Set<string>(rows.map(({ id }) => fromUuid(kind, id)))
  return (id) => own.has(id)
}

/** People on a lead that the member owns; whoever was merged stands under the one that stays. */
const ownPeople = (member: string, ids: string): SQL => sql`
  select distinct coalesce(k.canonical_id, k.id) as id from people k
  where (k.id = any (${ids}::uuid[]) or k.canonical_id = any (${ids}::uuid[])) and (
    exists (select from lead_people lp join leads l on l.org_id = lp.org_id and l.id = lp.lead_id left join leads d on d.org_id = l.org_id and d.id = l.duplicate_of
      where lp.org_id = k.org_id and lp.person_id = k.id and coalesce(d.owner_id, l.owner_id) = ${member})
    or exists (select from leads l where l.org_id = k.org_id and l.person_id = k.id and l.owner_id = ${member}))`

const ownCompanies = (member: string, ids: string): SQL => sql`
  select distinct coalesce(k.canonical_id, k.id) as id from companies k
  where (k.id = any (${ids}::uuid[]) or k.canonical_id = any (${ids}::uuid[]))
    and exists (select from leads l where l.org_id = k.org_id and l.company_id = k.id and l.owner_id = ${member})`

function grouped<P extends 'per' | 'co'>(rows: readonly { id: Id<P>; reach: Reach }[]): Of<P> {
  const found: Of<P> = new Map()
  for (const { id, reach } of rows) {
    const known = found.get(id) ?? []
    if (!known.some(({ key, kind }) => key === reach.key && kind === reach.kind)) found.set(id, [...known, reach])
  }
  return found
}
