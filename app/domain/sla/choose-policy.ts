import { policyFits, type LeadFacts } from './policy-fits'
import type { Policy } from './policy-rows'

/**
 * The first policy that fits a lead. One that asks for a cell must also be in time still, because a score may come long after
 * the lead.
 */
export function choosePolicy(policies: readonly Policy[], lead: LeadFacts, isInTime: (policy: Policy) => boolean): Policy | undefined {
  return policies.find((policy) => policyFits(policy.conditions, lead) && (policy.conditions.cells.length === 0 || isInTime(policy)))
}
