/** Value lists of assignment. */
export const ruleSetStates = ['draft', 'published', 'retired'] as const
export type RuleSetState = (typeof ruleSetStates)[number]

/** What decided: a rule of the set, an owner there was already, the source itself, or nothing but the pool. */
export const receiptKinds = ['rule', 'named', 'company_owner', 'customer_owner', 'source', 'pool', 'handover', 'gone'] as const
export type ReceiptKind = (typeof receiptKinds)[number]

/** Why somebody was passed over. */
export const skipReasons = ['at-cap', 'away', 'outside-hours', 'lacks-language', 'lacks-skill', 'inactive', 'takes-none'] as const
export type SkipReason = (typeof skipReasons)[number]

/** Why a rule did not take a lead: the condition that did not hold, or nobody in it who could. */
export const missReasons = [
  'off', 'channel-kind', 'channel', 'source', 'campaign', 'product-line', 'country', 'region', 'city', 'language', 'industry', 'size', 'customer', 'account', 'nobody',
] as const
export type MissReason = (typeof missReasons)[number]

export const targetKinds = ['member', 'members', 'team', 'pool'] as const
export type TargetKind = (typeof targetKinds)[number]

/** Where somebody is at a moment, as the calendar of working hours and leave says. */
export const availabilities = ['working', 'outside-hours', 'away'] as const
export type Availability = (typeof availabilities)[number]

export const handoverStates = ['running', 'done'] as const
export const handoverWays = ['member', 'team', 'pool'] as const
export type HandoverWay = (typeof handoverWays)[number]
