/** Value lists of response times (SLA). */
export const countings = ['working', 'calendar'] as const
export type Counting = (typeof countings)[number]

/** Whose hours count. */
export const calendarChoices = ['owner', 'team', 'organisation'] as const
export type CalendarChoice = (typeof calendarChoices)[number]

/** What happens at breach: the owner is told, the managers are told too, or the lead goes back to the pool. */
export const breachActs = ['notify', 'escalate', 'reassign'] as const
export type BreachAct = (typeof breachActs)[number]

/** What begins a later turn: the customer came again, or also an answered contact, after which we owe the next step. */
export const nextTurns = ['inbound', 'inbound_or_answered'] as const
export type NextTurn = (typeof nextTurns)[number]

export const firingKinds = ['warn_50', 'warn_80', 'breach'] as const
export type FiringKind = (typeof firingKinds)[number]

/** Why a clock no longer runs: somebody logged a contact; the lead is junk, closed or a duplicate; what began it was undone. */
export const stopReasons = ['contact', 'junk', 'closed', 'duplicate', 'undone'] as const
export type StopReason = (typeof stopReasons)[number]

/** Why a running clock got another due time. */
export const reclockings = ['owner', 'policy', 'hours'] as const

/** `waiting`: its hours have not begun; `missed`: it stopped, but after its time. */
export const clockStates = ['waiting', 'running', 'warned', 'breached', 'kept', 'missed', 'cancelled'] as const
export type ClockState = (typeof clockStates)[number]
