import { grades, lostReasons, stages, type Grade, type LostReason, type Stage } from '../../leads/vocabulary'
import { cellsOf, type Cells, type RowProblem, type RowRemarkCode, type RowSettings } from './read-cells'
import type { Mapping } from './mapping'

/** What a row says became of a lead. Moments are instants; amounts are minor units of `currency`. */
export type OutcomeDraft = {
  qualifiedAt: Date | null
  gradedAt: Date | null
  grade: Grade | null
  wonAt: Date | null
  lostAt: Date | null
  lostReason: LostReason | null
  amount: bigint | null
  currency: string | null
}
export type OutcomeRow = { externalId: string; outcome: OutcomeDraft | null; owner: string | null; remarks: RowRemarkCode[] }

// Words for stages and reasons in exports of other systems, folded to letters only.
const stageWords: Record<Stage, readonly string[]> = {
  inquiry: ['new', 'open', 'inquiry', 'lead', 'attempted', 'contacted', 'working', '新建', '咨询', '待跟进', '跟进中'],
  qualified: ['qualified', 'connected', 'sql', 'salesqualifiedlead', '有效沟通', '有效'],
  graded: ['graded', 'opportunity', 'proposal', 'negotiation', 'opendeal', '意向评级', '意向', '商机'],
  won: ['won', 'closedwon', 'customer', 'converted', 'closedconverted', '成交', '已成交', '赢单', '签约'],
  lost: ['lost', 'closedlost', 'closednotconverted', 'disqualified', 'unqualified', '输单', '丢单', '已输单'],
}
const reasonWords: Partial<Record<LostReason, readonly string[]>> = {
  no_need: ['noneed', 'nointerest', 'notinterested', '无需求', '没有需求'],
  no_reply: ['noreply', 'noresponse', 'unresponsive', '联系不上', '无回复'],
  budget: ['budget', 'nobudget', '预算', '无预算', '预算不足'],
  price: ['price', 'tooexpensive', '价格', '价格太高'],
  competitor: ['competitor', 'losttocompetitor', '竞品', '竞争对手', '选择竞品'],
  timing: ['timing', 'badtiming', '时机', '时机不对'],
  authority: ['authority', 'noauthority', '决策人', '无决策权'],
  duplicate: ['duplicate', '重复'],
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replace(/[\s_\-./()]+/gu, '')
const findWord = <T extends string>(words: Partial<Record<T, readonly string[]>>, value: string): T | null => {
  const folded = fold(value)
  for (const [name, list] of Object.entries(words) as [T, readonly string[]][]) if (fold(name) === folded || list.includes(folded)) return name
  return null
}

/** The stage other systems mean by a word, or null. */
export const stageOfWord = (value: string): Stage | null => findWord<Stage>(stageWords, value) ?? stages.find((stage) => stage === fold(value)) ?? null

/** Reads one row of an outcomes file. A row with problems is refused whole. */
export function readOutcomeRow(values: readonly string[], mapping: Mapping, settings: RowSettings): { row: OutcomeRow | null; problems: RowProblem[] } {
  const cells = cellsOf(values, mapping, settings)
  const externalId = cells.text('external_id')
  if (externalId === null) cells.problems.push({ code: 'key-missing', column: cells.column('external_id') })
  const remarks: RowRemarkCode[] = []
  const outcome = outcomeOf(cells, settings, mapping, remarks)
  if (cells.problems.length > 0 || externalId === null) return { row: null, problems: cells.problems }
  return { row: { externalId, outcome, owner: cells.text('owner'), remarks }, problems: [] }
}

/** The outcome in a row's cells; null where it says none. Used for leads files that carry outcomes, too. */
export function outcomeOf(cells: Cells, settings: RowSettings, mapping: Mapping, remarks: RowRemarkCode[]): OutcomeDraft | null {
  const grade = gradeOf(cells)
  const wonAt = cells.moment('won_at')
  const lostAt = cells.moment('lost_at')
  const currency = (cells.text('currency') ?? mapping.currency ?? settings.currency).toUpperCase()
  const amount = cells.amount(currency)
  if (wonAt !== null && lostAt !== null) cells.problems.push({ code: 'won-and-lost', column: cells.column('lost_at') })
  const draft: OutcomeDraft = {
    qualifiedAt: cells.moment('qualified_at'), gradedAt: cells.moment('graded_at'), grade, wonAt, lostAt,
    lostReason: reasonOf(cells, remarks), amount, currency: amount === null ? null : currency,
  }
  const said = [draft.qualifiedAt, draft.gradedAt, draft.grade, wonAt, lostAt].some((value) => value !== null)
  return said ? draft : null
}

function gradeOf(cells: Cells): Grade | null {
  const text = cells.text('grade')
  if (text === null) return null
  const grade = grades.find((each) => each === text.normalize('NFKC').toUpperCase().slice(0, 1) && /^[a-d](?![a-z])/iu.test(text.normalize('NFKC')))
  if (grade === undefined) cells.problems.push({ code: 'grade-unknown', column: cells.column('grade'), value: text.slice(0, 80) })
  return grade ?? null
}

function reasonOf(cells: Cells, remarks: RowRemarkCode[]): LostReason | null {
  const text = cells.text('lost_reason')
  if (text === null) return null
  const known = findWord<LostReason>(reasonWords, text) ?? lostReasons.find((reason) => reason === text) ?? null
  if (known === null) remarks.push('lost-reason-unknown')
  return known ?? 'other'
}
