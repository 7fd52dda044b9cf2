import { csvHead, csvLines } from '~/lib/csv'
import type { RowProblem, RowProblemCode, RowRemarkCode } from './read-cells'

/** What became of one row of a file. */
export type RowOutcome = 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed'
export type RowResult = {
  line: number
  outcome: RowOutcome
  externalId: string | null
  leadId: string | null
  problems: readonly RowProblem[]
  remarks: readonly RowRemarkCode[]
}

const sentences: Record<RowProblemCode, string> = {
  'date-unreadable': 'is not a date', 'date-ambiguous': 'may be day/month or month/day: give a format', 'date-missing': 'the date is empty',
  'date-in-future': 'lies in the future', 'number-unreadable': 'is not a number', 'amount-unreadable': 'is not an amount',
  'currency-unknown': 'is not a currency', 'key-missing': 'the external id is empty', 'key-twice': 'the external id stands in an earlier row',
  nobody: 'neither an external id nor anybody to reach', 'too-many-cells': 'more cells than headers', 'grade-unknown': 'is not a grade A to D',
  'won-and-lost': 'both won and lost', 'lead-unknown': 'no lead has this external id', 'lead-ambiguous': 'several leads have this external id',
  'would-go-back': 'the lead is won already', 'not-stored': 'could not be stored', 'id-unknown': 'is not an id of a lead',
}
const remarkSentences: Record<RowRemarkCode, string> = {
  'won-before-lead': 'won before the lead came in: kept, please look', 'owner-unknown': 'the owner is not a member here: left empty',
  'lost-reason-unknown': 'the reason is not on the list: kept as other', 'stage-unknown': 'the stage is not known here: left at inquiry',
  'stage-kept': 'the stage would go back: kept', 'email-kept': 'the person has another address: kept', 'phone-doubted': 'the number belongs to somebody of another name: kept as an answer',
  'person-ambiguous': 'its address and number belong to two people: the first was taken', 'person-twice': 'the same person stands in an earlier row',
  'field-unread': 'a value is none of its field: kept as an answer',
}

/** The header of a result file; the columns of the file follow, so that refused rows can be put right and given again. */
export const resultHead = (headers: readonly string[]): string =>
  csvHead(['clew_line', 'clew_outcome', 'clew_reason', 'clew_explanation', 'clew_lead', ...headers])

/** A line of a result file. */
export function resultLine(result: RowResult, cells: readonly string[]): string {
  const codes = [...result.problems.map(({ code }) => code), ...result.remarks]
  const said = [...result.problems.map(sentenceOf), ...result.remarks.map((remark) => remarkSentences[remark])]
  return csvLines([[result.line, result.outcome, codes.join(' '), said.join('; '), result.leadId, ...cells]])
}

function sentenceOf({ code, column, value }: RowProblem): string {
  const subject = [column, value === undefined ? undefined : `“${value}”`].filter((part) => part !== undefined).join(' ')
  return subject === '' ? sentences[code] : `${subject}: ${sentences[code]}`
}
