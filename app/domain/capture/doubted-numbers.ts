import { isVirtualNumber } from '~/lib/phone'
import { compareNames } from '../people'
import type { Contact, Identity } from './normalise-draft'

/** Whom numbers and addresses belong to, and when each of them was last heard of. */
export type Holders = { personBy: ReadonlyMap<string, string>; people: ReadonlyMap<string, { id: string; name: string; lastAt: number | null }> }

// A mobile nobody heard of for a year may have been given to somebody else.
const SILENT_MS = 366 * 86_400_000
/** Numbers of virtual operators are lent out, and go to somebody else sooner. */
const LENT_MS = 90 * 86_400_000

export const identityKey = ({ kind, value }: Pick<Identity, 'kind' | 'value'>): string => `${kind} ${value}`

/** A number given again under another name joins nobody by itself (二次放号); an address they share says it is they. */
export function doubtedNumbers(holders: Holders, { name, identities }: Contact, at: Date): Identity[] {
  const holderOf = (each: Identity) => holders.people.get(holders.personBy.get(identityKey(each)) ?? '')
  const vouched = new Set(identities.filter(({ kind }) => kind !== 'phone').map((each) => holderOf(each)?.id))
  return identities.filter((each) => {
    const holder = each.kind === 'phone' ? holderOf(each) : undefined
    if (holder === undefined || name === '' || holder.name === '' || holder.name === name || vouched.has(holder.id)) return false
    const relation = compareNames(holder.name, name)
    return relation === 'other' || (relation === 'like' && holder.lastAt !== null && at.getTime() - holder.lastAt > (isVirtualNumber(each.value) ? LENT_MS : SILENT_MS))
  })
}
