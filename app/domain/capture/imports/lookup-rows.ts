import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { executePrepared, type Tx } from '~db/client.server'
import { type Context } from '../../kernel'
import { visibleLeads } from '../../leads'
import type { KnownLead as PlacedLead } from '../lead-places'
import type { Contact } from '../normalise-draft'
import type { LeadRow } from './read-lead-row'
import { textArray } from './array-literal'

/** One good row on its way in: what it says, read and unread, and when it happened. */
export type AskedRow = { row: LeadRow; contact: Contact; at: Date; ownerId: Id<'mem'> | null }

export type KnownPerson = { id: string; canonical_id: string | null; last_at: number | null; name: string; given_name: string | null; family_name: string | null; title: string | null; country: string | null; region: string | null; city: string | null; kinds: string[] }
export type KnownCompany = {
  id: string; canonical_id: string | null; name: string; key: string; domain: string | null; industry: string | null; employees: number | null
  country: string | null; region: string | null; city: string | null; of_customer: boolean
}
/** A lead; `is_slot` where it stands open in its place, or is closed under one that does. */
export type KnownLead = PlacedLead & { is_slot: boolean }
export type KnownInquiry = {
  id: string; external_id: string; lead_id: string | null; person_id: string | null; company_id: string | null; campaign_id: string | null
  external: Record<string, string>; click_ids: Record<string, string>; utm: Record<string, string>; message: string | null; answers: { question: string; answer: string }[]
}
/** What the database knows of the rows of a chunk. Ids are UUIDs. */
export type KnownRows = {
  inquiries: KnownInquiry[]; identities: { kind: string; value: string; person_id: string }[]; people: KnownPerson[]
  employments: { person_id: string; company_id: string }[]; named: { company_id: string; name: string; person_id: string }[]
  companies: KnownCompany[]; leads: KnownLead[]
}
/** `knowsPeople: false` finds nobody by address, number or name; inquiries and companies are looked up all the same. `locks` the leads that may be joined. */
export type LookupWish = { ctx: Context; sourceId: Id<'src'>; knowsPeople: boolean; locks: boolean }

/** Asks in one statement for everything the rows of a chunk may match, each by an index that begins with the organisation. */
export async function lookUpRows(tx: Tx, rows: readonly AskedRow[], wish: LookupWish): Promise<KnownRows> {
  const org = sql`${toUuid(wish.ctx.orgId)}::uuid`
  const all = (pick: (asked: AskedRow) => readonly (string | null | undefined)[]) =>
    textArray([...new Set(rows.flatMap((asked) => pick(asked).filter((each): each is string => each !== null && each !== undefined && each !== '')))])
  const people = (pick: (asked: AskedRow) => readonly (string | null | undefined)[]) => (wish.knowsPeople ? all(pick) : '{}')
  // Planned for any organisation: of one it has no statistics of, PostgreSQL expects a row, and then reads all of its rows again and again.
  const [, found] = await Promise.all([executePrepared(tx, sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`), executePrepared<{ known: KnownRows }>(tx, sql`
    with inq as materialized (
      select q.id, q.external_id, coalesce(l.duplicate_of, l.id) as lead_id, q.person_id, q.company_id, q.campaign_id, coalesce(d.external, '{}') as external,
        coalesce(d.click_ids, '{}') as click_ids, coalesce(d.utm, '{}') as utm, d.message, coalesce(d.answers, '[]') as answers
      from inquiries q left join inquiry_details d on d.org_id = q.org_id and d.inquiry_id = q.id left join leads l on l.org_id = q.org_id and l.id = q.lead_id
      where q.org_id = ${org} and q.source_id = ${toUuid(wish.sourceId)}::uuid and q.external_id = any (${all(({ row }) => [row.externalId])}::text[])
    ), ident as materialized (
      select i.kind, i.value, i.person_id from identities i
      where i.org_id = ${org} and i.kind = any ('{phone,email,wechat}'::text[]) and i.value = any (${people(({ contact }) => contact.identities.map(({ value }) => value))}::text[])
    ), own as materialized (
      select l.id, l.company_id, l.person_id from leads l where l.org_id = ${org} and l.id = any (${all(({ row }) => [row.leadId === null ? null : toUuid(row.leadId)])}::uuid[]) and ${visibleLeads(wish.ctx, 'l')}
    ), comp as materialized (
      -- Two looks, each by its index: an "or" between them reads the whole table.
      select c.id, c.domain, coalesce(c.canonical_id, c.id) as root from companies c where c.org_id = ${org} and c.domain = any (${all(({ contact }) => [contact.company?.domain])}::text[])
      union select c.id, c.domain, coalesce(c.canonical_id, c.id) from companies c where c.org_id = ${org} and c.key = any (${all(({ contact }) => [contact.company?.key])}::text[])
    ), named as materialized (
      select e.company_id, p.name, p.id as person_id from employments e join people p on p.org_id = e.org_id and p.id = e.person_id
      where e.org_id = ${org} and e.company_id = any (array(select id from comp where domain is not null)) and p.name = any (${people(({ contact }) => [contact.name])}::text[])
    ), heads as materialized (
      select coalesce(p.canonical_id, p.id) as id from people p
      where p.org_id = ${org} and p.id = any (array(select person_id from ident union select person_id from inq union select person_id from named union select person_id from own))
    ), who_ids as materialized (
      select id from heads union select p.id from people p where p.org_id = ${org} and p.canonical_id = any (array(select id from heads))
    ), who as materialized (
      select p.id, p.canonical_id, p.name, p.given_name, p.family_name, p.title, p.country, p.region, p.city,
        (select extract(epoch from max(t.at))::float8 * 1000 from touches t where t.org_id = ${org} and t.person_id = p.id) as last_at,
        (select coalesce(array_agg(distinct i.kind), '{}') from identities i where i.org_id = ${org} and i.person_id = p.id) as kinds
      from people p where p.org_id = ${org} and p.id = any (array(select id from who_ids))
    ), empl as materialized (
      select e.person_id, e.company_id from employments e where e.org_id = ${org} and e.person_id = any (array(select id from who_ids)) order by e.since desc, e.company_id desc
    ), firm_heads as materialized (
      select root as id from comp union
      select coalesce(c.canonical_id, c.id) from companies c
      where c.org_id = ${org} and c.id = any (array(select company_id from empl union select company_id from inq union select company_id from own))
    ), firm_ids as materialized (
      select id from firm_heads union select c.id from companies c where c.org_id = ${org} and c.canonical_id = any (array(select id from firm_heads))
    ), firm as materialized (
      select c.id, c.canonical_id, c.name, c.key, c.domain, c.industry, c.employees, c.country, c.region, c.city, c.is_customer as of_customer
      from companies c where c.org_id = ${org} and c.id = any (array(select id from firm_ids))
    ), slot_ids as materialized (
      select id from own union select lead_id from inq
      union select l.id from leads l where l.org_id = ${org} and (l.is_open or l.duplicate_of is not null) and not l.is_separate and l.company_id = any (array(select id from firm_ids))
      union select l.id from leads l where l.org_id = ${org} and (l.is_open or l.duplicate_of is not null) and not l.is_separate and l.company_id is null
        and l.person_id = any (array(select id from who_ids))
    ), slots as materialized (
      -- Locked against whoever closes or merges them: a row joins no lead that is closed at this moment.
      select l.id, l.company_id, l.person_id, l.product_line_id, l.owner_id, l.duplicate_of, (l.is_open or l.duplicate_of is not null) and not l.is_separate as is_slot
      from leads l where l.org_id = ${org} and l.id = any (array(select id from slot_ids)) order by l.id ${wish.locks ? sql`for share` : sql``}
    )
    select json_build_object(
      'inquiries', (select coalesce(json_agg(inq), '[]') from inq), 'identities', (select coalesce(json_agg(ident), '[]') from ident),
      'people', (select coalesce(json_agg(who), '[]') from who), 'employments', (select coalesce(json_agg(empl), '[]') from empl),
      'named', (select coalesce(json_agg(named), '[]') from named), 'companies', (select coalesce(json_agg(firm order by firm.id), '[]') from firm),
      'leads', (select coalesce(json_agg(json_build_object('id', s.id, 'company_id', s.company_id, 'person_id', s.person_id, 'product_line_id', s.product_line_id, 'owner_id', s.owner_id, 'duplicate_of', s.duplicate_of,
        'is_slot', s.is_slot, 'people', (select coalesce(json_agg(lp.person_id), '[]') from lead_people lp where lp.org_id = ${org} and lp.lead_id = s.id))), '[]') from slots s)
    ) as known`)])
  const [answer] = found
  if (answer === undefined) throw new Error('The lookup answered nothing')
  return answer.known
}
