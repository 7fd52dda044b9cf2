import { and, sql, type SQL } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { DomainError, type Context } from '../kernel'
import { changedSince, leadFilter, timeZoneOf, visibleLeads } from '../leads'
import { filterOf, type BulkTarget } from './contract'

/** Which leads are meant, over `leads l join lead_stages s`, and which of them somebody has changed since they were looked at. */
export async function targetOf(tx: Tx, ctx: Context, target: BulkTarget): Promise<{ where: SQL; isChanged: SQL; asOf: Date; search: string | null }> {
  if ('picked' in target) {
    const rows = JSON.stringify(target.picked.map(({ leadId, version }) => ({ id: toUuid(leadId), version })))
    const seen = sql`(select k.version from json_to_recordset(${rows}::json) as k(id uuid, version integer) where k.id = l.id)`
    const ids = sql`l.id = any (array(select k.id from json_to_recordset(${rows}::json) as k(id uuid)))`
    return { where: and(visibleLeads(ctx, 'l'), ids) ?? ids, isChanged: sql`l.version <> ${seen}`, asOf: ctx.now, search: null }
  }
  const asOf = target.asOf > ctx.now ? ctx.now : target.asOf
  const filter = leadFilter(ctx, readFilter(target.search), await timeZoneOf(tx))
  // Who came in after the list was looked at was not meant.
  const were = sql`l.created_at <= ${asOf.toISOString()}::timestamptz`
  return { where: and(visibleLeads(ctx, 'l'), filter, were) ?? were, isChanged: changedSince(new Date(asOf.getTime() + 1)), asOf, search: target.search }
}

function readFilter(search: string) {
  try {
    return filterOf(search)
  } catch {
    throw new DomainError('invalid', { fields: { search: ['not-a-filter'] } })
  }
}
