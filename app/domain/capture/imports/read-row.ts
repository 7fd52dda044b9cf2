import { normaliseDraft } from '../normalise-draft'
import type { CsvRow } from '~/lib/csv-import'
import { foldOwner } from './import-owners'
import type { ImportWork, ReadRow } from './import-work'
import { readLeadRow } from './read-lead-row'
import { readOutcomeRow } from './read-outcome-row'
import type { RowSettings } from './read-cells'

/** Reads one row as its file's mapping says: a row with problems is refused whole. */
export function readRow(work: ImportWork, settings: RowSettings, { line, cells }: CsvRow, isNewKey: (key: string) => boolean): ReadRow {
  const { request, plan, ctx } = work
  const isLeads = request.kind === 'leads'
  const lead = isLeads ? readLeadRow(cells, plan.mapping, settings) : null
  const outcome = isLeads ? null : readOutcomeRow(cells, plan.mapping, settings)
  const problems = lead?.problems ?? outcome?.problems ?? []
  if (cells.length > plan.headers.length && cells.slice(plan.headers.length).some((cell) => cell !== '')) problems.push({ code: 'too-many-cells' })
  const externalId = lead?.row?.externalId ?? outcome?.row?.externalId ?? null
  if (externalId !== null && problems.length === 0 && !isNewKey(externalId)) problems.push({ code: 'key-twice', column: plan.mapping.key ?? undefined, value: externalId.slice(0, 80) })
  if (problems.length > 0) return { line, cells, externalId, asked: null, outcome: null, problems }
  if (outcome !== null || lead?.row == null) return { line, cells, externalId, asked: null, outcome: outcome?.row ?? null, problems }
  const { row } = lead
  const { owner } = row
  const ownerId = owner === null ? null : (work.options.owners?.[owner] ?? work.owners.get(foldOwner(owner)) ?? null)
  const isUnknown = owner !== null && ownerId === null && work.options.owners?.[owner] === undefined
  if (isUnknown) row.remarks.push('owner-unknown')
  const at = row.draft.at === null || row.draft.at > ctx.now ? ctx.now : row.draft.at
  const contact = normaliseDraft(row.draft, work.options.country ?? work.settings.source.defaultCountry)
  return { line, cells, externalId, asked: { row, contact, at, ownerId }, outcome: null, problems }
}
