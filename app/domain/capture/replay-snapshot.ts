import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { DeliveryVerdict } from './vocabulary'

/** What of an inquiry can change when its message is read again; texts, null where there is nothing. */
export const shownFields = ['name', 'title', 'phone', 'email', 'company', 'website', 'industry', 'employees', 'campaign', 'message', 'answers', 'ids'] as const
export type ShownField = (typeof shownFields)[number]
/** A delivery as it stands: its verdict and what its inquiry and lead say. */
export type Standing = {
  deliveryId: Id<'dlv'>; verdict: DeliveryVerdict; inquiryId: Id<'inq'> | null; leadId: Id<'lead'> | null; isRepeat: boolean
  values: Record<ShownField, string | null>
}
type Row = { id: string; verdict: DeliveryVerdict; inquiry_id: string | null; lead_id: string | null; is_repeat: boolean | null } & Record<ShownField, string | null>

/** How these deliveries stand. Reads by `delivery_outcomes_delivery` and primary keys, a handful of rows each. */
export async function standings(tx: Tx, ctx: Context, deliveryIds: readonly Id<'dlv'>[]): Promise<Map<Id<'dlv'>, Standing>> {
  if (deliveryIds.length === 0) return new Map()
  const ids = sql.join(deliveryIds.map((id) => sql`${toUuid(id)}::uuid`), sql`, `)
  const rows = await tx.execute<Row>(sql`
    select d.id, coalesce(o.verdict, 'stored') as verdict, q.id as inquiry_id, q.lead_id, q.is_repeat,
      nullif(p.name, '') as name, p.title,
      (select string_agg(i.shown, ', ' order by i.value) from identities i where i.org_id = q.org_id and i.person_id = q.person_id and i.kind = 'phone') as phone,
      (select string_agg(i.shown, ', ' order by i.value) from identities i where i.org_id = q.org_id and i.person_id = q.person_id and i.kind = 'email') as email,
      c.name as company, c.domain as website, c.industry, c.employees::text as employees, m.name as campaign, x.message,
      (select string_agg(a->>'question' || ': ' || (a->>'answer'), '; ') from jsonb_array_elements(x.answers) a) as answers,
      (select string_agg(e.key || ' ' || e.value, ', ' order by e.key) from jsonb_each_text(x.external || x.click_ids || x.utm) e) as ids
    from deliveries d
    left join lateral (select verdict, inquiry_id from delivery_outcomes o where o.org_id = d.org_id and o.delivery_id = d.id order by o.id desc limit 1) o on true
    left join inquiries q on q.org_id = d.org_id and q.id = o.inquiry_id
    left join inquiry_details x on x.org_id = q.org_id and x.inquiry_id = q.id
    left join people p on p.org_id = q.org_id and p.id = q.person_id
    left join companies c on c.org_id = q.org_id and c.id = q.company_id
    left join campaigns m on m.org_id = q.org_id and m.id = q.campaign_id
    where d.org_id = ${toUuid(ctx.orgId)} and d.id in (${ids})`)
  return new Map(rows.map((row) => [fromUuid('dlv', row.id), standingOf(row)]))
}

function standingOf(row: Row): Standing {
  return {
    deliveryId: fromUuid('dlv', row.id), verdict: row.verdict, isRepeat: row.is_repeat ?? false,
    inquiryId: row.inquiry_id === null ? null : fromUuid('inq', row.inquiry_id), leadId: row.lead_id === null ? null : fromUuid('lead', row.lead_id),
    values: Object.fromEntries(shownFields.map((field) => [field, row[field]])) as Standing['values'],
  }
}
