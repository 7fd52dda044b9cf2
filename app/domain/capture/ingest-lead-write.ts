import { sql, type SQL } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import { executePrepared, type Tx } from '~db/client.server'
import type { Writes } from './ingest-lead-ledger'
import type { IngestPlan } from './plan-ingest'

/**
 * Writes everything a batch became in one statement: people, companies, leads, inquiries, touches, stages, audit
 * rows and events. The one named exception to table ownership, for speed (stack.md, "Ingest").
 */
export async function writeBatch(tx: Tx, orgId: Id<'org'>, writes: Writes, plan: IngestPlan, requestId: string): Promise<void> {
  const org = sql`${toUuid(orgId)}::uuid`
  const now = sql`${plan.now.toISOString()}::timestamptz`
  const { kind, id: actor } = plan.actor
  const source = sql`${toUuid(plan.source.id)}::uuid`
  const pool = sql`${plan.source.poolId === null ? null : toUuid(plan.source.poolId)}::uuid`
  // Each list by itself: taken out of one document, the whole document would be read again for each of them.
  const rows = (name: keyof Writes) => sql`json_to_recordset(${JSON.stringify(writes[name])}::json)`
  await executePrepared(tx, sql`
    with new_companies as (
      insert into companies (org_id, id, name, key, domain, country, region, city, industry, employees, tokens, created_at)
      select ${org}, id, name, key, domain, country, region, city, industry, employees, array(select json_array_elements_text(tokens)), ${now}
      from ${rows('companies')} as r(id uuid, name text, key text, domain text, country text, region text, city text, industry text, employees integer, tokens json)
    ), company_fills as (
      update companies c set name = r.name, key = r.key, domain = r.domain, tokens = array(select json_array_elements_text(r.tokens))
      from ${rows('company_fills')} as r(id uuid, name text, key text, domain text, tokens json) where c.org_id = ${org} and c.id = r.id
    ), phones as (
      insert into company_phones (org_id, company_id, value, shown, created_at)
      select distinct on (company_id, value) ${org}, company_id, value, shown, ${now} from ${rows('company_phones')} as r(company_id uuid, value text, shown text)
      on conflict do nothing
    ), new_people as (
      insert into people (org_id, id, name, given_name, family_name, title, country, region, city, tokens, created_at)
      select ${org}, id, name, given_name, family_name, title, country, region, city, array(select json_array_elements_text(tokens)), ${now}
      from ${rows('people')} as r(id uuid, name text, given_name text, family_name text, title text, country text, region text, city text, tokens json)
    ), person_fills as (
      update people p set name = coalesce(r.name, p.name), title = coalesce(p.title, r.title),
        tokens = case when r.tokens is null then p.tokens else array(select json_array_elements_text(r.tokens)) end
      from ${rows('person_fills')} as r(id uuid, name text, title text, tokens json) where p.org_id = ${org} and p.id = r.id
    ), ident as (
      insert into identities (org_id, kind, value, person_id, shown, created_at)
      select ${org}, kind, value, person_id, shown, ${now} from ${rows('identities')} as r(kind text, value text, person_id uuid, shown text)
    ), jobs as (
      insert into employments (org_id, person_id, company_id, title, since)
      select ${org}, person_id, company_id, title, at from ${rows('employments')} as r(person_id uuid, company_id uuid, title text, at timestamptz)
      on conflict do nothing
    ), new_leads as (
      insert into leads (org_id, id, product_line_id, company_id, person_id, owner_id, pool_id, source_id, channel_id, campaign_id, came_in_at, is_open, is_imported, of_customer, submitted_by, duplicate_of, created_at)
      select ${org}, id, product_line_id, company_id, person_id, owner_id, ${pool}, ${source}, channel_id, campaign_id, at, duplicate_of is null, ${plan.isImported}, of_customer, submitted_by, duplicate_of, ${now}
      from ${rows('leads')} as r(id uuid, product_line_id uuid, company_id uuid, person_id uuid, owner_id uuid, channel_id uuid, campaign_id uuid, at timestamptz, of_customer boolean, submitted_by uuid, duplicate_of uuid)
    ), stages as (
      insert into lead_stages (org_id, lead_id, stage, entered_at, is_imported)
      select ${org}, id, 'inquiry', at, ${plan.isImported} from ${rows('leads')} as r(id uuid, at timestamptz)
    ), moves as (
      insert into stage_moves (org_id, id, lead_id, to_stage, at, actor_kind, actor_id, is_imported, recorded_at)
      select ${org}, move_id, id, 'inquiry', at, ${kind}, ${actor}, ${plan.isImported}, ${now} from ${rows('leads')} as r(id uuid, move_id uuid, at timestamptz)
    ), owners as (${ownersAtBirth(rows('leads'), org, now, plan)}), lead_companies as (
      update leads l set company_id = r.company_id, version = l.version + 1 from ${rows('lead_companies')} as r(id uuid, company_id uuid) where l.org_id = ${org} and l.id = r.id
    ), on_leads as (
      insert into lead_people (org_id, lead_id, person_id, role, added_at)
      select ${org}, lead_id, person_id, role, at from ${rows('lead_people')} as r(lead_id uuid, person_id uuid, role text, at timestamptz)
      on conflict do nothing
    ), new_inquiries as (
      insert into inquiries (org_id, id, source_id, external_id, delivery_id, lead_id, person_id, company_id, channel_id, campaign_id, is_repeat, at, recorded_at)
      select ${org}, id, ${source}, external_id, delivery_id, lead_id, person_id, company_id, channel_id, campaign_id, is_repeat, at, ${now}
      from ${rows('inquiries')} as r(id uuid, external_id text, delivery_id uuid, lead_id uuid, person_id uuid, company_id uuid, channel_id uuid, campaign_id uuid, is_repeat boolean, at timestamptz)
    ), details as (
      insert into inquiry_details (org_id, inquiry_id, message, answers, external, click_ids, utm, landing_page, referrer)
      select ${org}, id, message, answers, external, click_ids, utm, landing_page, referrer
      from ${rows('inquiry_details')} as r(id uuid, message text, answers jsonb, external jsonb, click_ids jsonb, utm jsonb, landing_page text, referrer text)
    ), fills as (
      update inquiries q set campaign_id = coalesce(q.campaign_id, r.campaign_id), person_id = coalesce(q.person_id, r.person_id), company_id = coalesce(q.company_id, r.company_id)
      from ${rows('inquiry_fills')} as r(id uuid, campaign_id uuid, person_id uuid, company_id uuid)
      where q.org_id = ${org} and q.id = r.id and (r.campaign_id is not null or r.person_id is not null or r.company_id is not null)
    ), detail_fills as (
      update inquiry_details d set message = coalesce(d.message, r.message), answers = case when d.answers = '[]' then coalesce(r.answers, d.answers) else d.answers end,
        external = coalesce(r.external, '{}') || d.external, click_ids = coalesce(r.click_ids, '{}') || d.click_ids, utm = coalesce(r.utm, '{}') || d.utm
      from ${rows('inquiry_fills')} as r(id uuid, message text, answers jsonb, external jsonb, click_ids jsonb, utm jsonb) where d.org_id = ${org} and d.inquiry_id = r.id
    ), new_touches as (
      insert into touches (org_id, id, person_id, company_id, lead_id, inquiry_id, kind, verdict, source_id, channel_id, campaign_id, at, recorded_at)
      select ${org}, id, person_id, company_id, lead_id, inquiry_id, ${plan.touchKind}, 'human', ${source}, channel_id, campaign_id, at, ${now}
      from ${rows('touches')} as r(id uuid, person_id uuid, company_id uuid, lead_id uuid, inquiry_id uuid, channel_id uuid, campaign_id uuid, at timestamptz)
    ), audits as (
      insert into audit_entries (org_id, id, action, actor_kind, actor_id, subject, changes, request_id, at)
      select ${org}, id, action, ${kind}, ${actor}, subject, changes, ${requestId}, ${now} from ${rows('audits')} as r(id uuid, action text, subject text, changes jsonb)
    ), told as (
      insert into outbox (org_id, id, name, payload, request_id, created_at)
      select ${org}, id, 'lead.captured', payload, ${requestId}, ${now} from ${rows('events')} as r(id uuid, payload jsonb)
      returning 1
    )
    select pg_notify('clew_outbox', '') where exists (select from told)`)
}

// Born with an owner: the receipt of it, as `placeLead` writes one for every later change.
const ownersAtBirth = (leads: SQL, org: SQL, now: SQL, plan: IngestPlan) => sql`
  insert into ownership_changes (org_id, lead_id, id, to_id, way, reason, actor_kind, actor_id, at)
  select ${org}, id, move_id, owner_id, ${wayOf(plan)}, 'source', ${plan.actor.kind}, ${plan.actor.id}, ${now}
  from ${leads} as r(id uuid, move_id uuid, owner_id uuid, duplicate_of uuid) where owner_id is not null and duplicate_of is null`

const wayOf = ({ isImported, actor }: IngestPlan) => (isImported ? 'import' : actor.kind === 'user' ? 'hand' : actor.kind === 'apiKey' ? 'api' : 'rule')
