import { holdClocks } from '~/domain/leads'
import type { GivingBackReason, OwnershipWay } from '~/domain/leads/vocabulary'
import type { Id } from '~/lib/ids'
import type { Place } from './assign'
import { atWork } from './doings'
import { poolRules } from './office'
import type { Arrival, Told } from './tell'

type Mem = Id<'mem'>
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** What became of a lead with its owner: whose it is now, since when, and how long it is safe there. */
export type Kept = { ownerId: Mem | null; ownedSince: Date | null; protectedUntil: Date | null; recycleAt: Date | null; lastContactAt: Date | null }
export type Course = { given: Place; isOpen: boolean; closedAt: Date | null; lastContactAt: Date | null; snoozedUntil: Date | null }

/** Follows the ownership of a lead from the rule that gave it to the end of the world: kept, given back, recycled, claimed by another. */
export function keep(told: Told, { at, leadId }: Arrival, { given, isOpen, closedAt, lastContactAt, snoozedUntil }: Course): Kept {
  const { chance: luck, house, desk } = told
  const { end } = house
  const owner = given.ownerId
  const moved = (from: Mem | null, to: Mem | null, way: OwnershipWay, reason: string, when: Date) => move(told, leadId, { from, to, way, reason, at: when, receiptId: way === 'rule' ? given.receiptId : null })
  moved(null, owner, 'rule', 'rule', at)
  const nobody: Kept = { ownerId: null, ownedSince: null, protectedUntil: null, recycleAt: null, lastContactAt }
  if (owner === null) return nobody
  const clocks = holdClocks({ ...poolRules, since: house.start }, { ownedSince: at, lastContactAt, snoozedUntil })
  const held = { memberId: owner, until: closedAt?.getTime() ?? null }
  desk.held.push(held)
  if (!isOpen) return { ...nobody, ownerId: owner, ownedSince: at }
  const leave = (when: Date, way: OwnershipWay, reason: string): Kept => {
    held.until = when.getTime()
    moved(owner, null, way, reason, when)
    return claimed(told, leadId, owner, when) ?? nobody
  }
  if (clocks.recycleAt !== null && clocks.why !== null && clocks.recycleAt < end) return leave(clocks.recycleAt, 'recycle', clocks.why)
  const back = atWork(told, new Date((lastContactAt ?? at).getTime() + luck.around(2, 0.6) * DAY), 1)
  if (lastContactAt !== null && back < end && luck.happens(0.06)) return leave(back, 'return', luck.pick<GivingBackReason>(['cannot_reach', 'wrong_area', 'no_need_now', 'too_many']))
  return { ownerId: owner, ownedSince: at, protectedUntil: clocks.protectedUntil, recycleAt: clocks.recycleAt, lastContactAt }
}

/** Some find another rep within days. Only of late: what was claimed long ago would lie in the pool again. */
function claimed(told: Told, leadId: Id<'lead'>, loser: Mem, lostAt: Date): Kept | null {
  const { chance: luck, house, rows, desk } = told
  const takenAt = atWork(told, new Date(lostAt.getTime() + luck.around(30, 0.6) * HOUR), 1)
  if (takenAt >= house.end || takenAt.getTime() < house.end.getTime() - 12 * DAY || !luck.happens(0.5)) return null
  const taker = luck.pick(house.seats.filter(({ role, id }) => role === 'rep' && id !== loser)).id
  move(told, leadId, { from: null, to: taker, way: 'claim', reason: 'claimed', at: takenAt, receiptId: null })
  desk.held.push({ memberId: taker, until: null })
  const contactAt = atWork(told, new Date(takenAt.getTime() + luck.around(40, 0.5) * 60_000), 1)
  const isReached = contactAt < house.end
  if (isReached) rows.activities.push({ orgId: house.orgId, id: luck.id('act', contactAt), leadId, kind: 'call', outcome: 'no_answer', nextStepAt: new Date(contactAt.getTime() + DAY), at: contactAt, memberId: taker })
  const lastContactAt = isReached ? contactAt : null
  const { protectedUntil, recycleAt } = holdClocks({ ...poolRules, since: house.start }, { ownedSince: takenAt, lastContactAt, snoozedUntil: null })
  return { ownerId: taker, ownedSince: takenAt, protectedUntil, recycleAt, lastContactAt }
}

type Moved = { from: Mem | null; to: Mem | null; way: OwnershipWay; reason: string; at: Date; receiptId: Id<'asr'> | null }

function move({ rows, chance: luck, house: { orgId, poolId } }: Told, leadId: Id<'lead'>, { from, to, way, reason, at, receiptId }: Moved): void {
  const byHand = way === 'claim' ? to : way === 'return' ? from : null
  rows.ownershipChanges.push({
    orgId, leadId, id: luck.id('own', at), fromId: from, toId: to, fromPool: from === null ? poolId : null, toPool: to === null ? poolId : null, way, reason, receiptId,
    actorKind: byHand === null ? 'system' : 'user', actorId: byHand ?? (way === 'rule' ? 'assign-lead' : 'recycle-leads'), at,
  })
}
