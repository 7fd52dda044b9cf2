import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { CardOutcome, CardTerms } from './card-terms'
import { memberRows, ms, peopleRows, readingOf, uuids } from './fact-rows'
import type { LedgerLine } from './score-history'
import { lineColumns, lineOf, type LineRow } from './standing-lines'
import type { CardKind, Cell, OverrideReason } from './vocabulary'

type InTx = Context & { tx: Tx }
export type LeadCard = { id: Id<'scd'>; version: number; kind: CardKind; publishedAt: Date | null; terms: CardTerms; /** what its chances are chances of */ outcome: CardOutcome }
export type LeadOverride = { cell: Cell; reason: OverrideReason; until: Date | null; at: Date; by: { id: Id<'mem'>; name: string } }

/** Every line that was written of a lead by a moment, of every card. */
export async function ledgerOf({ tx, orgId }: InTx, leadId: Id<'lead'>, by: Date): Promise<LedgerLine[]> {
  const rows = await tx.execute<LineRow & { card_id: string; reverses: string | null }>(sql`
    select ${lineColumns}, l.card_id, l.reverses from score_lines l
    where l.org_id = ${toUuid(orgId)}::uuid and l.lead_id = ${toUuid(leadId)}::uuid and l.recorded_at <= ${by.toISOString()}::timestamptz order by l.recorded_at, l.id`)
  return rows.map((row) => ({ ...lineOf(row), cardId: fromUuid('scd', row.card_id), reverses: row.reverses === null ? null : fromUuid('scl', row.reverses) }))
}

export async function cardsOf({ tx, orgId }: InTx, cardIds: readonly Id<'scd'>[]): Promise<Map<Id<'scd'>, LeadCard>> {
  const rows = cardIds.length === 0 ? [] : await tx.execute<{ id: string; version: number; kind: CardKind; published: number | null; terms: CardTerms; outcome: CardOutcome | null }>(sql`
    select c.id, c.version, c.kind, ${ms('c.published_at')} as published, c.terms, coalesce(c.report ->> 'outcome', c.lesson ->> 'outcome') as outcome from score_cards c where c.org_id = ${toUuid(orgId)}::uuid and c.id = any (${uuids(cardIds.map(toUuid))}::uuid[])`)
  return new Map(rows.map(({ id, version, kind, published, terms, outcome }) => [fromUuid('scd', id), { id: fromUuid('scd', id), version, kind, terms, outcome: outcome ?? 'won', publishedAt: published === null ? null : new Date(published) }]))
}

/** The cell that somebody had set by a moment. */
export async function overrideOf({ tx, orgId }: InTx, leadId: Id<'lead'>, at: Date): Promise<LeadOverride | null> {
  const moment = sql`${at.toISOString()}::timestamptz`
  const [row] = await tx.execute<{ cell: Cell; reason: OverrideReason; until: number | null; at: number; by: string; name: string }>(sql`
    select o.cell, o.reason, ${ms('o.until')} as until, ${ms('o.at')} as at, o.by, m.name from score_overrides o join members m on m.org_id = o.org_id and m.id = o.by
    where o.org_id = ${toUuid(orgId)}::uuid and o.lead_id = ${toUuid(leadId)}::uuid and o.at <= ${moment} and (o.ended_at is null or o.ended_at > ${moment}) and (o.until is null or o.until > ${moment})
    order by o.at desc limit 1`)
  return row === undefined ? null : { cell: row.cell, reason: row.reason, until: row.until === null ? null : new Date(row.until), at: new Date(row.at), by: { id: fromUuid('mem', row.by), name: row.name } }
}

/** Touches of a lead and its duplicates that count for nothing, because no human did them, or nobody knows. */
export async function notCounted({ tx, orgId }: InTx, told: readonly string[], by: Date): Promise<{ machine: number; unsure: number }> {
  const [row] = await tx.execute<{ machine: number; unsure: number }>(sql`
    select count(*) filter (where t.verdict = 'machine')::int as machine, count(*) filter (where t.verdict = 'unsure')::int as unsure from touches t
    where t.org_id = ${toUuid(orgId)}::uuid and t.lead_id = any (${uuids(told)}::uuid[]) and t.recorded_at <= ${by.toISOString()}::timestamptz and t.verdict <> 'human'`)
  return row ?? { machine: 0, unsure: 0 }
}

/** Who of a lead asked not to be profiled, first of all. */
export async function objectionOn(ctx: InTx, told: readonly string[], by: Date): Promise<{ at: Date; personId: Id<'per'> } | null> {
  const at = readingOf(ctx)
  const people = [...new Set((await peopleRows(at, told)).map(({ person }) => person))]
  const members = people.length === 0 ? [] : (await memberRows(at, people)).filter(({ objects }) => objects)
  if (members.length === 0) return null
  const [row] = await ctx.tx.execute<{ at: number; person_id: string }>(sql`
    select ${ms('o.at')} as at, o.person_id from profiling_objections o
    where o.org_id = ${toUuid(ctx.orgId)}::uuid and o.person_id = any (${uuids(members.map(({ id }) => id))}::uuid[]) and o.at <= ${by.toISOString()}::timestamptz order by o.at limit 1`)
  const head = members.find(({ id }) => id === row?.person_id)?.person
  return row === undefined || head === undefined ? null : { at: new Date(row.at), personId: fromUuid('per', head) }
}

/** The card of a lead that is kept a score without any line: somebody on it was never profiled. */
export async function keptCard({ tx, orgId }: InTx, leadId: Id<'lead'>): Promise<Id<'scd'> | null> {
  const [row] = await tx.execute<{ card_id: string }>(sql`select s.card_id from lead_scores s where s.org_id = ${toUuid(orgId)}::uuid and s.lead_id = ${toUuid(leadId)}::uuid`)
  return row === undefined ? null : fromUuid('scd', row.card_id)
}
