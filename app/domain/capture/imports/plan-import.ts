import type { CsvDialect } from '~/lib/csv-import'
import { dayMonthOrder } from '~/lib/dates'
import { DomainError } from '../../kernel'
import type { ImportKind } from '../vocabulary'
import { fitMapping, MappingFile, mappingFileOf, type Mapping } from './mapping'
import { proposeMapping, type CountKnown, type ProposalReason } from './propose-mapping'
import { momentFields } from './fields'
import { readHead, type FileHead, type OpenFile } from './read-head'

/** How a file will be read: shown before anything is written. */
export type ImportPlan = {
  dialect: CsvDialect
  headerLine: number
  headers: readonly string[]
  mapping: Mapping
  /** the mapping as the file a person may edit and give back */
  file: MappingFile
  /** by column, why it was proposed; empty where a mapping was given */
  reasons: Record<string, ProposalReason | 'remembered'>
  /** values of the first rows by column, to look at */
  samples: Record<string, string>
  questions: OpenQuestions
  /** a line of sums or a note under the rows */
  isTotal: (cells: readonly string[]) => boolean
}

/** How files with these headers were last read, or null. */
export type Remembered = (headers: readonly string[]) => Promise<MappingFile | null>

/** What a plan asks of the organisation; `ownFields` are keys of custom fields by their folded names. */
type Asking = { countKnown: CountKnown; remembered: Remembered; ownFields: () => Promise<ReadonlyMap<string, string>> }

/**
 * Fits the given mapping to the file, or proposes one. Refuses `file-unreadable`, and `invalid` where a mapping names
 * columns the file lacks or fields nobody knows, or where outcomes have no column with the external id.
 */
export async function planImport(kind: ImportKind, open: OpenFile, given: MappingFile | null, ask: Asking): Promise<ImportPlan> {
  const head = await readHead(open, given?.options?.encoding)
  const { mapping, reasons } = given === null ? await proposed(kind, head, ask) : { ...fitted(given, head.headers, kind), reasons: {} }
  if (kind === 'outcomes' && mapping.key === null) throw new DomainError('invalid', { fields: { columns: ['key-missing external_id'] } })
  const samples = Object.fromEntries(head.headers.map((header, index) => [header, firstFilled(head.rows, index)]))
  const { rows: _rows, ...found } = head
  return { ...found, mapping, file: mappingFileOf(mapping), reasons, samples, questions: questionsOf(mapping, head.rows), isTotal: totalRow(head.headers.length) }
}

async function proposed(kind: ImportKind, head: FileHead, { countKnown, remembered, ownFields }: Asking): Promise<Pick<ImportPlan, 'mapping' | 'reasons'>> {
  const known = await remembered(head.headers)
  const fitting = known === null ? null : fitMapping(known, head.headers, kind)
  if (fitting !== null && fitting.problems.length === 0) {
    return { mapping: fitting.mapping, reasons: Object.fromEntries(fitting.mapping.targets.map(({ column }) => [column, 'remembered'])) }
  }
  return proposeMapping(kind, head.headers, head.rows, countKnown, await ownFields())
}

// Reports end with a line of sums, and some with a note: neither is a row.
const TOTAL = /^(?:grand )?totals?:?$|^(?:合计|总计|小计)[:：]?$/iu
const totalRow = (columns: number) => (cells: readonly string[]): boolean => {
  const [first = ''] = cells
  if (first.length > 20 && cells.length < 2) return columns > 2
  return first.length <= 20 && columns > 1 && TOTAL.test(first.trim())
}

/** What values of the file leave open: shown in the values step. */
export type OpenQuestions = { dayOrder: boolean; decimal: boolean; hasPhones: boolean; hasAmounts: boolean; channels: string[]; owners: string[] }

function questionsOf(mapping: Mapping, rows: readonly (readonly string[])[]): OpenQuestions {
  const valuesOf = (wanted: (field: string) => boolean) =>
    mapping.targets.flatMap(({ field, index }) => (field !== null && wanted(field) ? rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '') : []))
  const distinct = (field: string) => [...new Set(valuesOf((each) => each === field))].slice(0, 40)
  const dates = mapping.targets.filter(({ field, format }) => field !== null && momentFields.has(field) && format === null)
  return {
    dayOrder: dates.some(({ index }) => dayMonthOrder(rows.map((row) => row[index] ?? '')) === 'ambiguous'),
    decimal: valuesOf((field) => field === 'amount').some((value) => /^\D*\d{1,3}[.,]\d{3}\D*$/u.test(value)),
    hasPhones: valuesOf((field) => field === 'phone' || field === 'mobile').length > 0,
    hasAmounts: valuesOf((field) => field === 'amount').length > 0,
    channels: distinct('channel'), owners: distinct('owner'),
  }
}

function fitted(given: MappingFile, headers: readonly string[], kind: ImportKind): { mapping: Mapping } {
  const parsed = MappingFile.safeParse(given)
  if (!parsed.success) throw new DomainError('invalid', { fields: { mapping: parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) } })
  const { mapping, problems } = fitMapping(parsed.data, headers, kind)
  if (problems.length > 0) throw new DomainError('invalid', { fields: { columns: problems.map(({ code, name }) => `${code} ${name}`) } })
  return { mapping }
}

const firstFilled = (rows: readonly (readonly string[])[], index: number): string =>
  (rows.find((row) => (row[index] ?? '').trim() !== '')?.[index] ?? '').trim().slice(0, 60)
