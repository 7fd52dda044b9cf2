import * as z from 'zod'
import type { ImportKind } from '../vocabulary'
import { ImportOptions } from './import-options'
import { importFields, isConsentHeader, type ImportField } from './fields'

/** A mapping file as `contracts.md` states it. */
export const MappingFile = z.strictObject({
  columns: z.record(z.string(), z.union([z.string(), z.strictObject({ field: z.string(), format: z.string().max(60).optional() })])),
  key: z.string().optional(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'not-a-currency').optional(),
  options: ImportOptions.optional(),
})
export type MappingFile = z.output<typeof MappingFile>

/** One column of the file and the field it fills; `custom` is the name of an answer kept as it is. */
export type ColumnTarget = { column: string; index: number; field: ImportField | null; custom: string | null; format: string | null }

/** A mapping fitted to the headers of one file. `unused` columns are left out, `consent` ones always. */
export type Mapping = { targets: ColumnTarget[]; key: string | null; currency: string | null; unused: string[]; consent: string[]; options: ImportOptions }

/** Why a mapping does not fit: a column the file lacks, a field nobody knows, two columns for one field. */
export type MappingProblem = { code: 'column-missing' | 'field-unknown' | 'field-twice' | 'field-is-consent'; name: string }

const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/** Fits a mapping file to headers. Every problem is said at once; nothing is guessed. */
export function fitMapping(file: MappingFile, headers: readonly string[], kind: ImportKind): { mapping: Mapping; problems: MappingProblem[] } {
  const problems: MappingProblem[] = []
  const targets: ColumnTarget[] = []
  const entries = Object.entries(file.columns)
  if (file.key !== undefined && !entries.some(([column]) => fold(column) === fold(file.key ?? ''))) entries.push([file.key, 'external_id'])
  for (const [name, target] of entries) {
    const { field, format } = typeof target === 'string' ? { field: target, format: undefined } : target
    if (field === '') continue
    const column = headers.find((header) => fold(header) === fold(name))
    if (column === undefined) problems.push({ code: 'column-missing', name })
    else if (isConsentField(field)) problems.push({ code: 'field-is-consent', name: field })
    else if (!isKnown(field, kind)) problems.push({ code: 'field-unknown', name: field })
    else if (targets.some((other) => (other.field ?? other.custom) === field.replace(/^custom\./u, ''))) problems.push({ code: 'field-twice', name: field })
    else targets.push(targetOf(column, headers.indexOf(column), field, format))
  }
  return { mapping: { ...finish(targets, headers, file.currency ?? null), options: file.options ?? {} }, problems }
}

/** The parts of a mapping that follow from its targets and the headers. */
export function finish(targets: ColumnTarget[], headers: readonly string[], currency: string | null): Mapping {
  const used = new Set(targets.map(({ column }) => column))
  const rest = headers.filter((header) => !used.has(header))
  return {
    targets,
    key: targets.find(({ field }) => field === 'external_id')?.column ?? null,
    currency,
    options: {},
    unused: rest.filter((header) => !isConsentHeader(header)),
    consent: rest.filter(isConsentHeader),
  }
}

/** A mapping as the file a person may edit and give back. */
export function mappingFileOf(mapping: Mapping): MappingFile {
  const columns: MappingFile['columns'] = {}
  for (const { column, field, custom, format } of mapping.targets) {
    const name = field ?? `custom.${custom ?? ''}`
    columns[column] = format === null ? name : { field: name, format }
  }
  return {
    columns,
    ...(mapping.key === null ? {} : { key: mapping.key }),
    ...(mapping.currency === null ? {} : { currency: mapping.currency }),
    ...(Object.keys(mapping.options).length === 0 ? {} : { options: mapping.options }),
  }
}

function targetOf(column: string, index: number, field: string, format: string | undefined): ColumnTarget {
  const custom = field.startsWith('custom.') ? field.slice('custom.'.length) : null
  return { column, index, field: custom === null ? (field as ImportField) : null, custom, format: format ?? null }
}

const isConsentField = (field: string) => field.startsWith('consent')

function isKnown(field: string, kind: ImportKind): boolean {
  if (kind === 'leads' && field.startsWith('custom.') && field.length > 'custom.'.length) return true
  return (importFields[kind] as readonly string[]).includes(field)
}
