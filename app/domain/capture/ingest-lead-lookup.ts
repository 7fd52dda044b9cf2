import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import { executePrepared, type Tx } from '~db/client.server'
import { foldName } from '../channels'
import { intakeLockKey } from '../people'
import type { LeadDraft } from './lead-draft'
import type { Contact } from './normalise-draft'

/** One draft on its way in: what it says, read and unread, and the id of its inquiry. */
export type Incoming = { draft: LeadDraft; contact: Contact; externalId: string; deliveryId: string | null; at: Date }

/** What the database already knows of the people, companies, inquiries and names in a batch. Ids are UUIDs. */
export type Known = {
  identities: { kind: string; value: string; person_id: string }[]
  people: { id: string; name: string; title: string | null; country: string | null; has_family: boolean; last_at: number | null }[]
  /** people and companies who were merged, and who stands for them */
  merged: { id: string; canonical_id: string }[]
  employments: { person_id: string; company_id: string }[]
  companies: { id: string; name: string; key: string; domain: string | null; of_customer: boolean; country: string | null; industry: string | null; employees: number | null }[]
  inquiries: { id: string; external_id: string; lead_id: string | null; person_id: string | null; company_id: string | null; campaign_id: string | null; owner_id: string | null; external: Record<string, string>; click_ids: Record<string, string>; utm: Record<string, string>; said: boolean; has_message: boolean; lead_company_id: string | null; lead_product_line_id: string | null; lead_is_open: boolean }[]
  /** open leads, and those that a merge closed under one of them */
  leads: { id: string; company_id: string | null; person_id: string | null; product_line_id: string; owner_id: string | null; duplicate_of: string | null; people: string[] }[]
  product_lines: { id: string; key: string; is_default: boolean }[]
  channels: { id: string; key: string }[]
  campaigns: { id: string; channel_id: string; key: string }[]
  external_campaigns: { channel_id: string; external_id: string; campaign_id: string }[]
}

const MANY = 40

/**
 * Takes the locks under which a person, a company and an inquiry are looked for and made, and reads what is known.
 * A few drafts lock what they name, sorted; many lock the organisation's intake as a whole, which keeps the lock
 * table small. Both are given back at the end of the transaction.
 */
export async function lockAndLookUp(tx: Tx, orgId: Id<'org'>, sourceId: Id<'src'>, batch: readonly Incoming[]): Promise<Known> {
  const org = toUuid(orgId)
  // Both by the same way, in this order: the reading must be sent after the locks.
  const [, known] = await Promise.all([lock(tx, orgId, sourceId, batch), lookUp(tx, org, toUuid(sourceId), batch)])
  return known
}

async function lock(tx: Tx, orgId: Id<'org'>, sourceId: Id<'src'>, batch: readonly Incoming[]): Promise<void> {
  if (batch.length > MANY) return void (await executePrepared(tx, sql`select pg_advisory_xact_lock(${intakeLockKey(orgId)}::bigint)`))
  const names = batch.flatMap(({ contact, externalId }) => [
    `inquiry ${sourceId} ${externalId}`,
    ...contact.identities.map(({ kind, value }) => `${kind} ${value}`),
    ...(contact.company?.domain ? [`domain ${contact.company.domain}`] : []),
    ...(contact.company?.key ? [`company ${contact.company.key}`] : []),
  ])
  await lockNames(tx, orgId, names)
}

/** Takes the locks of these names, sorted, beside everybody but one who has locked the whole intake. */
export async function lockNames(tx: Tx, orgId: Id<'org'>, names: readonly string[]): Promise<void> {
  const keys = [...new Set(names.map((name) => lockKey(`${toUuid(orgId)} ${name}`)))].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  await executePrepared(tx, sql`
    select pg_advisory_xact_lock_shared(${intakeLockKey(orgId)}::bigint), (select count(pg_advisory_xact_lock(key::bigint)) from json_array_elements_text(${JSON.stringify(keys)}::json) key)`)
}

const lockKey = (name: string): string => sha256(name).readBigInt64BE(0).toString()

async function lookUp(tx: Tx, org: string, source: string, batch: readonly Incoming[]): Promise<Known> {
  const asked = JSON.stringify(questionsOf(batch))
  const rows = await executePrepared<{ known: Known }>(tx, sql`
    with asked as materialized (select ${asked}::json as j),
    ident as materialized (
      -- Pair by pair: asked as lists of kinds and of values, the index is searched for every kind with every value.
      select i.kind, i.value, i.person_id from json_to_recordset((select j->'identities' from asked)) as a(kind text, value text)
      cross join lateral (select * from identities i where i.org_id = ${org} and i.kind = a.kind and i.value = a.value limit 1) i
    ), inq as materialized (
      select q.id, q.external_id, l.id as lead_id, q.person_id, q.company_id, q.campaign_id, l.owner_id,
        coalesce(d.external, '{}') as external, coalesce(d.click_ids, '{}') as click_ids, coalesce(d.utm, '{}') as utm,
        d.message is not null or jsonb_array_length(coalesce(d.answers, '[]')) > 0 as said, d.message is not null as has_message,
        l.company_id as lead_company_id, l.product_line_id as lead_product_line_id, coalesce(l.is_open and not l.is_separate, false) as lead_is_open
      from inquiries q left join inquiry_details d on d.org_id = q.org_id and d.inquiry_id = q.id
      left join leads d0 on d0.org_id = q.org_id and d0.id = q.lead_id left join leads l on l.org_id = d0.org_id and l.id = case when d0.duplicate_of is null then d0.id else d0.duplicate_of end
      where q.org_id = ${org} and q.source_id = ${source} and q.external_id = any (array(select json_array_elements_text(j->'external_ids') from asked))
    ), named as materialized (
      select p.id, p.canonical_id from people p
      where p.org_id = ${org} and p.id = any (array(select person_id from ident union select person_id from inq where person_id is not null))
    ), who as materialized (
      select p.id, p.canonical_id, p.name, p.title, p.country, p.family_name is not null as has_family,
        (select extract(epoch from max(t.at))::float8 * 1000 from touches t where t.org_id = p.org_id and t.person_id = p.id) as last_at from people p
      where p.org_id = ${org} and (p.id = any (array(select id from named union select canonical_id from named))
        or p.canonical_id = any (array(select coalesce(canonical_id, id) from named)))
    ), empl as materialized (
      select e.person_id, e.company_id from employments e where e.org_id = ${org} and e.person_id = any (array(select id from who)) order by e.since desc, e.company_id desc
    ), firms as materialized (
      select c.id, c.canonical_id from companies c where c.org_id = ${org} and (
        c.domain = any (array(select json_array_elements_text(j->'domains') from asked)) or
        c.key = any (array(select json_array_elements_text(j->'keys') from asked)) or
        c.id = any (array(select company_id from empl)))
    ), comp as materialized (
      select c.id, c.canonical_id, c.name, c.key, c.domain, c.country, c.industry, c.employees, c.is_customer or exists (
        select from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id
        where l.org_id = c.org_id and l.company_id = c.id and s.won_at is not null and s.stage = 'won') as of_customer
      from companies c where c.org_id = ${org} and (c.id = any (array(select id from firms union select canonical_id from firms))
        or c.canonical_id = any (array(select coalesce(canonical_id, id) from firms)))
      order by c.id
    ), slots as materialized (
      -- Locked against whoever closes or merges them: an inquiry joins no lead that is closed at this moment.
      select l.id, l.company_id, l.person_id, l.product_line_id, l.owner_id, l.duplicate_of from leads l
      where l.org_id = ${org} and (l.is_open or l.duplicate_of is not null) and not l.is_separate and (
        l.company_id = any (array(select id from comp)) or (l.company_id is null and l.person_id = any (array(select id from who))))
      order by l.id for share
    )
    select json_build_object(
      'identities', (select coalesce(json_agg(ident), '[]') from ident), 'people', (select coalesce(json_agg(who), '[]') from who),
      'merged', (select coalesce(json_agg(json_build_object('id', m.id, 'canonical_id', m.canonical_id)), '[]') from (
        select id, canonical_id from who where canonical_id is not null union all select id, canonical_id from comp where canonical_id is not null) m),
      'employments', (select coalesce(json_agg(empl), '[]') from empl), 'companies', (select coalesce(json_agg(comp), '[]') from comp),
      'inquiries', (select coalesce(json_agg(inq), '[]') from inq),
      'leads', (select coalesce(json_agg(json_build_object('id', s.id, 'company_id', s.company_id, 'person_id', s.person_id, 'product_line_id', s.product_line_id,
        'owner_id', s.owner_id, 'duplicate_of', s.duplicate_of, 'people', (select coalesce(json_agg(lp.person_id), '[]') from lead_people lp where lp.org_id = ${org} and lp.lead_id = s.id))), '[]') from slots s),
      'product_lines', (select coalesce(json_agg(json_build_object('id', id, 'key', key, 'is_default', is_default)), '[]') from product_lines where org_id = ${org}),
      'channels', (select coalesce(json_agg(json_build_object('id', id, 'key', key)), '[]') from channels
        where org_id = ${org} and key = any (array(select json_array_elements_text(j->'channels') from asked))),
      'campaigns', (select coalesce(json_agg(json_build_object('id', id, 'channel_id', channel_id, 'key', key)), '[]') from campaigns
        where org_id = ${org} and key = any (array(select json_array_elements_text(j->'campaigns') from asked))),
      'external_campaigns', (select coalesce(json_agg(json_build_object('channel_id', channel_id, 'external_id', external_id, 'campaign_id', campaign_id)), '[]')
        from external_campaigns where org_id = ${org} and external_id = any (array(select json_array_elements_text(j->'external_campaigns') from asked)))
    ) as known`)
  const [row] = rows
  if (!row) throw new Error('The lookup answered nothing')
  return row.known
}

function questionsOf(batch: readonly Incoming[]) {
  const all = (pick: (incoming: Incoming) => readonly (string | null | undefined)[]) => [...new Set(batch.flatMap(pick))].filter((each) => each !== null && each !== undefined && each !== '')
  return {
    identities: [...new Map(batch.flatMap(({ contact }) => contact.identities.map(({ kind, value }) => [`${kind} ${value}`, { kind, value }]))).values()],
    external_ids: all(({ externalId }) => [externalId]),
    domains: all(({ contact }) => [contact.company?.domain]),
    keys: all(({ contact }) => [contact.company?.key]),
    channels: all(({ draft }) => [draft.channel, draft.utm['utm_source']].map((name) => (name ? foldName(name) : null))),
    campaigns: all(({ draft }) => [draft.campaign, draft.utm['utm_campaign']].map((name) => (name ? foldName(name) : null))),
    external_campaigns: all(({ draft }) => [externalCampaignOf(draft)]),
  }
}

/** The platform's own id of the campaign a draft came from. */
export const externalCampaignOf = (draft: LeadDraft): string | null => draft.external['campaign_id'] ?? draft.utm['utm_id'] ?? null
