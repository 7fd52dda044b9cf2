import { setImmediate } from 'node:timers/promises'
import { sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { executePrepared, type Tx } from '~db/client.server'
import { actorId, type Context } from '../../kernel'
import { plainArray, textArray } from './array-literal'
import type { RowWrites } from './row-ledger'

type Cell = string | number | boolean | null
type Values = { ctx: Context; sourceId: Id<'src'> }

/**
 * Writes what the rows of a chunk became: set by set, parents first, each statement taking its columns as arrays.
 * Beside `ingest-lead-write.ts` the one exception to table ownership, for the same reason: a million rows.
 */
export async function writeRows(tx: Tx, writes: RowWrites, values: Values): Promise<void> {
  // Found words wait in a list that is sorted into the index as one: four times as fast as by 4 MB.
  const sent: Promise<unknown>[] = [executePrepared(tx, sql`select set_config('gin_pending_list_limit', '32768', true)`)]
  const send = async (rows: readonly unknown[], statement: () => SQL) => {
    if (rows.length === 0) return
    const answer = executePrepared(tx, statement())
    answer.catch(() => undefined)
    sent.push(answer)
    // The database works on this one while the next one is put together.
    await setImmediate()
  }
  await send(writes.companies, () => newCompanies(writes, values))
  await send(writes.companyPatches, () => companyPatches(writes, values))
  await send(writes.people, () => newPeople(writes, values))
  await send(writes.personPatches, () => personPatches(writes, values))
  await send(writes.identities, () => newIdentities(writes, values))
  await send(writes.employments, () => newEmployments(writes, values))
  await send(writes.companyPhones, () => newCompanyPhones(writes, values))
  await send(writes.leads, () => newLeads(writes, values))
  await send(writes.leads.filter((lead) => lead.owner_id !== null), () => newOwners(writes, values))
  await send(writes.leadCompanies, () => leadCompanies(writes, values))
  await send(writes.leadPeople, () => leadPeople(writes, values))
  await send(writes.inquiries, () => newInquiries(writes, values))
  await send(writes.inquiryFills, () => inquiryFills(writes, values))
  await send(writes.detailFills, () => detailFills(writes, values))
  await Promise.all(sent)
}

const orgOf = ({ ctx }: Values) => sql`${toUuid(ctx.orgId)}::uuid`
const nowOf = ({ ctx }: Values) => sql`${ctx.now.toISOString()}::timestamptz`
const texts = <T>(rows: readonly T[], pick: (row: T) => string | null) => sql`${textArray(rows.map(pick))}::text[]`
const ids = <T>(rows: readonly T[], pick: (row: T) => string | null) => sql`${plainArray(rows.map(pick))}::uuid[]`
const plain = <T>(rows: readonly T[], pick: (row: T) => Cell) => plainArray(rows.map(pick))
// Most answers and bags are empty: one text for all of them.
const json = <T>(rows: readonly T[], pick: (row: T) => object | null) => textArray(rows.map((row) => {
  const value = pick(row)
  if (value === null) return null
  return Object.keys(value).length === 0 ? (Array.isArray(value) ? '[]' : '{}') : JSON.stringify(value)
}))

const newCompanies = ({ companies: c }: RowWrites, v: Values) => sql`
  insert into companies (org_id, id, name, key, domain, country, region, city, industry, employees, tokens, created_at)
  select ${orgOf(v)}, id, name, key, domain, country, region, city, industry, employees, string_to_array(tokens, ' '), ${nowOf(v)}
  from unnest(${ids(c, (r) => r.id)}, ${texts(c, (r) => r.name)}, ${texts(c, (r) => r.key)}, ${texts(c, (r) => r.domain)}, ${texts(c, (r) => r.country)}, ${texts(c, (r) => r.region)},
    ${texts(c, (r) => r.city)}, ${texts(c, (r) => r.industry)}, ${plain(c, (r) => r.employees)}::integer[], ${texts(c, (r) => r.tokens)})
    as r(id, name, key, domain, country, region, city, industry, employees, tokens)`

const companyPatches = ({ companyPatches: c }: RowWrites, v: Values) => sql`
  update companies c set name = r.name, key = r.key, domain = r.domain, country = r.country, region = r.region, city = r.city, industry = r.industry,
    employees = r.employees, tokens = string_to_array(r.tokens, ' ')
  from unnest(${ids(c, (r) => r.id)}, ${texts(c, (r) => r.name)}, ${texts(c, (r) => r.key)}, ${texts(c, (r) => r.domain)}, ${texts(c, (r) => r.country)}, ${texts(c, (r) => r.region)},
    ${texts(c, (r) => r.city)}, ${texts(c, (r) => r.industry)}, ${plain(c, (r) => r.employees)}::integer[], ${texts(c, (r) => r.tokens)})
    as r(id, name, key, domain, country, region, city, industry, employees, tokens)
  where c.org_id = ${orgOf(v)} and c.id = r.id`

const newPeople = ({ people: p }: RowWrites, v: Values) => sql`
  insert into people (org_id, id, name, given_name, family_name, title, country, region, city, tokens, created_at)
  select ${orgOf(v)}, id, name, given_name, family_name, title, country, region, city, string_to_array(tokens, ' '), ${nowOf(v)}
  from unnest(${ids(p, (r) => r.id)}, ${texts(p, (r) => r.name)}, ${texts(p, (r) => r.given_name)}, ${texts(p, (r) => r.family_name)}, ${texts(p, (r) => r.title)},
    ${texts(p, (r) => r.country)}, ${texts(p, (r) => r.region)}, ${texts(p, (r) => r.city)}, ${texts(p, (r) => r.tokens)})
    as r(id, name, given_name, family_name, title, country, region, city, tokens)`

const personPatches = ({ personPatches: p }: RowWrites, v: Values) => sql`
  update people p set name = r.name, title = r.title, country = r.country, region = r.region, city = r.city, tokens = string_to_array(r.tokens, ' ')
  from unnest(${ids(p, (r) => r.id)}, ${texts(p, (r) => r.name)}, ${texts(p, (r) => r.title)}, ${texts(p, (r) => r.country)}, ${texts(p, (r) => r.region)},
    ${texts(p, (r) => r.city)}, ${texts(p, (r) => r.tokens)}) as r(id, name, title, country, region, city, tokens)
  where p.org_id = ${orgOf(v)} and p.id = r.id`

const newIdentities = ({ identities: i }: RowWrites, v: Values) => sql`
  insert into identities (org_id, kind, value, person_id, shown, created_at)
  select ${orgOf(v)}, kind, value, person_id, shown, ${nowOf(v)}
  from unnest(${texts(i, (r) => r.kind)}, ${texts(i, (r) => r.value)}, ${ids(i, (r) => r.person_id)}, ${texts(i, (r) => r.shown)}) as r(kind, value, person_id, shown)
  on conflict do nothing`

const newEmployments = ({ employments: e }: RowWrites, v: Values) => sql`
  insert into employments (org_id, person_id, company_id, title, since)
  select ${orgOf(v)}, person_id, company_id, title, at
  from unnest(${ids(e, (r) => r.person_id)}, ${ids(e, (r) => r.company_id)}, ${texts(e, (r) => r.title)}, ${plain(e, (r) => r.at)}::timestamptz[]) as r(person_id, company_id, title, at)
  on conflict do nothing`

const newCompanyPhones = ({ companyPhones: c }: RowWrites, v: Values) => sql`
  insert into company_phones (org_id, company_id, value, shown, created_at)
  select distinct on (company_id, value) ${orgOf(v)}, company_id, value, shown, ${nowOf(v)}
  from unnest(${ids(c, (r) => r.company_id)}, ${texts(c, (r) => r.value)}, ${texts(c, (r) => r.shown)}) as r(company_id, value, shown) on conflict do nothing`

// A lead, its stage and its first move are one statement, as are an inquiry, its details and its touch: their columns are sent once.
const newLeads = ({ leads: l }: RowWrites, v: Values) => sql`
  with r as materialized (
    select * from unnest(${ids(l, (r) => r.id)}, ${ids(l, (r) => r.move_id)}, ${ids(l, (r) => r.product_line_id)}, ${ids(l, (r) => r.company_id)}, ${ids(l, (r) => r.person_id)},
      ${ids(l, (r) => r.owner_id)}, ${ids(l, (r) => r.channel_id)}, ${ids(l, (r) => r.campaign_id)}, ${plain(l, (r) => r.at)}::timestamptz[], ${plain(l, (r) => r.of_customer)}::boolean[],
      ${ids(l, (r) => r.duplicate_of)}) as r(id, move_id, line, company_id, person_id, owner_id, channel_id, campaign_id, at, of_customer, duplicate_of)
  ), made as (
    insert into leads (org_id, id, product_line_id, company_id, person_id, owner_id, source_id, channel_id, campaign_id, came_in_at, is_open, is_imported, of_customer, duplicate_of, created_at)
    select ${orgOf(v)}, id, line, company_id, person_id, owner_id, ${toUuid(v.sourceId)}::uuid, channel_id, campaign_id, at, duplicate_of is null, true, of_customer, duplicate_of, ${nowOf(v)} from r
  ), stages as (
    insert into lead_stages (org_id, lead_id, stage, entered_at, is_imported) select ${orgOf(v)}, id, 'inquiry', at, true from r
  )
  insert into stage_moves (org_id, id, lead_id, to_stage, at, actor_kind, actor_id, is_imported, recorded_at)
  select ${orgOf(v)}, move_id, id, 'inquiry', at, ${v.ctx.actor.kind}, ${actorId(v.ctx.actor)}, true, ${nowOf(v)} from r`

const newOwners = ({ leads: l }: RowWrites, v: Values) => sql`
  insert into ownership_changes (org_id, lead_id, id, to_id, way, reason, actor_kind, actor_id, at)
  select ${orgOf(v)}, id, move_id, owner_id, 'import', 'source', ${v.ctx.actor.kind}, ${actorId(v.ctx.actor)}, ${nowOf(v)}
  from unnest(${ids(l, (r) => r.id)}, ${ids(l, (r) => r.move_id)}, ${ids(l, (r) => r.owner_id)}, ${ids(l, (r) => r.duplicate_of)}) as r(id, move_id, owner_id, duplicate_of)
  where owner_id is not null and duplicate_of is null`

const leadCompanies = ({ leadCompanies: l }: RowWrites, v: Values) => sql`
  update leads l set company_id = r.company_id, version = l.version + 1
  from unnest(${ids(l, (r) => r.id)}, ${ids(l, (r) => r.company_id)}) as r(id, company_id) where l.org_id = ${orgOf(v)} and l.id = r.id`

const leadPeople = ({ leadPeople: l }: RowWrites, v: Values) => sql`
  insert into lead_people (org_id, lead_id, person_id, role, added_at)
  select ${orgOf(v)}, lead_id, person_id, role, ${nowOf(v)} from unnest(${ids(l, (r) => r.lead_id)}, ${ids(l, (r) => r.person_id)}, ${texts(l, (r) => r.role)}) as r(lead_id, person_id, role)
  on conflict do nothing`

const newInquiries = ({ inquiries: q }: RowWrites, v: Values) => sql`
  with r as materialized (
    select * from unnest(${ids(q, (r) => r.id)}, ${ids(q, (r) => r.touch_id)}, ${texts(q, (r) => r.external_id)}, ${ids(q, (r) => r.lead_id)}, ${ids(q, (r) => r.person_id)}, ${ids(q, (r) => r.company_id)},
      ${ids(q, (r) => r.channel_id)}, ${ids(q, (r) => r.campaign_id)}, ${plain(q, (r) => r.is_repeat)}::boolean[], ${plain(q, (r) => r.at)}::timestamptz[], ${texts(q, (r) => r.message)},
      ${json(q, (r) => r.answers)}::jsonb[], ${json(q, (r) => r.external)}::jsonb[], ${json(q, (r) => r.click_ids)}::jsonb[], ${json(q, (r) => r.utm)}::jsonb[], ${texts(q, (r) => r.landing_page)}, ${texts(q, (r) => r.referrer)})
      as r(id, touch_id, external_id, lead_id, person_id, company_id, channel_id, campaign_id, is_repeat, at, message, answers, external, click_ids, utm, landing_page, referrer)
  ), made as (
    insert into inquiries (org_id, id, source_id, external_id, lead_id, person_id, company_id, channel_id, campaign_id, is_repeat, at, recorded_at)
    select ${orgOf(v)}, id, ${toUuid(v.sourceId)}::uuid, external_id, lead_id, person_id, company_id, channel_id, campaign_id, is_repeat, at, ${nowOf(v)} from r
  ), details as (
    insert into inquiry_details (org_id, inquiry_id, message, answers, external, click_ids, utm, landing_page, referrer)
    select ${orgOf(v)}, id, message, answers, external, click_ids, utm, landing_page, referrer from r
  )
  insert into touches (org_id, id, person_id, company_id, lead_id, inquiry_id, kind, verdict, source_id, channel_id, campaign_id, at, recorded_at)
  select ${orgOf(v)}, touch_id, person_id, company_id, lead_id, id, 'import', 'human', ${toUuid(v.sourceId)}::uuid, channel_id, campaign_id, at, ${nowOf(v)} from r`

const inquiryFills = ({ inquiryFills: q }: RowWrites, v: Values) => sql`
  update inquiries q set person_id = coalesce(q.person_id, r.person_id), campaign_id = coalesce(q.campaign_id, r.campaign_id)
  from unnest(${ids(q, (r) => r.id)}, ${ids(q, (r) => r.person_id)}, ${ids(q, (r) => r.campaign_id)}) as r(id, person_id, campaign_id)
  where q.org_id = ${orgOf(v)} and q.id = r.id`

const detailFills = ({ detailFills: d }: RowWrites, v: Values) => sql`
  update inquiry_details d set message = coalesce(r.message, d.message), answers = coalesce(r.answers, d.answers), external = coalesce(r.external, d.external),
    click_ids = coalesce(r.click_ids, d.click_ids), utm = coalesce(r.utm, d.utm)
  from unnest(${ids(d, (r) => r.id)}, ${texts(d, (r) => r.message)}, ${json(d, (r) => r.answers)}::jsonb[], ${json(d, (r) => r.external)}::jsonb[], ${json(d, (r) => r.click_ids)}::jsonb[],
    ${json(d, (r) => r.utm)}::jsonb[]) as r(id, message, answers, external, click_ids, utm)
  where d.org_id = ${orgOf(v)} and d.inquiry_id = r.id`
