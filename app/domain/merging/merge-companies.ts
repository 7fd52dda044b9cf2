import { command } from '../kernel'
import { MergeCompanies } from './contract'
import { mergeRecords, type Merged } from './merge-records'
import { companyKind } from './record-kind'

/** Makes two companies one, as `mergePeople` does people: with the same refusals, and as reversible. */
export const mergeCompanies = command({
  name: 'merge.companies',
  permission: 'leads:write',
  input: MergeCompanies,
  run: async ({ input, ...work }): Promise<Merged> => mergeRecords(work, companyKind, input),
})
