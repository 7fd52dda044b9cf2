import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { ms, uuids } from './fact-rows'
import type { Cell } from './vocabulary'

/** A cell that somebody set and that counts until it ends. */
export type OverrideInForce = { cell: Cell; until: Date | null }

/** Overrides of these leads that count; those whose time is over are ended. */
export async function overridesInForce({ tx, orgId, now }: Context & { tx: Tx }, leadIds: readonly Id<'lead'>[]): Promise<Map<Id<'lead'>, OverrideInForce>> {
  const [org, ids] = [toUuid(orgId), uuids(leadIds.map(toUuid))]
  const rows = await tx.execute<{ lead_id: string; cell: Cell; until: number | null }>(sql`
    select o.lead_id, o.cell, ${ms('o.until')} as until from score_overrides o where o.org_id = ${org}::uuid and o.lead_id = any (${ids}::uuid[]) and o.ended_at is null`)
  const isOver = ({ until }: { until: number | null }) => until !== null && until <= now.getTime()
  if (rows.some(isOver)) {
    await tx.execute(sql`
      update score_overrides o set ended_at = o.until where o.org_id = ${org}::uuid and o.lead_id = any (${ids}::uuid[]) and o.ended_at is null and o.until <= ${now.toISOString()}::timestamptz`)
  }
  return new Map(rows.filter((row) => !isOver(row)).map((row) => [fromUuid('lead', row.lead_id), { cell: row.cell, until: row.until === null ? null : new Date(row.until) }]))
}
