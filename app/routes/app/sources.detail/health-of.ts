import {
  listFetches, listReconciliations, listSourceAlarms, reconciliationDetail, sourcePull,
  type FetchRow, type Reconciliation, type ReconciliationDetail, type SourceAlarm, type SourceBacklog, type SourcePull,
} from '~/domain/capture'
import { can, type Context } from '~/domain/kernel'
import type { Id } from '~/lib/ids'

const SHOWN_FETCHES = 50
const EARLIER = 7

/** What may be wrong with a source. `backlog` is null where no push ever only named a lead, `list` where the platform has none. */
export type Health = {
  alarms: readonly SourceAlarm[]
  backlog: { of: SourceBacklog; rows: readonly FetchRow[]; isMore: boolean } | null
  list: { pull: SourcePull; last: ReconciliationDetail | null; earlier: readonly Reconciliation[] } | null
  mayRetry: boolean
  mayManage: boolean
}

/** Reads a source's alarms, its backlog of fetches and what its platform's own list said. */
export async function healthOf(ctx: Context, sourceId: Id<'src'>): Promise<Health> {
  return {
    alarms: await listSourceAlarms(ctx, { sourceId }),
    backlog: can(ctx.actor, 'deliveries:read') ? await backlogOf(ctx, sourceId) : null,
    list: await listOf(ctx, sourceId),
    mayRetry: can(ctx.actor, 'deliveries:replay'), mayManage: can(ctx.actor, 'sources:write'),
  }
}

async function backlogOf(ctx: Context, sourceId: Id<'src'>): Promise<Health['backlog']> {
  const { sources: [own], fetches, next } = await listFetches(ctx, { sourceId, limit: SHOWN_FETCHES })
  return own === undefined ? null : { of: own, rows: fetches, isMore: next !== null }
}

async function listOf(ctx: Context, sourceId: Id<'src'>): Promise<Health['list']> {
  const pull = await sourcePull(ctx, { sourceId })
  if (!pull.hasList) return null
  const [last, ...earlier] = await listReconciliations(ctx, { sourceId })
  return { pull, last: last === undefined ? null : await reconciliationDetail(ctx, { reconciliationId: last.id }), earlier: earlier.slice(0, EARLIER) }
}
