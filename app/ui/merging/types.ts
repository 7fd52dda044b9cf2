import type { MergeField, MergeKind, Side } from '~/domain/merging/vocabulary'
import type { LeadView } from '../leads/types'

/** A person or a company in a few words. */
export type RecordView = { id: string; name: string; about: string[]; reach: string[]; leads: number; createdAt: Date }
export type FieldView = { field: MergeField; kept: string | null; gone: string | null; suggested: Side; differs: boolean }
export type MergeView = { id: string; kept: RecordView; gone: RecordView; at: Date; actor: string | null; splitAt: Date | null }
export type LeadRowView = Pick<LeadView, 'id' | 'stage' | 'verdict' | 'grade' | 'junkReason' | 'lostReason' | 'cameInAt'> & {
  productLine: { name: string }; channel: { name: string; kind: string } | null; owner: { id: string; name: string } | null
}
export type { MergeKind }
