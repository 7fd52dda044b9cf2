import type { CsvDialect } from '~/lib/csv-import'
import { DomainError } from '../../kernel'
import type { ImportKind } from '../vocabulary'
import { fitMapping, MappingFile, mappingFileOf, type Mapping } from './mapping'
import { proposeMapping, type CountKnown, type ProposalReason } from './propose-mapping'
import { readHead, type OpenFile } from './read-head'

/** How a file will be read: shown before anything is written. */
export type ImportPlan = {
  dialect: CsvDialect
  headerLine: number
  headers: readonly string[]
  mapping: Mapping
  /** the mapping as the file a person may edit and give back */
  file: MappingFile
  /** by column, why it was proposed; empty where a mapping was given */
  reasons: Record<string, ProposalReason>
  /** values of the first rows by column, to look at */
  samples: Record<string, string>
}

/**
 * Fits the given mapping to the file, or proposes one. Refuses `file-unreadable`, and `invalid` where a mapping names
 * columns the file lacks or fields nobody knows, or where outcomes have no column with the external id.
 */
export async function planImport(kind: ImportKind, open: OpenFile, given: MappingFile | null, countKnown: CountKnown): Promise<ImportPlan> {
  const head = await readHead(open)
  const { mapping, reasons } = given === null
    ? await proposeMapping(kind, head.headers, head.rows, countKnown)
    : { ...fitted(given, head.headers, kind), reasons: {} }
  if (kind === 'outcomes' && mapping.key === null) throw new DomainError('invalid', { fields: { columns: ['key-missing external_id'] } })
  const samples = Object.fromEntries(head.headers.map((header, index) => [header, firstFilled(head.rows, index)]))
  return { ...head, mapping, file: mappingFileOf(mapping), reasons, samples }
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
