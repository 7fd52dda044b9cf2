import { sql } from 'drizzle-orm'
import { fromUuid, newUuid, toUuid, type Id } from '~/lib/ids'
import { executePrepared, type Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { Because } from './criteria/adapter'
import { ms, uuids } from './fact-rows'
import type { WantedLine } from './lines-of'
import type { ScoreGroup } from './vocabulary'

type InTx = Context & { tx: Tx }
/** A line that was recorded and not taken back. */
export type StandingLine = WantedLine & { id: Id<'scl'>; leadId: Id<'lead'>; recordedAt: Date }
/** What is to be written of a lead: lines that are missing, and those that no longer hold. */
export type Correction = { leadId: Id<'lead'>; missing: readonly WantedLine[]; gone: readonly StandingLine[] }

export type LineRow = {
  id: string; lead_id: string; line: string; cause: string; group_key: ScoreGroup; points: number; because: Because; touch_id: string | null
  at: number; half_life_days: number | null; expires_at: number | null; recorded_at: number
}
export const lineColumns = sql`l.id, l.lead_id, l.line, l.cause, l.group_key, l.points, l.because, l.touch_id, ${ms('l.at')} as at, l.half_life_days, ${ms('l.expires_at')} as expires_at, ${ms('l.recorded_at')} as recorded_at`

/** Lines of these leads by a card that stand, by lead. Reads `score_lines_lead` and `score_lines_reversed`. */
export async function standingLines({ tx, orgId }: InTx, cardId: Id<'scd'>, leadIds: readonly Id<'lead'>[]): Promise<Map<Id<'lead'>, StandingLine[]>> {
  const org = toUuid(orgId)
  const rows = await executePrepared<LineRow>(tx, sql`
    select ${lineColumns} from score_lines l
    where l.org_id = ${org}::uuid and l.card_id = ${toUuid(cardId)}::uuid and l.lead_id = any (${uuids(leadIds.map(toUuid))}::uuid[]) and l.reverses is null
      and not exists (select from score_lines r where r.org_id = l.org_id and r.reverses = l.id)`)
  const found = new Map<Id<'lead'>, StandingLine[]>()
  for (const line of rows.map(lineOf)) {
    const own = found.get(line.leadId)
    if (own === undefined) found.set(line.leadId, [line])
    else own.push(line)
  }
  return found
}

export const lineOf = (row: LineRow): StandingLine => ({
  id: fromUuid('scl', row.id), leadId: fromUuid('lead', row.lead_id), line: row.line, cause: row.cause, group: row.group_key, points: row.points, because: row.because,
  touchId: row.touch_id === null ? null : fromUuid('tch', row.touch_id), at: new Date(row.at), halfLifeDays: row.half_life_days, expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
  recordedAt: new Date(row.recorded_at),
})

/** What two lines have in common that are one: everything that is told of them. */
const nameOf = ({ line, cause, group, points, because, touchId, at, halfLifeDays, expiresAt }: WantedLine): string =>
  [line, cause, group, points, because.kind, because.value ?? '', because.count ?? '', touchId ?? '', at.getTime(), halfLifeDays ?? '', expiresAt?.getTime() ?? ''].join('|')

/** What makes the lines that stand those that facts give: each is there once. */
export function correctionOf(leadId: Id<'lead'>, wanted: readonly WantedLine[], standing: readonly StandingLine[]): Correction {
  const there = new Map(standing.map((line) => [nameOf(line), line]))
  const due = new Map(wanted.map((line) => [nameOf(line), line]))
  return {
    leadId, missing: [...due].flatMap(([name, line]) => (there.has(name) ? [] : [line])),
    gone: standing.filter((line) => !due.has(nameOf(line)) || there.get(nameOf(line)) !== line),
  }
}

/** Appends what is missing and takes back what is gone, by lines of the opposite points that decay alike. */
export async function recordLines({ tx, orgId, now }: InTx, cardId: Id<'scd'>, corrections: readonly Correction[]): Promise<void> {
  const rowOf = (leadId: Id<'lead'>, line: WantedLine, reverses: Id<'scl'> | null) => ({
    id: newUuid(), lead_id: toUuid(leadId), line: line.line, cause: line.cause, group_key: line.group, points: reverses === null ? line.points : 0 - line.points, because: line.because,
    touch_id: line.touchId === null ? null : toUuid(line.touchId), at: line.at.toISOString(), half_life_days: line.halfLifeDays, expires_at: line.expiresAt?.toISOString() ?? null,
    reverses: reverses === null ? null : toUuid(reverses),
  })
  const rows = corrections.flatMap(({ leadId, missing, gone }) => [...gone.map((line) => rowOf(leadId, line, line.id)), ...missing.map((line) => rowOf(leadId, line, null))])
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into score_lines (org_id, id, lead_id, card_id, line, cause, group_key, points, because, touch_id, at, half_life_days, expires_at, reverses, recorded_at)
    select ${toUuid(orgId)}::uuid, r.id, r.lead_id, ${toUuid(cardId)}::uuid, r.line, r.cause, r.group_key, r.points, r.because, r.touch_id, r.at, r.half_life_days, r.expires_at, r.reverses, ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, lead_id uuid, line text, cause text, group_key text, points integer, because jsonb, touch_id uuid, at timestamptz,
      half_life_days integer, expires_at timestamptz, reverses uuid)`)
}
