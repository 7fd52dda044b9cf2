import { and, desc, eq } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { reconciliations, sources } from '~db/schema'
import { DomainError, query, type Context } from '../kernel'
import type { RemoteProblem } from './connectors/connector'
import { OneSource } from './contract'
import type { ReconciliationState } from './vocabulary'

/** One comparison: the platform has `platform` leads, we have `ours`; what is missing here was fetched, what is unknown there is named. */
export type Reconciliation = {
  id: Id<'rcn'>; sourceId: Id<'src'>; state: ReconciliationState; since: Date; until: Date; platform: number; ours: number; missing: number; unknown: number; fetched: number; tests: number
  problem: RemoteProblem | null; detail: string | null; startedAt: Date; finishedAt: Date | null
}
const MOST = 60

/** The comparisons of a source with its platform's own list, newest first. Refuses `not-found`. */
export const listReconciliations = query({
  name: 'reconciliation.list',
  permission: 'sources:read',
  input: OneSource,
  async run({ tx, ctx, input: { sourceId } }): Promise<Reconciliation[]> {
    const [source] = await tx.select({ id: sources.id }).from(sources).where(and(eq(sources.orgId, ctx.orgId), eq(sources.id, sourceId)))
    if (!source) throw new DomainError('not-found')
    const rows = await tx.select().from(reconciliations).where(and(eq(reconciliations.orgId, ctx.orgId), eq(reconciliations.sourceId, sourceId))).orderBy(desc(reconciliations.id)).limit(MOST)
    return rows.map(reconciliationOf)
  },
})

const reconciliationOf = (row: typeof reconciliations.$inferSelect): Reconciliation => ({
  id: row.id, sourceId: row.sourceId, state: row.state, since: row.since, until: row.until, platform: row.platformCount, ours: row.ourCount, missing: row.missingCount, unknown: row.unknownCount,
  fetched: row.fetchedCount, tests: row.testCount, problem: row.problem as RemoteProblem | null, detail: row.detail, startedAt: row.createdAt, finishedAt: row.finishedAt,
})

/** One comparison. Refuses `not-found`. */
export async function oneReconciliation(tx: Tx, ctx: Context, reconciliationId: Id<'rcn'>): Promise<Reconciliation> {
  const [row] = await tx.select().from(reconciliations).where(and(eq(reconciliations.orgId, ctx.orgId), eq(reconciliations.id, reconciliationId)))
  if (!row) throw new DomainError('not-found')
  return reconciliationOf(row)
}
