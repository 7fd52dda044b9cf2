import { sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../../kernel'
import { textArray } from './array-literal'
import type { TouchedIds } from './snapshot-rows'

/** The leads these external ids name, and their companies: what importing outcomes may change. Reads `inquiries_external`. */
export async function leadsOfOutcomes(ctx: Context & { tx: Tx }, externalIds: readonly string[]): Promise<TouchedIds> {
  const rows = await ctx.tx.execute<{ id: string; company_id: string | null }>(sql`
    select distinct l.id, l.company_id from inquiries q join leads d on d.org_id = q.org_id and d.id = q.lead_id
    join leads l on l.org_id = d.org_id and l.id = case when d.duplicate_of is null then d.id else d.duplicate_of end
    where q.org_id = ${toUuid(ctx.orgId)}::uuid and q.external_id = any (${textArray(externalIds)}::text[])`)
  const companies = rows.flatMap(({ company_id: company }) => (company === null ? [] : [company]))
  return { people: new Set(), companies: new Set(companies), leads: new Set(rows.map(({ id }) => id)), inquiries: new Set() }
}
