import { and, eq, inArray, sql } from 'drizzle-orm'
import * as z from 'zod'
import { newId, type Id } from '~/lib/ids'
import { localDate } from '~/lib/period'
import type { Tx } from '~db/client.server'
import { inquiries, leads, leadStages, members, organisations, stageMoves } from '~db/schema'
import { actorId, command, type Context } from '../kernel'
import { currencyCode, idOf, moment } from '../kernel/contract'
import type { LeadRow } from './locked-lead'
import { mergeOutcome, type MergedOutcome } from './merge-outcome'
import { placeLead } from './place-lead'
import { startState, type StageState } from './stage-state'
import { grades } from './vocabulary'
import { visibleLeads } from './visible-leads'
import { writeStage } from './write-stage'

const OutcomeToImport = z.object({
  rowIndex: z.number().int(),
  externalId: z.string().min(1),
  owner: z.string().nullable().default(null),
  qualifiedAt: moment.nullable(), gradedAt: moment.nullable(), grade: z.enum(grades).nullable(),
  wonAt: moment.nullable(), lostAt: moment.nullable(), lostReason: z.string().nullable(),
  amount: z.bigint().nullable(), currency: currencyCode.nullable(),
})
type OutcomeToImport = z.output<typeof OutcomeToImport>

/** What became of a row. `created` is an outcome said for the first time, `updated` one that was put right. */
export type ImportedOutcomeResult = {
  rowIndex: number
  result: 'created' | 'updated' | 'unchanged' | 'failed'
  leadId?: Id<'lead'>
  reason?: 'lead-unknown' | 'lead-ambiguous' | 'would-go-back'
  remarks: ('won-before-lead' | 'owner-unknown')[]
}

/**
 * Puts outcomes of history on leads found by the external id of an inquiry: up to 1,000 rows in one transaction, each
 * moment as the file has it, marked as imported. Saying it again changes nothing; nothing goes back; what was done by
 * hand stays. A row that finds no lead, or two of which none is of `sourceId`, is answered as failed and the others go in.
 * Owners are found by mail address or full name. Refuses: not-allowed.
 */
export const importOutcomes = command({
  name: 'lead.import-outcomes',
  permission: 'imports:write',
  input: z.object({ rows: z.array(OutcomeToImport).max(1000), sourceId: idOf('src').optional() }),
  async run({ tx, ctx, input, audit }): Promise<ImportedOutcomeResult[]> {
    const found = await leadsByExternalId(tx, ctx, input.rows.map((row) => row.externalId), input.sourceId)
    const states = await statesOf(tx, [...found.values()].flat())
    const owners = await ownersByName(tx)
    const timeZone = await timeZoneOf(tx)
    const results: ImportedOutcomeResult[] = []
    for (const row of input.rows) {
      const candidates = found.get(row.externalId) ?? []
      const [lead] = candidates
      if (lead === undefined || candidates.length > 1) {
        results.push({ rowIndex: row.rowIndex, result: 'failed', reason: lead === undefined ? 'lead-unknown' : 'lead-ambiguous', remarks: [] })
        continue
      }
      const before = states.get(lead.id) ?? startState(lead.cameInAt, lead.isImported)
      const merged = mergeOutcome(before, row, ctx.now)
      if (merged.refused) {
        results.push({ rowIndex: row.rowIndex, result: 'failed', leadId: lead.id, reason: 'would-go-back', remarks: [] })
        continue
      }
      const remarks = remarksOn(row, lead, owners, timeZone)
      const owned = await fillOwner(tx, ctx, lead, row.owner === null ? undefined : owners.get(fold(row.owner)))
      if (merged.moves.length > 0) await writeMoves(tx, ctx, owned.lead, before, merged)
      states.set(lead.id, merged.state)
      results.push({ rowIndex: row.rowIndex, result: resultOf(before, merged, owned.changed), leadId: lead.id, remarks })
    }
    await audit('import', { after: { kind: 'outcomes', counts: JSON.stringify(countsOf(results)) } })
    return results
  },
})

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase()

async function leadsByExternalId(tx: Tx, ctx: Context, externalIds: readonly string[], sourceId?: Id<'src'>): Promise<Map<string, LeadRow[]>> {
  if (externalIds.length === 0) return new Map()
  const ids = await tx.selectDistinct({ externalId: inquiries.externalId, leadId: sql<Id<'lead'> | null>`coalesce(${leads.duplicateOf}, ${leads.id})`.mapWith(leads.id), sourceId: inquiries.sourceId }).from(inquiries)
    .leftJoin(leads, and(eq(leads.orgId, inquiries.orgId), eq(leads.id, inquiries.leadId)))
    .where(inArray(inquiries.externalId, [...externalIds]))
  const wanted = ids.flatMap(({ leadId }) => (leadId === null ? [] : [leadId]))
  const rows = wanted.length === 0 ? [] : await tx.select().from(leads).where(visibleAmong(ctx, wanted)).orderBy(leads.id).for('update')
  const byId = new Map(rows.map((row) => [row.id, row]))
  const found = new Map<string, { lead: LeadRow; isPreferred: boolean }[]>()
  for (const { externalId, leadId, sourceId: from } of ids) {
    const lead = leadId === null ? undefined : byId.get(leadId)
    const others = found.get(externalId) ?? []
    if (lead === undefined || others.some((other) => other.lead.id === lead.id)) continue
    found.set(externalId, [...others, { lead, isPreferred: from === sourceId }])
  }
  return new Map([...found].map(([externalId, each]) => [externalId, chosen(each)]))
}

// Another system may use the same number: a lead that came by import is meant first.
function chosen(each: readonly { lead: LeadRow; isPreferred: boolean }[]): LeadRow[] {
  const preferred = each.filter(({ isPreferred }) => isPreferred)
  return (preferred.length === 1 ? preferred : each).map(({ lead }) => lead)
}

const visibleAmong = (ctx: Context, wanted: readonly Id<'lead'>[]) => sql`${inArray(leads.id, [...wanted])} and ${visibleLeads(ctx)}`

async function statesOf(tx: Tx, rows: readonly LeadRow[]): Promise<Map<Id<'lead'>, StageState>> {
  if (rows.length === 0) return new Map()
  const found = await tx.select().from(leadStages).where(inArray(leadStages.leadId, rows.map((row) => row.id)))
  return new Map(found.map(({ orgId: _org, leadId, ...state }) => [leadId, state]))
}

async function ownersByName(tx: Tx): Promise<Map<string, Id<'mem'>>> {
  const rows = await tx.select({ id: members.id, name: members.name, email: members.email }).from(members).where(eq(members.status, 'active'))
  return new Map(rows.flatMap(({ id, name, email }) => [[fold(name), id] as const, [fold(email), id] as const]))
}

async function timeZoneOf(tx: Tx): Promise<string> {
  const [org] = await tx.select({ timeZone: organisations.timeZone }).from(organisations)
  return org?.timeZone ?? 'UTC'
}

function remarksOn(row: OutcomeToImport, lead: LeadRow, owners: ReadonlyMap<string, Id<'mem'>>, timeZone: string): ImportedOutcomeResult['remarks'] {
  const remarks: ImportedOutcomeResult['remarks'] = []
  // Days are compared, because leads of a file often come with a day only.
  if (row.wonAt !== null && localDate(row.wonAt, timeZone) < localDate(lead.cameInAt, timeZone)) remarks.push('won-before-lead')
  if (row.owner !== null && !owners.has(fold(row.owner))) remarks.push('owner-unknown')
  return remarks
}

async function fillOwner(tx: Tx, ctx: Context, lead: LeadRow, ownerId: Id<'mem'> | undefined): Promise<{ lead: LeadRow; changed: boolean }> {
  if (ownerId === undefined || lead.ownerId !== null) return { lead, changed: false }
  return { lead: await placeLead({ ...ctx, tx }, lead, { to: ownerId, by: 'import', reason: 'assigned', quietly: true }), changed: true }
}

async function writeMoves(tx: Tx, ctx: Context, lead: LeadRow, before: StageState, { state, moves }: MergedOutcome): Promise<void> {
  let from = before.stage
  const rows = moves.map((move) => {
    const row = {
      orgId: ctx.orgId, id: newId('mov'), leadId: lead.id, fromStage: from, toStage: move.to, at: move.at, actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor), reason: move.reason, grade: move.grade, amount: move.amount, currency: move.currency,
      expectedMonth: move.month, isImported: true, recordedAt: ctx.now,
    }
    from = move.to
    return row
  })
  await tx.insert(stageMoves).values(rows)
  const last = rows.at(-1)
  if (last !== undefined) await writeStage(tx, ctx, lead, { before, after: state, moveId: last.id })
}

function resultOf(before: StageState, { moves }: MergedOutcome, ownerChanged: boolean): ImportedOutcomeResult['result'] {
  if (moves.length === 0) return ownerChanged ? 'updated' : 'unchanged'
  const known: Record<string, Date | null> = { qualified: before.qualifiedAt, graded: before.gradedAt, won: before.wonAt, lost: before.lostAt }
  return moves.every((move) => known[move.to] == null) ? 'created' : 'updated'
}

function countsOf(results: readonly ImportedOutcomeResult[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { result } of results) counts[result] = (counts[result] ?? 0) + 1
  return counts
}
