import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { BASE_LINE, type Cell, type ScoreGroup } from '../scoring/vocabulary'
import { effectiveCell } from './effective-cell'

/** A lead's points at a moment; `cell` is the one that counts, `override` the one somebody set, null where nobody did. */
export type ScoreSums = { fit: number; interest: number; total: number; cell: Cell; override: Cell | null; cardVersion: number }

/** A line that counts now, as a card's line gave it: `because` holds codes. */
export type ScoreLine = { leadId: Id<'lead'>; line: string; group: ScoreGroup; points: number; worth: number; because: unknown; at: Date }

/**
 * The points of many leads at a moment, by the card in force for each: the sum of its lines with their decay, in SQL what
 * the lead's page sums line by line. Leads without a cell are left out. Reads `lead_scores` and `score_lines_lead`.
 */
export async function scoreSums(tx: Tx, leadIds: readonly Id<'lead'>[], at: Date): Promise<ReadonlyMap<Id<'lead'>, ScoreSums>> {
  if (leadIds.length === 0) return new Map()
  const rows = await tx.execute<{ lead_id: string; cell: Cell; override_cell: Cell | null; version: number; fit: number; interest: number }>(sql`
    select sc.lead_id, ${effectiveCell('sc')} as cell, sc.override_cell, k.version, points.fit, points.interest
    from lead_scores sc join score_cards k on k.org_id = sc.org_id and k.id = sc.card_id
    join lateral (
      select coalesce(sum(worth) filter (where x.group_key = 'fit'), 0)::int as fit, coalesce(sum(worth) filter (where x.group_key = 'interest'), 0)::int as interest
      from score_lines x, lateral (select clew_find.worth(x.points, x.at, x.half_life_days, x.expires_at, ${at.toISOString()}::timestamptz) as worth) now
      where x.org_id = sc.org_id and x.lead_id = sc.lead_id and x.card_id = sc.card_id) points on true
    where sc.lead_id = any (${`{${leadIds.map(toUuid).join(',')}}`}::uuid[]) and ${effectiveCell('sc')} is not null`)
  return new Map(rows.map(({ lead_id: id, override_cell: override, version, ...row }) => [fromUuid('lead', id), { fit: row.fit, interest: row.interest, total: row.fit + row.interest, cell: row.cell, override, cardVersion: version }]))
}

/** The lines behind them: what stands, of the same card, with its worth then; what is worth nothing any more is left out, as on the lead's page. */
export async function scoreLinesOf(tx: Tx, leadIds: readonly Id<'lead'>[], at: Date): Promise<ScoreLine[]> {
  if (leadIds.length === 0) return []
  const rows = await tx.execute<{ lead_id: string; line: string; group_key: ScoreGroup; points: number; worth: number; because: unknown; at: string }>(sql`
    select x.lead_id, x.line, x.group_key, x.points, now.worth, x.because, x.at::text
    from lead_scores sc join score_lines x on x.org_id = sc.org_id and x.lead_id = sc.lead_id and x.card_id = sc.card_id,
      lateral (select clew_find.worth(x.points, x.at, x.half_life_days, x.expires_at, ${at.toISOString()}::timestamptz) as worth) now
    where sc.lead_id = any (${`{${leadIds.map(toUuid).join(',')}}`}::uuid[]) and x.reverses is null
      and not exists (select from score_lines r where r.org_id = x.org_id and r.reverses = x.id) and (now.worth <> 0 or x.line = ${BASE_LINE})
    order by x.lead_id, x.group_key, x.at, x.id`)
  return rows.map(({ lead_id: leadId, group_key: group, at: when, ...row }) => ({ ...row, leadId: fromUuid('lead', leadId), group, at: new Date(when) }))
}
