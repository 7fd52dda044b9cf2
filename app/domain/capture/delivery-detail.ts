import { and, asc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { deliveries, deliveryBodies, deliveryOutcomes, sources } from '~db/schema'
import { can, DomainError, query, type Context } from '../kernel'
import { OneDelivery } from './contract'
import type { Issue } from './lead-draft'
import { headersWithoutSecrets, withoutSecrets } from './masked'
import { receiptOf } from './receipt'
import type { ConnectorName, DeliveryVerdict, Way } from './vocabulary'

/** A message and every verdict on it, oldest first. `content` is null for whoever may not read bodies, and where none was kept. */
export type DeliveryDetail = {
  id: Id<'dlv'>; receipt: string; source: { id: Id<'src'>; name: string }; connector: ConnectorName; receivedAt: Date; bytes: number; sha256: string; replyStatus: number
  requestId: string | null; way: Way; state: DeliveryVerdict
  history: { at: Date; verdict: DeliveryVerdict; issues: Issue[]; firstDeliveryId: Id<'dlv'> | null; leadId: Id<'lead'> | null }[]
  maySeeContent: boolean
  /** Keys and tokens that a platform sends in its body are covered. */
  content: { headers: Record<string, string>; body: string; isCut: boolean } | null
}
const MOST_SHOWN = 200_000

/** One delivery. Its headers and body are answered only with `deliveries:body`, as text. Refuses `not-found`. */
export const deliveryDetail = query({
  name: 'delivery.detail',
  permission: 'deliveries:read',
  input: OneDelivery,
  async run({ tx, ctx, input: { deliveryId } }): Promise<DeliveryDetail> {
    const [row] = await tx.select({ delivery: deliveries, source: { id: sources.id, name: sources.name } }).from(deliveries)
      .innerJoin(sources, and(eq(sources.orgId, deliveries.orgId), eq(sources.id, deliveries.sourceId)))
      .where(and(eq(deliveries.orgId, ctx.orgId), eq(deliveries.id, deliveryId)))
    if (!row) throw new DomainError('not-found')
    const history = await tx.select().from(deliveryOutcomes).where(and(eq(deliveryOutcomes.orgId, ctx.orgId), eq(deliveryOutcomes.deliveryId, deliveryId))).orderBy(asc(deliveryOutcomes.id))
    const maySeeContent = can(ctx.actor, 'deliveries:body')
    const { id, connector, receivedAt, bodyBytes, bodySha256, replyStatus, requestId, way } = row.delivery
    return {
      id, receipt: receiptOf(id), source: row.source, connector, receivedAt, bytes: bodyBytes, sha256: bodySha256, replyStatus, requestId, way,
      state: history.at(-1)?.verdict ?? 'stored',
      history: history.map(({ at, verdict, issues, firstDeliveryId, leadId }) => ({ at, verdict, issues: (issues as Issue[] | null) ?? [], firstDeliveryId, leadId })),
      maySeeContent, content: maySeeContent ? await contentOf(tx, ctx, deliveryId) : null,
    }
  },
})

async function contentOf(tx: Tx, ctx: Context, deliveryId: Id<'dlv'>): Promise<DeliveryDetail['content']> {
  const [kept] = await tx.select().from(deliveryBodies).where(and(eq(deliveryBodies.orgId, ctx.orgId), eq(deliveryBodies.deliveryId, deliveryId)))
  if (!kept) return null
  const text = Buffer.from(kept.body.subarray(0, MOST_SHOWN)).toString('utf8')
  return { headers: headersWithoutSecrets(kept.headers as Record<string, string>), body: withoutSecrets(text), isCut: kept.body.byteLength > MOST_SHOWN }
}
