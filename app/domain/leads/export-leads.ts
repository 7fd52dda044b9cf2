import { and, sql } from 'drizzle-orm'
import { csvHead, csvLines, type CsvCell } from '~/lib/csv'
import { toUuid } from '~/lib/ids'
import { formatMinor } from '~/lib/money'
import { command, DomainError, memberOf, type Context } from '../kernel'
import { contactsOfPeople, dayIn, rulesIn, useUp } from '../people'
import { LeadFilter } from './contract'
import { fieldsInUse, valuesByKey, type LeadField } from './field-values'
import { leadFilter } from './lead-filter'
import { leadRows, type LeadListRow } from './lead-rows'
import { scoreSums, type ScoreSums } from './score-sums'
import { timeZoneOf } from './list-leads'
import { visibleLeads } from './visible-leads'
import type { Tx } from '~db/client.server'

const exportedAtMost = 20_000
const step = 1_000

type Exported = LeadListRow & { score: ScoreSums | null; phone: string; email: string; custom: Readonly<Record<string, string | string[]>> }

const columns: Record<string, (row: Exported) => CsvCell> = {
  id: (row) => row.id, stage: (row) => row.stage, verdict: (row) => row.verdict, grade: (row) => row.grade,
  cell: (row) => row.cell, fit: (row) => row.score?.fit, interest: (row) => row.score?.interest, total: (row) => row.score?.total, cell_by_hand: (row) => (row.cell === null ? null : row.cellByHand ? 'yes' : 'no'), person: (row) => row.person?.name,
  title: (row) => row.person?.title, phone: (row) => row.phone, email: (row) => row.email, company: (row) => row.company?.name, city: (row) => row.company?.city, channel: (row) => row.channel?.name,
  campaign: (row) => row.campaign?.name, source: (row) => row.source.name, owner: (row) => row.owner?.name, product_line: (row) => row.productLine.name,
  amount: (row) => (row.amount === null || row.currency === null ? null : formatMinor(row.amount, row.currency)), currency: (row) => row.currency,
  came_in_at: (row) => row.cameInAt, first_response_at: (row) => row.firstResponseAt, last_contact_at: (row) => row.lastContactAt,
  next_step_at: (row) => row.nextStepAt, lost_reason: (row) => row.lostReason, junk_reason: (row) => row.junkReason,
}

/**
 * The leads of exactly this filter as CSV, newest first, at most 20,000; numbers and addresses masked where the
 * actor does not own the lead. Audited with its count and counted against the day's cap. Refuses: export-cap.
 */
export const exportLeads = command({
  name: 'lead.export',
  permission: 'leads:export',
  input: LeadFilter,
  async run({ tx, ctx, input, audit }): Promise<{ csv: string; rows: number }> {
    const wanted = and(visibleLeads(ctx, 'l'), leadFilter(ctx, input, await timeZoneOf(tx)))
    const all = { ...columns, ...customColumns(await fieldsInUse(tx)) }
    const readers = Object.values(all)
    let csv = csvHead(Object.keys(all))
    let rows = 0
    let last: LeadListRow | undefined
    while (rows < exportedAtMost) {
      const after = last && sql`(l.came_in_at, l.id) < (${last.cameInAt.toISOString()}::timestamptz, ${toUuid(last.id)}::uuid)`
      const found = await leadRows(tx, and(wanted, after) ?? sql`true`, sql`l.came_in_at desc, l.id desc`, step)
      csv += csvLines((await withReach(tx, ctx, found)).map((row) => readers.map((read) => read(row))))
      rows += found.length
      last = found.at(-1)
      if (found.length < step) break
    }
    await countOff(tx, ctx, rows)
    await audit(ctx.orgId, { after: { counts: `${rows}` } })
    return { csv, rows }
  },
})

/** A column a custom field, under its key: what is exported can be imported again. One that is called as a column of ours says whose it is. */
const customColumns = (fields: readonly LeadField[]): typeof columns =>
  Object.fromEntries(fields.map(({ key }) => [Object.hasOwn(columns, key) ? `custom.${key}` : key, (row: Exported) => { const value = row.custom[key]; return Array.isArray(value) ? value.join('; ') : value }]))

/** The first number and address of each lead's person, as the actor may see them. */
async function withReach(tx: Tx, ctx: Context, rows: readonly LeadListRow[]): Promise<Exported[]> {
  const reach = await contactsOfPeople(tx, ctx, rows.flatMap(({ person }) => (person === null ? [] : [person.id])))
  const first = (row: LeadListRow, kind: 'phone' | 'email') => (row.person === null ? undefined : reach.get(row.person.id)?.find((each) => each.kind === kind)?.value) ?? ''
  const ids = rows.map(({ id }) => id)
  const custom = await valuesByKey(tx, ids)
  const scores = await scoreSums(tx, ids, ctx.now)
  return rows.map((row) => ({ ...row, score: scores.get(row.id) ?? null, phone: first(row, 'phone'), email: first(row, 'email'), custom: custom[row.id] ?? {} }))
}

/** Rows taken out count against the member's cap of the day; past it nothing leaves. */
async function countOff(tx: Tx, ctx: Context, rows: number): Promise<void> {
  const memberId = memberOf(ctx.actor)
  if (memberId === null) return
  const { exportCap: cap } = await rulesIn(tx, ctx)
  const { day, timeZone } = await dayIn(tx, ctx)
  if ((await useUp(tx, ctx, { memberId, day, kind: 'export', amount: rows, cap })) === null) throw new DomainError('export-cap', { params: { cap, zone: timeZone } })
}
