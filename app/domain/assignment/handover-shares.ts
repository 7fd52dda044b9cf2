import type { Id } from '~/lib/ids'
import type { Candidate, Staff } from './decide-assignment'
import { takeTurn } from './take-turn'

type Mem = Id<'mem'>
export type Share = { memberId: Mem; weight: number; standing: number }

/** Who gets the next lead of a leaver: the shares in turn, past whoever has no room. Changes `shares` and `staff` as it gives. */
export function nextHeir(shares: Share[], staff: ReadonlyMap<Mem, Staff>): { memberId: Mem | null; candidates: Candidate[] } {
  const candidates = shares.map(({ memberId, weight }): Candidate => {
    const person = staff.get(memberId)
    const base = { memberId, weight, open: person?.open ?? 0, cap: person?.cap ?? null }
    if (person === undefined || !person.isActive) return { ...base, skipped: 'inactive' }
    return { ...base, skipped: person.cap !== null && person.open >= person.cap ? 'at-cap' : null }
  })
  const present = shares.filter(({ memberId }) => candidates.some((each) => each.memberId === memberId && each.skipped === null))
  const turn = takeTurn(present)
  if (turn === null) return { memberId: null, candidates }
  for (const share of shares) share.standing = turn.standings.get(share.memberId) ?? share.standing
  const heir = staff.get(turn.chosen)
  if (heir !== undefined) heir.open += 1
  return { memberId: turn.chosen, candidates }
}
