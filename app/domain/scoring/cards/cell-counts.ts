import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { query } from '../../kernel'
import { visibleLeads } from '../../leads'
import type { Cell } from '../vocabulary'

/** Open valid leads that one sees, by the cell in force; null: not scored, or left out of profiling. */
export const cellCounts = query({
  name: 'score-card.cell-counts',
  permission: 'settings:read',
  input: z.object({}),
  async run({ tx, ctx }): Promise<{ cell: Cell | null; leads: number }[]> {
    const rows = await tx.execute<{ cell: Cell | null; leads: number }>(sql`
      select (case when s.override_cell is null then s.cell else s.override_cell end)::int as cell, count(*)::int as leads
      from leads l left join lead_scores s on s.org_id = l.org_id and s.lead_id = l.id
      where l.is_open and l.verdict = 'valid' and l.duplicate_of is null and ${visibleLeads(ctx, 'l')} group by 1`)
    return [...rows]
  },
})
