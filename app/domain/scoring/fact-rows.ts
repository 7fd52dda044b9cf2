import { sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { executePrepared, type Tx } from '~db/client.server'
import type { ChannelKind } from '../channels/vocabulary'
import type { FieldKind, Outcome, PersonRole, TouchKind, TouchVerdict } from '../leads/vocabulary'

/** Uuids as one parameter. */
export const uuids = (ids: readonly string[]): string => `{${ids.join(',')}}`
/** A moment in milliseconds: cheaper to read than a text, and as exact as what is stored. */
export function ms(column: `${string}.${string}`): SQL {
  const [table = '', name = ''] = column.split('.')
  return sql`(extract(epoch from ${sql.identifier(table)}.${sql.identifier(name)}) * 1000)::float8`
}

/** Where facts are read: one transaction, one organisation. All ids here are plain uuids. */
export type Reading = { tx: Tx; org: string }
const ask = <R extends object>({ tx }: Reading, statement: SQL): Promise<R[]> => executePrepared<R>(tx, statement)
export const readingOf = ({ tx, orgId }: { tx: Tx; orgId: Id<'org'> }): Reading => ({ tx, org: toUuid(orgId) })

export type LeadRow = {
  id: string; came_in_at: number; created_at: number; product_line_id: string; source_id: string; channel_id: string | null; kind: ChannelKind | null; campaign_id: string | null; of_customer: boolean
  raw_company: string | null; company: string | null; employees: number | null; industry: string | null; country: string | null; is_customer: boolean; weekday: number
}

/** The leads themselves with company and channel; a merged company speaks through the one that stands for it. */
export const leadRows = (at: Reading, ids: readonly string[]) => ask<LeadRow>(at, sql`
  select l.id, ${ms('l.came_in_at')} as came_in_at, ${ms('l.created_at')} as created_at, l.product_line_id, l.source_id, l.channel_id, ch.kind, l.campaign_id, l.of_customer, l.company_id as raw_company, co.id as company,
    co.employees, co.industry, co.country, extract(dow from l.came_in_at at time zone o.time_zone)::int as weekday,
    (co.id is not null and (co.is_customer or exists (select from companies m where m.org_id = co.org_id and m.canonical_id = co.id and m.is_customer))) as is_customer
  from leads l join organisations o on o.org_id = l.org_id left join channels ch on ch.org_id = l.org_id and ch.id = l.channel_id
  left join companies raw on raw.org_id = l.org_id and raw.id = l.company_id
  left join companies co on co.org_id = l.org_id and co.id = (case when raw.canonical_id is null then raw.id else raw.canonical_id end)
  where l.org_id = ${at.org}::uuid and l.id = any (${uuids(ids)}::uuid[])`)

/** Duplicates of these leads: what hangs on them is told of the lead that stands. */
export const duplicatesOf = (at: Reading, ids: readonly string[]) => ask<{ id: string; of: string }>(at, sql`
  select d.id, d.duplicate_of as of from leads d where d.org_id = ${at.org}::uuid and d.duplicate_of = any (${uuids(ids)}::uuid[])`)

export type HungRow = { lead_id: string; person: string; role: PersonRole; added_at: number }
/** Who hangs on leads, under the person that stands for them. */
export const peopleRows = (at: Reading, told: readonly string[]) => ask<HungRow>(at, sql`
  with hung as (
    select lp.lead_id, lp.person_id, lp.role, lp.added_at from lead_people lp where lp.org_id = ${at.org}::uuid and lp.lead_id = any (${uuids(told)}::uuid[])
    union all select l.id, l.person_id, 'contact', l.created_at from leads l where l.org_id = ${at.org}::uuid and l.id = any (${uuids(told)}::uuid[]) and l.person_id is not null
  )
  select h.lead_id, case when p.canonical_id is null then p.id else p.canonical_id end as person, h.role, ${ms('h.added_at')} as added_at
  from hung h join people p on p.org_id = ${at.org}::uuid and p.id = h.person_id`)

export type MemberRow = { id: string; person: string; title: string | null; country: string | null; objects: boolean }
/** Everybody merged into these people, with whether one objects. */
export const memberRows = (at: Reading, people: readonly string[]) => ask<MemberRow>(at, sql`
  with members as (
    select p.id, p.id as person, p.title, p.country from people p where p.org_id = ${at.org}::uuid and p.id = any (${uuids(people)}::uuid[])
    union all select p.id, p.canonical_id, p.title, p.country from people p where p.org_id = ${at.org}::uuid and p.canonical_id = any (${uuids(people)}::uuid[])
  )
  select m.*, exists (select from profiling_objections o where o.org_id = ${at.org}::uuid and o.person_id = m.id) as objects from members m`)

/** By what somebody can be reached; of addresses only the domain. */
export const reachRows = (at: Reading, members: readonly string[]) => ask<{ member: string; kind: 'phone' | 'email' | 'wechat'; domain: string | null; at: number }>(at, sql`
  select i.person_id as member, i.kind, case when i.kind = 'email' then split_part(i.value, '@', 2) end as domain, ${ms('i.created_at')} as at
  from identities i where i.org_id = ${at.org}::uuid and i.person_id = any (${uuids(members)}::uuid[]) and i.kind <> 'external'`)

export const titleRows = (at: Reading, members: readonly string[]) => ask<{ member: string; company: string; title: string }>(at, sql`
  select e.person_id as member, e.company_id as company, e.title from employments e
  where e.org_id = ${at.org}::uuid and e.person_id = any (${uuids(members)}::uuid[]) and e.title is not null order by e.since, e.company_id`)

/** Companies that have a number of their own. */
export const companyPhoneRows = (at: Reading, companies: readonly string[]) => ask<{ company: string; at: number }>(at, sql`
  select p.company_id as company, min(${ms('p.created_at')}) as at from company_phones p where p.org_id = ${at.org}::uuid and p.company_id = any (${uuids(companies)}::uuid[]) group by 1`)

export type InquiryRow = { id: string; lead_id: string; at: number; weekday: number; landing_page: string | null; answers: unknown }
export const inquiryRows = (at: Reading, told: readonly string[]) => ask<InquiryRow>(at, sql`
  select q.id, q.lead_id, ${ms('q.at')} as at, extract(dow from q.at at time zone o.time_zone)::int as weekday, d.landing_page, d.answers
  from inquiries q join organisations o on o.org_id = q.org_id left join inquiry_details d on d.org_id = q.org_id and d.inquiry_id = q.id
  where q.org_id = ${at.org}::uuid and q.lead_id = any (${uuids(told)}::uuid[])`)

export type TouchRow = { id: string; lead_id: string; inquiry_id: string | null; kind: TouchKind; verdict: TouchVerdict; at: number; page: string | null; minutes: number | null }
export const touchRows = (at: Reading, told: readonly string[]) => ask<TouchRow>(at, sql`
  select t.id, t.lead_id, t.inquiry_id, t.kind, t.verdict, ${ms('t.at')} as at, d.minutes,
    case when d.answers is not null and d.answers <> '[]' then jsonb_path_query_first(d.answers, '$[*] ? (@.question == "page").answer') #>> '{}' end as page
  from touches t left join touch_details d on d.org_id = t.org_id and d.touch_id = t.id
  where t.org_id = ${at.org}::uuid and t.lead_id = any (${uuids(told)}::uuid[])`)

export const contactRows = (at: Reading, told: readonly string[]) => ask<{ id: string; lead_id: string; at: number; outcome: Outcome; is_two_way: boolean | null }>(at, sql`
  select a.id, a.lead_id, ${ms('a.at')} as at, a.outcome, a.is_two_way from activities a
  where a.org_id = ${at.org}::uuid and a.lead_id = any (${uuids(told)}::uuid[]) and a.outcome is not null and a.undone_at is null`)

export const fieldRows = (at: Reading) => ask<{ id: string; kind: FieldKind; currency: string | null }>(at, sql`
  select f.id, f.kind, f.currency from field_definitions f where f.org_id = ${at.org}::uuid and f.archived_at is null`)

export type ValueRow = { lead_id: string; field_id: string; text: string | null; number: string | null; day: string | null; choices: string[] | null; at: number }
/** Values of these leads alone: a duplicate's fields are not those of the lead that stands. */
export const valueRows = (at: Reading, ids: readonly string[]) => ask<ValueRow>(at, sql`
  select v.lead_id, v.field_id, v.text, v.number::text as number, v.day::text as day, v.choices, ${ms('v.updated_at')} as at
  from lead_field_values v where v.org_id = ${at.org}::uuid and v.lead_id = any (${uuids(ids)}::uuid[])`)

/** The sealed key by which addresses are named, where any address gets no mail. */
export const suppressionKey = (at: Reading) => ask<{ sealed: string }>(at, sql`
  select k.sealed from outreach_keys k where k.org_id = ${at.org}::uuid and exists (select from outreach_suppressions s where s.org_id = ${at.org}::uuid and s.reason <> 'bounced')`)
export const addressRows = (at: Reading, members: readonly string[]) => ask<{ member: string; address: string }>(at, sql`
  select i.person_id as member, i.shown as address from identities i where i.org_id = ${at.org}::uuid and i.person_id = any (${uuids(members)}::uuid[]) and i.kind = 'email'`)
export const suppressedRows = (at: Reading, keys: readonly string[]) => ask<{ key: string; at: number }>(at, sql`
  select s.address_key as key, ${ms('s.at')} as at from outreach_suppressions s
  where s.org_id = ${at.org}::uuid and s.reason <> 'bounced' and s.address_key = any (array(select json_array_elements_text(${JSON.stringify(keys)}::json)))`)
