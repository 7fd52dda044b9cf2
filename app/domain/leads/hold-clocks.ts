import type { MovingReason } from './vocabulary'

/** A pool's rules of holding: days or hours, null where the pool sets none. `since` is when they began to count. */
export type HoldRules = { protectionDays: number | null; maxProtectionDays: number | null; firstContactHours: number | null; idleDays: number | null; since: Date }
export type Held = { ownedSince: Date; lastContactAt: Date | null; snoozedUntil: Date | null }
export type HoldClocks = { protectedUntil: Date | null; recycleAt: Date | null; why: Extract<MovingReason, 'no_first_contact' | 'no_contact' | 'held_too_long'> | null }

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Whatever takes a lead away is said a day before; new rules take nothing sooner than that either. */
export const WARNING_MS = DAY

/**
 * Until when a held lead is protected and when it goes back to its pool. A contact since it was taken prolongs the
 * protection, never beyond the longest; no first contact ends it early; rest (培育) stands still and counts from its end.
 */
export function holdClocks(rules: HoldRules, { ownedSince, lastContactAt, snoozedUntil }: Held): HoldClocks {
  const since = ownedSince.getTime()
  const contact = lastContactAt !== null && lastContactAt.getTime() >= since ? lastContactAt.getTime() : null
  const rest = snoozedUntil?.getTime() ?? 0
  const end = rules.maxProtectionDays === null ? Infinity : since + rules.maxProtectionDays * DAY
  const protectedUntil = rules.protectionDays === null ? null : Math.min((contact ?? since) + rules.protectionDays * DAY, end)
  const active = Math.max(contact ?? since, rest)
  const idle = rules.idleDays ?? rules.protectionDays
  const ends: { at: number; why: NonNullable<HoldClocks['why']> }[] = []
  if (idle !== null) ends.push({ at: Math.max(active + idle * DAY, protectedUntil ?? 0), why: 'no_contact' })
  if (contact === null && rules.firstContactHours !== null) ends.push({ at: Math.max(since, rest) + rules.firstContactHours * HOUR, why: 'no_first_contact' })
  if (end !== Infinity) ends.push({ at: Math.max(end, rest), why: 'held_too_long' })
  const first = ends.reduce<(typeof ends)[number] | null>((soonest, each) => (soonest === null || each.at < soonest.at ? each : soonest), null)
  return {
    protectedUntil: momentOf(protectedUntil),
    recycleAt: momentOf(first === null ? null : Math.max(first.at, rules.since.getTime() + WARNING_MS)),
    why: first?.why ?? null,
  }
}

const momentOf = (milliseconds: number | null): Date | null => (milliseconds === null ? null : new Date(milliseconds))
