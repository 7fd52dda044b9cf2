import { searchTokens } from '~/lib/search-tokens'
import type { CompanyRow, PersonRow } from '../people'
import { companyFields, personFields, type CompanyField, type MergeField, type PersonField, type Side } from './vocabulary'

type Columns = Record<string, unknown>
/** How a person or a company is taken apart into fields one chooses, and what columns stand behind each. */
type Reading<Row, Field extends string> = {
  fields: readonly Field[]
  shown: (row: Row, field: Field) => string | null
  columns: (row: Row, field: Field) => Columns
  /** the columns of a field as `onto` gets them from `from` */
  taken: (from: Row, onto: Row, field: Field) => Columns
}

const personColumns = (row: PersonRow, field: PersonField): Columns =>
  field === 'name' ? { name: row.name, givenName: row.givenName, familyName: row.familyName, tokens: row.tokens } : { [field]: row[field] }

export const personReading: Reading<PersonRow, PersonField> = {
  fields: personFields,
  shown: (row, field) => row[field] === '' ? null : row[field],
  columns: personColumns,
  taken: (from, _onto, field) => personColumns(from, field),
}

const companyColumns = (row: CompanyRow, field: CompanyField): Columns =>
  field === 'name' ? { name: row.name, key: row.key, tokens: row.tokens } : { [field]: row[field] }

export const companyReading: Reading<CompanyRow, CompanyField> = {
  fields: companyFields,
  shown: (row, field) => (row[field] === null || row[field] === '' ? null : String(row[field])),
  columns: companyColumns,
  // The name of the one stands beside the domain of the other, and both find it.
  taken: (from, onto, field) => field === 'name' ? { name: from.name, key: from.key, tokens: searchTokens(from.name, onto.domain) } : companyColumns(from, field),
}

/** One line of the side-by-side view; `suggested` is what happens where nothing is chosen. */
export type FieldLine = { field: MergeField; kept: string | null; gone: string | null; suggested: Side; differs: boolean }

/** Both values of each field. What stays keeps its own; where it has none it gets the other's. */
export function fieldLines<Row, Field extends MergeField>(reading: Reading<Row, Field>, kept: Row, gone: Row): FieldLine[] {
  return reading.fields.map((field) => {
    const [mine, theirs] = [reading.shown(kept, field), reading.shown(gone, field)]
    return { field, kept: mine, gone: theirs, suggested: mine === null && theirs !== null ? 'gone' : 'kept', differs: mine !== theirs }
  })
}

/** What the choices change of the one that stays: columns before and after, field by field; unchanged fields are not in it. */
export function imagesOf<Row, Field extends MergeField>(
  reading: Reading<Row, Field>, kept: Row, gone: Row, chosen: Partial<Record<Field, Side | undefined>>,
): { before: Record<string, Columns>; after: Record<string, Columns> } {
  const images: { before: Record<string, Columns>; after: Record<string, Columns> } = { before: {}, after: {} }
  for (const { field, suggested, differs } of fieldLines(reading, kept, gone)) {
    if (!differs || (chosen[field as Field] ?? suggested) === 'kept') continue
    images.before[field] = reading.columns(kept, field as Field)
    images.after[field] = reading.taken(gone, kept, field as Field)
  }
  return images
}
