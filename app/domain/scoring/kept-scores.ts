import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { ms, uuids } from './fact-rows'
import type { Cell } from './vocabulary'

type InTx = Context & { tx: Tx }
/** Where a lead stands, as it is kept. */
export type KeptScore = { leadId: Id<'lead'>; cardId: Id<'scd'>; fit: number; interest: number; cell: Cell | null; chance: number | null; overrideCell: Cell | null; dueAt: Date | null }
type Row = { lead_id: string; card_id: string; fit: number; interest: number; cell: Cell | null; chance: number | null; override_cell: Cell | null; due_at: number | null }

/** A person's cell goes before the card's. */
export const effectiveCell = (score: Pick<KeptScore, 'cell' | 'overrideCell'> | undefined): Cell | null => score?.overrideCell ?? score?.cell ?? null

/** The scores of these leads, held until the transaction ends: two who score one lead do it one after the other. */
export async function lockScores({ tx, orgId }: InTx, leadIds: readonly Id<'lead'>[]): Promise<Map<Id<'lead'>, KeptScore>> {
  const rows = await tx.execute<Row>(sql`
    select s.lead_id, s.card_id, s.fit, s.interest, s.cell, s.chance, s.override_cell, ${ms('s.due_at')} as due_at from lead_scores s
    where s.org_id = ${toUuid(orgId)}::uuid and s.lead_id = any (${uuids(leadIds.map(toUuid))}::uuid[]) order by s.lead_id for update`)
  return new Map(rows.map((row) => [fromUuid('lead', row.lead_id), scoreOf(row)]))
}

const scoreOf = (row: Row): KeptScore => ({
  leadId: fromUuid('lead', row.lead_id), cardId: fromUuid('scd', row.card_id), fit: row.fit, interest: row.interest, cell: row.cell, chance: row.chance, overrideCell: row.override_cell,
  dueAt: row.due_at === null ? null : new Date(row.due_at),
})

const rowsOf = (scores: readonly KeptScore[]): string => JSON.stringify([...scores].sort((a, b) => (toUuid(a.leadId) < toUuid(b.leadId) ? -1 : 1)).map((score) => ({
  lead_id: toUuid(score.leadId), card_id: toUuid(score.cardId), fit: score.fit, interest: score.interest, cell: score.cell, chance: score.chance, override_cell: score.overrideCell, due_at: score.dueAt?.toISOString() ?? null,
})))
const columns = sql`r(lead_id uuid, card_id uuid, fit integer, interest integer, cell smallint, chance double precision, override_cell smallint, due_at timestamptz)`

/** Writes scores of leads that had none, in the order of their ids. Answers whose: of two who come at once the other has been first. */
export async function addScores({ tx, orgId, now }: InTx, scores: readonly KeptScore[]): Promise<Set<Id<'lead'>>> {
  if (scores.length === 0) return new Set()
  const rows = await tx.execute<{ lead_id: string }>(sql`
    insert into lead_scores (org_id, lead_id, card_id, fit, interest, cell, chance, override_cell, scored_at, due_at)
    select ${toUuid(orgId)}::uuid, r.lead_id, r.card_id, r.fit, r.interest, r.cell, r.chance, r.override_cell, ${now.toISOString()}::timestamptz, r.due_at
    from json_to_recordset(${rowsOf(scores)}::json) as ${columns}
    on conflict (org_id, lead_id) do nothing returning lead_id`)
  return new Set(rows.map((row) => fromUuid('lead', row.lead_id)))
}

/** Writes scores anew that the caller holds. */
export async function changeScores({ tx, orgId, now }: InTx, scores: readonly KeptScore[]): Promise<void> {
  if (scores.length === 0) return
  await tx.execute(sql`
    update lead_scores s set card_id = r.card_id, fit = r.fit, interest = r.interest, cell = r.cell, chance = r.chance, override_cell = r.override_cell, scored_at = ${now.toISOString()}::timestamptz, due_at = r.due_at
    from json_to_recordset(${rowsOf(scores)}::json) as ${columns} where s.org_id = ${toUuid(orgId)}::uuid and s.lead_id = r.lead_id`)
}
