import { masked } from './masked'
import { shownFields, type ShownField, type Standing } from './replay-snapshot'
import type { DeliveryVerdict } from './vocabulary'

/** What reading a message again does: it opens a lead, joins one, fills blanks, gets another verdict, nothing; or it could not be tried. */
export const replayKinds = ['new-lead', 'new-inquiry', 'filled', 'verdict', 'unchanged', 'failed'] as const
export type ReplayKind = (typeof replayKinds)[number]
export type FieldChange = { field: ShownField; before: string | null; after: string | null }
export type ReplayChange = { kind: ReplayKind; verdict: { before: DeliveryVerdict; after: DeliveryVerdict }; changes: FieldChange[] }

/** The difference between how a delivery stands and how it would stand. `maySee` false covers what people said. */
export function replayChange(before: Standing, after: Standing, maySee: boolean): ReplayChange {
  const say = (value: string | null) => (value === null || maySee ? value : masked(value))
  const changes = shownFields.flatMap((field): FieldChange[] => {
    const [was, is] = [before.values[field], after.values[field]]
    return was === is ? [] : [{ field, before: say(was), after: say(is) }]
  })
  return { kind: kindOf(before, after, changes.length > 0), verdict: { before: before.verdict, after: after.verdict }, changes }
}

function kindOf(before: Standing, after: Standing, isChanged: boolean): ReplayKind {
  if (before.inquiryId === null && after.inquiryId !== null) return after.leadId !== null && !after.isRepeat ? 'new-lead' : 'new-inquiry'
  if (before.verdict !== after.verdict) return 'verdict'
  return isChanged || before.inquiryId !== after.inquiryId ? 'filled' : 'unchanged'
}
