import { DomainError, type Refusal } from '../kernel'

/** Caps and the pause of a pool; null where it sets none. */
export type ClaimRules = { dailyCap: number | null; heldCap: number | null; coolDownHours: number | null }
/** `lostAt` is when the last owner, where that is who claims, lost or gave back the lead. */
export type ClaimFacts = { claimedToday: number; held: number; lostAt: Date | null; now: Date }

const HOUR = 3_600_000

/** From when the last owner may claim a lead again; null where nothing is in the way. */
export function claimableAt({ coolDownHours }: Pick<ClaimRules, 'coolDownHours'>, lostAt: Date | null): Date | null {
  return coolDownHours === null || lostAt === null ? null : new Date(lostAt.getTime() + coolDownHours * HOUR)
}

/** Why somebody may not claim now, or null. */
export function claimRefusal(rules: ClaimRules, { claimedToday, held, lostAt, now }: ClaimFacts): Extract<Refusal, 'cooling-down' | 'pool-day-cap' | 'pool-held-cap'> | null {
  const again = claimableAt(rules, lostAt)
  if (again !== null && again > now) return 'cooling-down'
  if (rules.dailyCap !== null && claimedToday >= rules.dailyCap) return 'pool-day-cap'
  return rules.heldCap !== null && held >= rules.heldCap ? 'pool-held-cap' : null
}

export function assertMayClaim(rules: ClaimRules, facts: ClaimFacts): void {
  const refusal = claimRefusal(rules, facts)
  if (refusal === null) return
  const until = claimableAt(rules, facts.lostAt)?.toISOString() ?? ''
  const cap = (refusal === 'pool-day-cap' ? rules.dailyCap : rules.heldCap) ?? 0
  throw new DomainError(refusal, { params: refusal === 'cooling-down' ? { until } : { cap } })
}
