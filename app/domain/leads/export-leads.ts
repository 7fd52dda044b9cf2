import { and, sql } from 'drizzle-orm'
import { csvHead, csvLines, type CsvCell } from '~/lib/csv'
import { toUuid } from '~/lib/ids'
import { formatMinor } from '~/lib/money'
import { command } from '../kernel'
import { LeadFilter } from './contract'
import { leadFilter } from './lead-filter'
import { leadRows, type LeadListRow } from './lead-rows'
import { timeZoneOf } from './list-leads'
import { visibleLeads } from './visible-leads'

const exportedAtMost = 20_000
const step = 1_000

const columns: Record<string, (row: LeadListRow) => CsvCell> = {
  id: (row) => row.id, stage: (row) => row.stage, verdict: (row) => row.verdict, grade: (row) => row.grade, person: (row) => row.person?.name,
  title: (row) => row.person?.title, company: (row) => row.company?.name, city: (row) => row.company?.city, channel: (row) => row.channel?.name,
  campaign: (row) => row.campaign?.name, source: (row) => row.source.name, owner: (row) => row.owner?.name, product_line: (row) => row.productLine.name,
  amount: (row) => (row.amount === null || row.currency === null ? null : formatMinor(row.amount, row.currency)), currency: (row) => row.currency,
  came_in_at: (row) => row.cameInAt, first_response_at: (row) => row.firstResponseAt, last_contact_at: (row) => row.lastContactAt,
  next_step_at: (row) => row.nextStepAt, lost_reason: (row) => row.lostReason, junk_reason: (row) => row.junkReason,
}

/** The leads of exactly this filter as CSV, newest first, at most 20,000, without numbers and addresses; audited with its count. */
export const exportLeads = command({
  name: 'lead.export',
  permission: 'leads:read',
  input: LeadFilter,
  async run({ tx, ctx, input, audit }): Promise<{ csv: string; rows: number }> {
    const wanted = and(visibleLeads(ctx, 'l'), leadFilter(ctx, input, await timeZoneOf(tx)))
    const readers = Object.values(columns)
    let csv = csvHead(Object.keys(columns))
    let rows = 0
    let last: LeadListRow | undefined
    while (rows < exportedAtMost) {
      const after = last && sql`(l.came_in_at, l.id) < (${last.cameInAt.toISOString()}::timestamptz, ${toUuid(last.id)}::uuid)`
      const found = await leadRows(tx, and(wanted, after) ?? sql`true`, sql`l.came_in_at desc, l.id desc`, step)
      csv += csvLines(found.map((row) => readers.map((read) => read(row))))
      rows += found.length
      last = found.at(-1)
      if (found.length < step) break
    }
    await audit(ctx.orgId, { after: { counts: `${rows}` } })
    return { csv, rows }
  },
})
