import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { deliveryBodies, fetches, inquiries, inquiryDetails } from '~db/schema'
import { auditIn, type Context } from '../kernel'
import { releaseLead, releasePerson } from '../leads'
import { forgetPerson } from '../people'
import { momentOf } from './clean-text'
import { rememberForgotten } from './forgotten'
import { ingestLeads, type IngestItem } from './ingest-lead'
import { emptyDraft, type LeadDraft } from './lead-draft'
import type { IngestSource } from './plan-ingest'
import { settleWaiting } from './settle-fetch'

export { forgottenAmong } from './forgotten'

type InTx = Context & { tx: Tx }
type Found = { id: string; lead_id: string | null; person_id: string | null; company_id: string | null; delivery_id: string | null }

/** What may stay of a lead whose person is forgotten: where it came from, so that numbers still sum. */
const COUNTED = ['campaign_id', 'ad_group_id', 'ad_id', 'creative_id', 'form_id', 'page_id', 'account_id', 'organisation_id', 'event_id', 'lead_type', 'platform']

/**
 * Erases what inquiries of these external ids say, because the platform was asked to forget them: details, kept bodies,
 * and their person where nothing else holds it. The counted rows stay. Remembered, so that what comes later under the
 * id is counted and never brings the person back. Inside the caller's transaction.
 */
export async function honourErasures(ctx: InTx, source: IngestSource, externalIds: readonly string[]): Promise<void> {
  for (const externalId of [...new Set(externalIds)].sort()) {
    const isNew = await rememberForgotten(ctx, source, externalId)
    const open = await ctx.tx.select({ id: fetches.id }).from(fetches).where(and(eq(fetches.orgId, ctx.orgId), eq(fetches.sourceId, source.id), eq(fetches.externalId, externalId), ne(fetches.state, 'done')))
    await forgetFetches(ctx, source, open.map(({ id }) => id))
    const erased = await eraseInquiry(ctx, source, externalId)
    if (isNew) await auditIn(ctx.tx, ctx, 'inquiry.erase')(erased?.inquiryId ?? source.id, { after: { sourceId: source.id, leadId: erased?.leadId ?? null } })
  }
}

/** Leads that a push named after they were to be forgotten, or before they were asked for: counted, and never asked for. */
export async function forgetFetches(ctx: InTx, source: IngestSource, fetchIds: readonly Id<'fet'>[], namedBy?: Id<'dlv'>): Promise<void> {
  if (fetchIds.length === 0) return
  const rows = await ctx.tx.update(fetches).set({ state: 'gone', problem: 'forgotten', detail: null, nextAt: null, settledAt: ctx.now })
    .where(and(eq(fetches.orgId, ctx.orgId), inArray(fetches.id, [...fetchIds]), ne(fetches.state, 'done'))).returning()
  const items = rows.map(({ externalId, ask }) => {
    const { at, created_time: createdTime, ...external } = ask as Record<string, string>
    return { draft: bareDraft({ ...emptyDraft, externalId, at: momentOf(at ?? createdTime), external }) }
  })
  await ingestLeads(ctx, source, items)
  for (const { id } of rows) {
    await eraseBodiesOf(ctx, sql`select w.delivery_id from fetch_orders w where w.org_id = ${toUuid(ctx.orgId)} and w.fetch_id = ${toUuid(id)}
      and not exists (select from fetch_orders o where o.org_id = w.org_id and o.delivery_id = w.delivery_id and o.fetch_id <> w.fetch_id)`)
  }
  if (rows.length > 0) await settleWaiting(ctx, rows.map(({ id }) => id), namedBy)
}

/** Items without the person of those that were to be forgotten; the bytes they came in are not kept. */
export async function withoutForgotten(ctx: InTx, forgotten: ReadonlySet<string>, items: readonly IngestItem[]): Promise<readonly IngestItem[]> {
  const isForgotten = ({ draft }: IngestItem) => draft.externalId !== null && forgotten.has(draft.externalId)
  for (const { deliveryId } of items.filter(isForgotten)) if (deliveryId !== undefined) await eraseBodiesOf(ctx, sql`select ${toUuid(deliveryId)}::uuid`)
  return items.map((item) => (isForgotten(item) ? { ...item, draft: bareDraft(item.draft) } : item))
}

const bareDraft = ({ externalId, at, external, channel, campaign, productLine }: LeadDraft): LeadDraft => ({
  ...emptyDraft, externalId, at, channel, campaign, productLine, isRequest: true, external: Object.fromEntries(Object.entries(external).filter(([name]) => COUNTED.includes(name))),
})

async function eraseInquiry(ctx: InTx, source: IngestSource, externalId: string): Promise<{ inquiryId: Id<'inq'>; leadId: Id<'lead'> | null } | null> {
  const { tx, orgId } = ctx
  const org = toUuid(orgId)
  const [found] = await tx.execute<Found>(sql`
    select id, lead_id, person_id, company_id, delivery_id from inquiries where org_id = ${org} and source_id = ${toUuid(source.id)} and external_id = ${externalId} for update`)
  if (!found) return null
  const inquiryId = fromUuid('inq', found.id)
  const leadId = found.lead_id === null ? null : fromUuid('lead', found.lead_id)
  await tx.update(inquiryDetails).set({
    message: null, answers: [], clickIds: {}, utm: {}, landingPage: null, referrer: null,
    external: sql`(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(${inquiryDetails.external}) where key in (${sql.join(COUNTED.map((name) => sql`${name}`), sql`, `)}))`,
  }).where(and(eq(inquiryDetails.orgId, orgId), eq(inquiryDetails.inquiryId, inquiryId)))
  await tx.update(inquiries).set({ personId: null, companyId: null }).where(and(eq(inquiries.orgId, orgId), eq(inquiries.id, inquiryId)))
  await eraseBodiesOf(ctx, bodiesOf(org, toUuid(source.id), externalId, found))
  // Told again later, whom a colleague has named since then is not taken off.
  if (found.person_id !== null || found.company_id !== null) await release(ctx, leadId, found.person_id)
  return { inquiryId, leadId }
}

// Pushes that named several leads say nothing of a person and stay; answers are about one lead each.
const bodiesOf = (org: string, source: string, externalId: string, found: Found) => sql`
  select ${found.delivery_id}::uuid
  union select o.delivery_id from delivery_outcomes o join deliveries d on d.org_id = o.org_id and d.id = o.delivery_id
    where o.org_id = ${org} and o.inquiry_id = ${found.id} and d.source_id = ${source}
    and (select count(*) from fetch_orders w where w.org_id = o.org_id and w.delivery_id = o.delivery_id) < 2
  union select k.delivery_id from delivery_keys k where k.org_id = ${org} and k.source_id = ${source}
    and (starts_with(k.dedupe_key, ${`fetch:${externalId}:`}) or starts_with(k.dedupe_key, ${`pull:${externalId}:`}))`

async function eraseBodiesOf({ tx, orgId }: InTx, deliveries: ReturnType<typeof sql>): Promise<void> {
  await tx.delete(deliveryBodies).where(and(eq(deliveryBodies.orgId, orgId), sql`${deliveryBodies.deliveryId} in (${deliveries})`))
}

// Another inquiry, or what a member did, holds a lead and its people; then only what this inquiry said is gone.
async function release(ctx: InTx, leadId: Id<'lead'> | null, person: string | null): Promise<void> {
  const org = toUuid(ctx.orgId)
  const [held] = await ctx.tx.execute<{ lead: boolean; person: boolean; also: string[] }>(sql`
    with kin as (
      select k.id from people p join people k on k.org_id = p.org_id and coalesce(k.canonical_id, k.id) = coalesce(p.canonical_id, p.id)
      where p.org_id = ${org} and p.id = ${person}::uuid
    ), theirs as (
      select lp.lead_id from lead_people lp where lp.org_id = ${org} and lp.person_id in (select id from kin)
      union select l.id from leads l where l.org_id = ${org} and l.person_id in (select id from kin)
    ), worked as (
      select a.lead_id from activities a where a.org_id = ${org} and a.member_id is not null and a.undone_at is null and (a.lead_id in (select lead_id from theirs) or a.lead_id = ${lead(leadId)})
      union select m.lead_id from stage_moves m where m.org_id = ${org} and m.from_stage is not null and (m.lead_id in (select lead_id from theirs) or m.lead_id = ${lead(leadId)})
      union select r.lead_id from revenue_lines r where r.org_id = ${org} and (r.lead_id in (select lead_id from theirs) or r.lead_id = ${lead(leadId)})
    )
    select ${lead(leadId)} in (select lead_id from worked)
        or exists (select from inquiries q where q.org_id = ${org} and q.lead_id = ${lead(leadId)} and (q.person_id is not null or q.company_id is not null))
        or exists (select from lead_people lp where lp.org_id = ${org} and lp.lead_id = ${lead(leadId)} and lp.person_id not in (select id from kin)) as lead,
      exists (select from inquiries q where q.org_id = ${org} and q.person_id in (select id from kin)) or exists (select from worked where lead_id in (select lead_id from theirs)) as person,
      (select coalesce(json_agg(id), '[]') from kin) as also`)
  if (leadId !== null && held?.lead !== true) await releaseLead(ctx, leadId)
  if (person === null || held?.person === true) return
  for (const id of held?.also ?? []) {
    await releasePerson(ctx, fromUuid('per', id))
    await forgetPerson(ctx, fromUuid('per', id))
  }
}

const lead = (leadId: Id<'lead'> | null) => sql`${leadId === null ? null : toUuid(leadId)}::uuid`
