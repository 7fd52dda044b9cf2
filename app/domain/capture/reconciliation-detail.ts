import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { query } from '../kernel'
import { OneReconciliation } from './contract'
import { oneReconciliation, type Reconciliation } from './list-reconciliations'
import type { DeliveryVerdict, DifferenceKind } from './vocabulary'

/** A lead only one side had. `leadId` is what became of it by now; `verdict` what became of the delivery that was fetched. */
export type ReconciliationDifference = {
  kind: DifferenceKind; externalId: string; at: Date | null; deliveryId: Id<'dlv'> | null; verdict: DeliveryVerdict | null; leadId: Id<'lead'> | null
}
export type ReconciliationDetail = Reconciliation & { differences: ReconciliationDifference[] }
type Row = { kind: DifferenceKind; external_id: string; at: string | null; delivery_id: string | null; verdict: DeliveryVerdict | null; lead_id: string | null }

const MOST_SHOWN = 1_000

/** A comparison with its differences, the missing ones first, at most 1,000 of them. Refuses `not-found`. */
export const reconciliationDetail = query({
  name: 'reconciliation.detail',
  permission: 'sources:read',
  input: OneReconciliation,
  async run({ tx, ctx, input: { reconciliationId } }): Promise<ReconciliationDetail> {
    const reconciliation = await oneReconciliation(tx, ctx, reconciliationId)
    const rows = await tx.execute<Row>(sql`
      select d.kind, d.external_id, d.at, d.delivery_id, o.verdict, q.lead_id from reconciliation_differences d
      left join inquiries q on q.org_id = d.org_id and q.source_id = ${toUuid(reconciliation.sourceId)} and q.external_id = d.external_id
      left join lateral (
        select verdict from delivery_outcomes o where o.org_id = d.org_id and o.delivery_id = d.delivery_id order by o.id desc limit 1) o on true
      where d.org_id = ${toUuid(ctx.orgId)} and d.reconciliation_id = ${toUuid(reconciliationId)}
      order by d.kind, d.at desc nulls last, d.external_id limit ${MOST_SHOWN}`)
    return { ...reconciliation, differences: rows.map(differenceOf) }
  },
})

const differenceOf = (row: Row): ReconciliationDifference => ({
  kind: row.kind, externalId: row.external_id, at: row.at === null ? null : new Date(row.at), deliveryId: row.delivery_id === null ? null : fromUuid('dlv', row.delivery_id),
  verdict: row.verdict ?? (row.delivery_id === null ? null : 'stored'), leadId: row.lead_id === null ? null : fromUuid('lead', row.lead_id),
})
