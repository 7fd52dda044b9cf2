import { createHash } from 'node:crypto'
import { isId, type Id } from '~/lib/ids'
import { cleanText } from '../clean-text'
import { emptyDraft, type LeadDraft } from '../lead-draft'
import { importFields } from './fields'
import { cellsOf, type Cells, type RowProblem, type RowRemarkCode, type RowSettings } from './read-cells'
import type { Mapping } from './mapping'
import { outcomeOf, stageOfWord, type OutcomeDraft } from './read-outcome-row'

/** A row of a leads file: the lead as a connector would describe it, and what the file says became of it. */
/** `leadId` is an id of ours that the row gives. */
export type LeadRow = { externalId: string; leadId: Id<'lead'> | null; draft: LeadDraft; outcome: OutcomeDraft | null; owner: string | null; remarks: RowRemarkCode[] }

const utmFields = importFields.leads.filter((field) => field.startsWith('utm_'))
const clickFields = ['gclid', 'wbraid', 'gbraid', 'fbclid', 'msclkid', 'li_fat_id', 'ttclid', 'bd_vid', 'qhclickid', 'gdt_vid', 'click_id'] as const

/**
 * Reads one row of a leads file. A row with problems is refused whole. A lead may come without contact details if it
 * has an external id; one without an id gets one from what identifies it, so that the same row comes twice as one.
 */
export function readLeadRow(values: readonly string[], mapping: Mapping, settings: RowSettings): { row: LeadRow | null; problems: RowProblem[] } {
  const cells = cellsOf(values, mapping, settings)
  const remarks: RowRemarkCode[] = []
  const at = dateOf(cells, settings)
  const said = outcomeOf(cells, settings, mapping, remarks)
  const outcome = said ?? outcomeOfStage(cells, settings, remarks)
  const draft = draftOf(cells, at)
  const given = cells.text('external_id')
  const ours = cells.text('clew_id') ?? (isId('lead', given) ? given : null)
  const leadId = isId('lead', ours) ? ours : null
  if (ours !== null && leadId === null) cells.problems.push({ code: 'id-unknown', column: cells.column('clew_id'), value: ours.slice(0, 80) })
  const externalId = (given === null ? null : cleanText(given, 300)) ?? leadId ?? identityOf(draft, cells.text('created_at'))
  if (externalId === null) cells.problems.push({ code: 'nobody' })
  if (cells.problems.length > 0 || externalId === null) return { row: null, problems: cells.problems }
  return { row: { externalId, leadId, draft: { ...draft, externalId }, outcome, owner: cells.text('owner'), remarks }, problems: [] }
}

function dateOf(cells: Cells, settings: RowSettings): Date {
  const column = cells.column('created_at')
  if (column === undefined) return settings.now
  const at = cells.moment('created_at')
  if (at === null && cells.text('created_at') === null) cells.problems.push({ code: 'date-missing', column })
  return at ?? settings.now
}

// A stage without a date is known from this moment on.
function outcomeOfStage(cells: Cells, { now }: RowSettings, remarks: RowRemarkCode[]): OutcomeDraft | null {
  const word = cells.text('stage')
  if (word === null) return null
  const stage = stageOfWord(word)
  if (stage === null) remarks.push('stage-unknown')
  if (stage === null || stage === 'inquiry') return null
  const on = (wanted: string) => (stage === wanted ? now : null)
  return {
    qualifiedAt: on('qualified'), gradedAt: on('graded'), grade: null, wonAt: on('won'), lostAt: on('lost'), lostReason: null, amount: null, currency: null,
  }
}

function draftOf(cells: Cells, at: Date): LeadDraft {
  const { text } = cells
  const some = (fields: readonly (typeof importFields.leads)[number][]) => {
    const found: Record<string, string> = {}
    for (const field of fields) {
      const value = text(field)
      if (value !== null) found[field] = value
    }
    return found
  }
  const list = (...values: (string | null)[]) => values.flatMap((value) => (value === null ? [] : value.split(/[;|]/u).map((each) => each.trim()).filter(Boolean)))
  const employees = /^\d[\d,]*/u.exec(text('employees') ?? '')?.[0].replaceAll(',', '')
  return {
    ...emptyDraft,
    at,
    fullName: text('full_name'), givenName: text('first_name'), familyName: text('last_name'), title: text('title'),
    emails: list(text('email')), phones: list(text('mobile'), text('phone')),
    company: text('company'), website: text('website') ?? text('domain'), industry: text('industry'),
    employees: employees === undefined ? null : Math.min(Number(employees), 2_000_000_000),
    country: text('country'), region: text('region'), city: text('city'),
    channel: clipped(text('channel')), campaign: clipped(text('campaign')),
    external: some(['source']), clickIds: some(clickFields), utm: some(utmFields),
    landingPage: text('landing_page'), referrer: text('referrer'), message: text('note'),
    answers: Object.entries(cells.custom()).map(([question, answer]) => ({ question, answer })),
  }
}

const clipped = (name: string | null) => (name === null ? null : cleanText(name, 200))

/** What identifies a row that has no id of its own, or null where it names nobody. */
function identityOf(draft: LeadDraft, createdAt: string | null): string | null {
  const who = [...draft.emails, ...draft.phones]
  if (who.length === 0 && draft.company === null && draft.fullName === null && draft.familyName === null) return null
  const parts = [who.join(','), draft.company, draft.fullName, draft.givenName, draft.familyName, draft.channel].map((part) => (part ?? '').toLowerCase())
  return `row-${createHash('sha256').update(JSON.stringify([...parts, createdAt])).digest('hex').slice(0, 24)}`
}
