import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { inTransaction, type Context } from '../kernel'
import { publishedCard } from './published-card'
import { scoreLeads } from './score-leads'

const TOGETHER = 250

/** Scores the leads that an import made or asked again for, some at a time, each time in a transaction of its own. For handlers. */
export async function scoreImport(ctx: Context, importId: Id<'imp'>): Promise<number> {
  const ids = await inTransaction(ctx, 'read only', async (tx) => {
    if ((await publishedCard(tx, ctx.orgId)) === null) return []
    return tx.execute<{ id: string }>(sql`
      select unnest(c.leads) as id from import_chunks c where c.org_id = ${toUuid(ctx.orgId)}::uuid and c.import_id = ${toUuid(importId)}::uuid and c.undone_at is null
      union select q.lead_id from import_chunks c join inquiries q on q.org_id = c.org_id and q.id = any (c.inquiries)
      where c.org_id = ${toUuid(ctx.orgId)}::uuid and c.import_id = ${toUuid(importId)}::uuid and c.undone_at is null and q.lead_id is not null order by 1`)
  })
  for (let from = 0; from < ids.length; from += TOGETHER) await scoreLeads(ctx, { leadIds: ids.slice(from, from + TOGETHER).map(({ id }) => fromUuid('lead', id)) })
  return ids.length
}
