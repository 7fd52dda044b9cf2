import type { Id } from '~/lib/ids'
import { stages, type Stage } from '../leads/vocabulary'
import type { LeadChoice } from './contract'
import type { MergeConflict } from './vocabulary'

/** An open lead of one of the two. `side` is whose it is; `of` says by what: the company, the person, or a person on it. */
export type Interest = {
  id: Id<'lead'>; productLineId: Id<'pl'>; ownerId: Id<'mem'> | null; cameInAt: Date; stage: Stage
  sides: ReadonlySet<'kept' | 'gone'>; of: 'company' | 'person' | 'hung-on'
}
/** One lead that closes under another; `conflicts` are what somebody has to say first. */
export type Closing = { closes: Interest; stays: Interest; ownerAfter: Id<'mem'> | null; conflicts: MergeConflict[] }

/**
 * Which open leads of the two are one interest once they are one: those of one product line. The one that came in first
 * stays, so that its channel is that of the first touch; where the later one is further along, somebody has to say
 * which. A person's own lead closes under the one of their company, where it is the only one they hang on.
 */
export function planClosings(interests: readonly Interest[], choices: readonly LeadChoice[]): Closing[] {
  const lines = [...new Set(interests.map(({ productLineId }) => productLineId))].sort()
  return lines.flatMap((line) => {
    const all = interests.filter(({ productLineId }) => productLineId === line).sort(byArrival)
    const own = all.filter(({ of }) => of !== 'hung-on')
    const firms = all.filter(({ of }) => of === 'hung-on')
    const firm = firms.length === 1 && own.length > 0 ? firms[0] : undefined
    const candidates = firm === undefined ? own : [firm, ...own]
    const stays = firm ?? own.find(({ id }) => choices.some((choice) => choice.stays === id)) ?? own[0]
    if (stays === undefined || !candidates.some((one) => candidates.some((other) => areOfBoth(one, other)))) return []
    return candidates.filter((each) => each !== stays).map((closes) => closingOf(closes, stays, choices))
  })
}

// Leads that stood beside each other before are not the merge's to close.
const areOfBoth = (one: Interest, other: Interest) => one !== other && [...one.sides].some((side) => !other.sides.has(side)) && [...other.sides].some((side) => !one.sides.has(side))

const byArrival = (a: Interest, b: Interest) => a.cameInAt.getTime() - b.cameInAt.getTime() || (a.id < b.id ? -1 : 1)

function closingOf(closes: Interest, stays: Interest, choices: readonly LeadChoice[]): Closing {
  const said = choices.find((choice) => choice.closes === closes.id && choice.stays === stays.id)
  const owners = [stays.ownerId, closes.ownerId].filter((owner) => owner !== null)
  const isOneOfThem = said?.ownerId !== undefined && said.ownerId !== null && owners.includes(said.ownerId)
  const needsOwner = stays.ownerId !== null && closes.ownerId !== null && stays.ownerId !== closes.ownerId && !isOneOfThem
  const needsStage = said === undefined && stages.indexOf(closes.stage) > stages.indexOf(stays.stage)
  return {
    closes, stays, ownerAfter: isOneOfThem ? (said.ownerId ?? null) : (stays.ownerId ?? closes.ownerId),
    conflicts: [...(needsOwner ? ['owner' as const] : []), ...(needsStage ? ['stage' as const] : [])],
  }
}
