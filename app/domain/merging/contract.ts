import * as z from 'zod'
import { idOf } from '../kernel/contract'
import { companyFields, mergeKinds, personFields, sides } from './vocabulary'

const leadId = idOf('lead')
/** Said of two open leads: which stays, and whose it is then. Needed where two owners or two stages differ. */
const LeadChoice = z.object({ closes: leadId, stays: leadId, ownerId: idOf('mem').nullable().optional() })
export type LeadChoice = z.output<typeof LeadChoice>
const choices = z.array(LeadChoice).max(100).default([])
/** Of which of the two a field is taken; left out, what stays keeps its own, or gets the other's where it has none. */
const side = z.enum(sides).optional()

export const TwoPeople = z.object({ keptId: idOf('per'), goneId: idOf('per') })
export const TwoCompanies = z.object({ keptId: idOf('co'), goneId: idOf('co') })
export const MergePeople = TwoPeople.extend({ fields: z.partialRecord(z.enum(personFields), side).default({}), leads: choices })
export const MergeCompanies = TwoCompanies.extend({ fields: z.partialRecord(z.enum(companyFields), side).default({}), leads: choices })

export const OneMerge = z.object({ mergeId: idOf('mrg') })
/** `restore` names fields that were edited since and shall go back all the same. */
export const SplitMerge = OneMerge.extend({ restore: z.array(z.enum([...personFields, ...companyFields])).max(20).default([]) })

const pair = { leftId: z.union([idOf('per'), idOf('co')]), rightId: z.union([idOf('per'), idOf('co')]) }
export const TwoDifferent = z.object(pair)
export const PossibleDuplicates = z.object({ kind: z.enum(mergeKinds).default('person'), limit: z.coerce.number().int().min(1).max(100).default(50) })
export const SearchRecords = z.object({ kind: z.enum(mergeKinds), q: z.string().trim().max(100), limit: z.coerce.number().int().min(1).max(50).default(20) })
export const MergeHistory = z.object({ kind: z.enum(mergeKinds), id: z.union([idOf('per'), idOf('co')]) })
