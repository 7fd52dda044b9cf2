import { sql } from 'drizzle-orm'
import { toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { leadRows, type LeadListRow } from './lead-rows'
import { visibleLeads } from './visible-leads'

/** Leads by their ids as lists show them, duplicates too, in the order they came in; those the actor does not see are left out. */
export async function leadListRows(tx: Tx, ctx: Context, ids: readonly Id<'lead'>[]): Promise<LeadListRow[]> {
  if (ids.length === 0) return []
  return leadRows(tx, sql`l.id = any (${`{${ids.map(toUuid).join(',')}}`}::uuid[]) and ${visibleLeads(ctx, 'l')}`, sql`l.came_in_at, l.id`, ids.length)
}
