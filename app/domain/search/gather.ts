import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~db/client.server'
import type { ContactSearch, Asked } from './read-query'
import type { SearchScope } from './search-scope'
import { tiers, type MatchField, type Tier } from './vocabulary'

/** By what a record was found, where it was not its name. `shown` is as the person gave it. */
export type Why = { tier: Tier; field: MatchField; shown: string | null; value: string | null; kind: 'phone' | 'email' | 'external' | null }
export type Candidates = {
  people: Map<string, Why | null>
  companies: Map<string, Why | null>
  leads: Map<string, Why | null>
  /** only so many were looked at: there may be others */
  isBounded: boolean
}

const LOOKED = 2_000
const ENOUGH = 3
const WIDE = 1_500
/** of the owners' leads so many are read for each that is wanted */
const READ = 10

/**
 * Everything that may be meant, as ids, at most about `most` of each kind. Work is bounded however many leads there
 * are: see `clew_find`. A name more people have than are looked at is looked for among the owners' leads, one by one.
 */
export async function gather(tx: Tx, asked: Asked, scope: SearchScope, most: number): Promise<Candidates> {
  const found: Candidates = { people: new Map(), companies: new Map(), leads: new Map(), isBounded: false }
  await byIds(tx, asked, found)
  for (const contact of asked.contacts) await byContact(tx, contact, scope, found, most)
  await byCompany(tx, asked, found)
  // Who was found by an id or a whole number is who was meant; words would only add others.
  const isSure = [found.leads, found.people].some((some) => [...some.values()].some((why) => why !== null && why.tier <= tiers.contact))
  if (!isSure) await byWords(tx, asked.words, [], scope, found, most, null)
  if (!isSure && found.people.size + found.companies.size + found.leads.size < ENOUGH) {
    const near: Why = { tier: tiers.near, field: 'similar', shown: null, value: null, kind: null }
    for (const each of asked.nears.slice(0, 3)) await byWords(tx, each.words, each.near, scope, found, most, near)
  }
  await leadsOf(tx, found, scope, most)
  return found
}

async function byIds(tx: Tx, { named, external }: Asked, found: Candidates): Promise<void> {
  const why = (field: MatchField): Why => ({ tier: tiers.id, field, shown: null, value: null, kind: null })
  if (named.lead !== null) found.leads.set(named.lead, why('id'))
  if (named.person !== null) found.people.set(named.person, why('id'))
  if (named.company !== null) found.companies.set(named.company, why('id'))
  const from = named.delivery !== null ? sql`select distinct o.lead_id as id from delivery_outcomes o where o.delivery_id = ${named.delivery}::uuid and o.lead_id is not null limit 20`
    : external !== null ? sql`select distinct i.lead_id as id from inquiries i where i.external_id = ${external} and i.lead_id is not null limit 20` : null
  if (from === null) return
  for (const { id } of await tx.execute<{ id: string }>(from)) found.leads.set(id, why(named.delivery !== null ? 'receipt' : 'external'))
}

type Contact = { id: string; kind: 'phone' | 'email' | 'external'; value: string; shown: string }

async function byContact(tx: Tx, contact: ContactSearch, scope: SearchScope, found: Candidates, most: number): Promise<void> {
  if (contact.isPart && scope.me === null) return
  const rows = await tx.execute<Contact>(sql`select id, kind, value, shown from clew_find.contacts(${array(contact.kinds)}::text[], ${contact.whole === undefined ? null : array(contact.whole)}::text[],
    ${contact.beginning ?? null}, ${contact.ending ?? null}, ${most})`)
  if (rows.length === 0) return
  const why = ({ kind, shown, value }: Contact): Why => ({ tier: contact.whole === undefined ? tiers.part : tiers.contact, field: kind, shown, value, kind })
  if (!contact.isPart) {
    for (const row of rows) if (!found.people.has(row.id)) found.people.set(row.id, why(row))
    return
  }
  // A part of a number could be asked digit by digit: it finds only whose numbers one reads anyway.
  const mine = await tx.execute<{ id: string }>(sql`select lp.person_id as id from lead_people lp join leads l on l.org_id = lp.org_id and l.id = lp.lead_id
    where lp.person_id = any (${array(rows.map(({ id }) => id))}::uuid[]) and l.owner_id = ${scope.me}::uuid`)
  const readable = new Set(mine.map(({ id }) => id))
  for (const row of rows) if (readable.has(row.id) && !found.people.has(row.id)) found.people.set(row.id, why(row))
}

async function byCompany(tx: Tx, { domain, phones }: Asked, found: Candidates): Promise<void> {
  const exact = (field: MatchField): Why => ({ tier: tiers.contact, field, shown: null, value: null, kind: null })
  if (domain !== null) {
    for (const { id } of await tx.execute<{ id: string }>(sql`select c.id from companies c where c.domain = ${domain}`)) found.companies.set(id, exact('domain'))
  }
  if (phones.length > 0) {
    for (const { id } of await tx.execute<{ id: string }>(sql`select p.company_id as id from company_phones p where p.value = any (${array(phones)}::text[]) limit 20`)) found.companies.set(id, exact('phone'))
  }
}

async function byWords(tx: Tx, words: string[], near: string[], scope: SearchScope, found: Candidates, most: number, why: Why | null): Promise<void> {
  if (words.length === 0 && near.length === 0) return
  const asked: Words = { all: array(words), some: array(near), scope, most, why }
  // One character is in thousands of names: whose leads one sees are read first, and are mostly enough.
  const isCommon = scope.owners !== null && near.length === 0 && words.every((word) => [...word].length === 1)
  if (isCommon && (await byOwners(tx, asked, found))) return
  // Of these only who hangs on a lead of the owners is read further: more of them cost little, and the newest are not enough.
  const isDeep = scope.owners !== null && !isCommon
  const looked = isDeep ? WIDE : most
  let isCut = false
  for (const [kind, into] of [['people', found.people], ['companies', found.companies]] as const) {
    const rows = await tx.execute<{ id: string }>(sql`select id from clew_find.named(${kind}, ${asked.all}::text[], ${asked.some}::text[], ${looked}, ${isDeep})`)
    for (const { id } of rows) if (!into.has(id)) into.set(id, why)
    isCut ||= rows.length >= looked
  }
  found.isBounded ||= isCut && !(isDeep && (await byOwners(tx, asked, found)))
}

type Words = { all: SQL; some: SQL; scope: SearchScope; most: number; why: Why | null }

/** Leads of the owners by words, the newest of each read one by one; answers whether that was all they have. */
async function byOwners(tx: Tx, { all, some, scope, most, why }: Words, found: Candidates): Promise<boolean> {
  const owners = scope.owners ?? []
  if (owners.length === 0) return true
  const looked = Math.min(LOOKED, most * READ)
  const rows = await tx.execute<{ id: string; whole: boolean }>(sql`select id, whole from clew_find.owned(${all}::text[], ${some}::text[], ${array(owners)}::uuid[], ${scope.me}::uuid, ${looked}, ${most})`)
  for (const { id } of rows) if (!found.leads.has(id)) found.leads.set(id, why)
  return rows[0]?.whole ?? isSmall(tx, owners, looked)
}

/** Whether `owned` looked at everything these members have. */
async function isSmall(tx: Tx, owners: readonly string[], looked: number): Promise<boolean> {
  const each = Math.floor(looked / owners.length)
  const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from (select 1 from leads l where l.owner_id = any (${array(owners)}::uuid[]) limit ${each}) x`)
  return (row?.n ?? 0) < each
}

async function leadsOf(tx: Tx, found: Candidates, scope: SearchScope, most: number): Promise<void> {
  if (found.people.size + found.companies.size === 0) return
  const rows = await tx.execute<{ id: string }>(sql`select id from clew_find.leads_of(${array([...found.people.keys()])}::uuid[], ${array([...found.companies.keys()])}::uuid[],
    ${scope.owners === null ? null : array(scope.owners)}::uuid[], ${scope.me}::uuid, ${most})`)
  for (const { id } of rows) if (!found.leads.has(id)) found.leads.set(id, null)
  found.isBounded ||= rows.length >= most
}

/** A list as PostgreSQL's array text; every element quoted. */
function array(values: readonly string[]): SQL {
  return sql`${`{${values.map((value) => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`}`
}
