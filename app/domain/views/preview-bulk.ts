import { sql } from 'drizzle-orm'
import { fromUuid } from '~/lib/ids'
import { can, DomainError, query } from '../kernel'
import { leadListRows, type LeadListRow } from '../leads'
import { actionOf } from './bulk-actions'
import { targetOf } from './bulk-target'
import { PreviewBulk } from './contract'
import { bulkAtMost } from './vocabulary'

/** What a bulk change would do: the four sum to `total`. `sample` is some of those that will change. */
export type BulkPreview = { total: number; changes: number; already: number; barred: number; stale: number; isTooMany: boolean; sample: LeadListRow[] }

/** Foresees a bulk change, row by row in one statement, and writes nothing. Refuses: not-allowed, invalid. */
export const previewBulk = query({
  name: 'bulk.preview',
  permission: 'leads:write',
  input: PreviewBulk,
  async run({ tx, ctx, input: { deed, target } }): Promise<BulkPreview> {
    const action = actionOf(deed)
    if (!can(ctx.actor, action.permission)) throw new DomainError('not-allowed')
    const { where, isChanged } = await targetOf(tx, ctx, target)
    const rows = await tx.execute<{ fate: string; n: number; some: string[] }>(sql`
      select fate, count(*)::int as n, (array_agg(id order by id desc))[1:5] as some from (
        select l.id, case when ${isChanged} then 'stale' when ${action.isSo(deed)} then 'already' when ${action.isBarred?.(deed) ?? sql`false`} then 'barred' else 'changes' end as fate
        from leads l join lead_stages s on s.org_id = l.org_id and s.lead_id = l.id where ${where} limit ${bulkAtMost + 1}
      ) meant group by fate`)
    const of = (fate: string) => rows.find((row) => row.fate === fate)?.n ?? 0
    const total = rows.reduce((sum, row) => sum + row.n, 0)
    const some = rows.find((row) => row.fate === 'changes')?.some ?? []
    return {
      total, changes: of('changes'), already: of('already'), barred: of('barred'), stale: of('stale'), isTooMany: total > bulkAtMost,
      sample: await leadListRows(tx, ctx, some.map((id) => fromUuid('lead', id))),
    }
  },
})
