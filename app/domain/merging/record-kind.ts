import { inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { companies, people as peopleTable } from '~db/schema'
import { DomainError, type Context } from '../kernel'
import { groupOfCompany, groupOfPerson, lockCompanies, lockPeople, openCompany, openPerson, placeCompany, placePerson, type CompanyRow, type MergedGroup, type PersonRow } from '../people'
import { companyInterests, personInterests } from './interests'
import type { Interest } from './plan-closings'
import { companyReading, fieldLines, imagesOf, personReading, type FieldLine } from './record-fields'
import type { Columns } from './merge-state'
import type { MergeField, MergeKind, Side } from './vocabulary'

type Prefix = 'per' | 'co'
type Images = { before: Record<string, Columns>; after: Record<string, Columns> }
export type Groups<P extends Prefix> = { kept: MergedGroup<P>; gone: MergedGroup<P> }

/** What merging asks of people and of companies alike: one entry, or a name without its adapter is a type error. */
export type RecordKind<P extends Prefix> = {
  kind: MergeKind
  groupOf: (tx: Tx, id: Id<P>) => Promise<MergedGroup<P> | null>
  open: (tx: Tx, ctx: Context, id: Id<P>) => Promise<{ id: Id<P>; memberIds: Id<P>[] }>
  /** rows by id, locked in their order */
  lock: (tx: Tx, ids: readonly Id<P>[]) => Promise<Map<string, { canonicalId: Id<P> | null }>>
  images: (tx: Tx, groups: Groups<P>, chosen: Partial<Record<MergeField, Side | undefined>>) => Promise<Images>
  lines: (tx: Tx, groups: Groups<P>) => Promise<FieldLine[]>
  columns: (tx: Tx, id: Id<P>, field: string) => Promise<Columns>
  place: (tx: Tx, id: Id<P>, change: Columns) => Promise<void>
  interests: (tx: Tx, groups: Groups<P>, locks: boolean) => Promise<Interest[]>
  /** the columns of `merges` that name the two */
  named: (keptId: Id<P>, goneId: Id<P>) => { keptPersonId?: Id<'per'>; gonePersonId?: Id<'per'>; keptCompanyId?: Id<'co'>; goneCompanyId?: Id<'co'> }
}

const two = async <Row extends { id: string }>(rows: Promise<Row[]>, keptId: string, goneId: string): Promise<[Row, Row]> => {
  const found = await rows
  const [kept, gone] = [found.find(({ id }) => id === keptId), found.find(({ id }) => id === goneId)]
  if (kept === undefined || gone === undefined) throw new DomainError('not-found')
  return [kept, gone]
}
const one = <Row>([row]: Row[]): Row => {
  if (row === undefined) throw new DomainError('not-found')
  return row
}
const readPeople = (tx: Tx, ids: Id<'per'>[]): Promise<PersonRow[]> => tx.select().from(peopleTable).where(inArray(peopleTable.id, ids))
const readCompanies = (tx: Tx, ids: Id<'co'>[]): Promise<CompanyRow[]> => tx.select().from(companies).where(inArray(companies.id, ids))
const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id as string, row]))
const people = (tx: Tx, { kept, gone }: Groups<'per'>): Promise<[PersonRow, PersonRow]> => two(readPeople(tx, [kept.canonicalId, gone.canonicalId]), kept.canonicalId, gone.canonicalId)
const firms = (tx: Tx, { kept, gone }: Groups<'co'>): Promise<[CompanyRow, CompanyRow]> => two(readCompanies(tx, [kept.canonicalId, gone.canonicalId]), kept.canonicalId, gone.canonicalId)

export const personKind: RecordKind<'per'> = {
  kind: 'person', groupOf: groupOfPerson, open: openPerson, place: placePerson, interests: personInterests,
  lock: async (tx, ids) => byId(await lockPeople(tx, ids)),
  images: async (tx, groups, chosen) => imagesOf(personReading, ...(await people(tx, groups)), chosen),
  lines: async (tx, groups) => fieldLines(personReading, ...(await people(tx, groups))),
  columns: async (tx, id, field) => personReading.columns(one(await readPeople(tx, [id])), field as never),
  named: (keptPersonId, gonePersonId) => ({ keptPersonId, gonePersonId }),
}

export const companyKind: RecordKind<'co'> = {
  kind: 'company', groupOf: groupOfCompany, open: openCompany, place: placeCompany, interests: companyInterests,
  lock: async (tx, ids) => byId(await lockCompanies(tx, ids)),
  images: async (tx, groups, chosen) => imagesOf(companyReading, ...(await firms(tx, groups)), chosen),
  lines: async (tx, groups) => fieldLines(companyReading, ...(await firms(tx, groups))),
  columns: async (tx, id, field) => companyReading.columns(one(await readCompanies(tx, [id])), field as never),
  named: (keptCompanyId, goneCompanyId) => ({ keptCompanyId, goneCompanyId }),
}
