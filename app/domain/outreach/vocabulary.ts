/** Value lists of one-to-one mail. */

/**
 * Where a mail stands. `unknown`: no server ever said whether it took it; it may have arrived. `cancelled`: taken back
 * before it left. `suppressed`: the person asked for no mail before it left.
 */
export const mailStates = ['queued', 'sending', 'sent', 'failed', 'suppressed', 'unknown', 'cancelled'] as const
export type MailState = (typeof mailStates)[number]
export const settledStates: ReadonlySet<MailState> = new Set<MailState>(['sent', 'failed', 'suppressed', 'unknown', 'cancelled'])

/** Why a mail was not sent: the server refused it for good, nobody took it within a day, or there is nobody to write to any more. */
export const mailProblems = ['refused', 'given-up', 'address-gone', 'erased'] as const
export type MailProblem = (typeof mailProblems)[number]

/** For so long a mail waits before it leaves, so that it can be taken back. */
export const undoSeconds = 10

/** Why an address gets no mail. */
export const suppressionReasons = ['unsubscribed', 'bounced', 'complained', 'by-hand'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]
/** What we may lift ourselves; what the person said, only the person takes back. */
export const liftable: ReadonlySet<SuppressionReason> = new Set<SuppressionReason>(['bounced', 'by-hand'])
export const liftReasons = ['person-asked', 'address-works', 'set-by-mistake'] as const
export type LiftReason = (typeof liftReasons)[number]

/** All that a template may say of the people it is about, in the order in which it is offered. */
export const mailVariables = [
  'person.fullName', 'person.firstName', 'person.lastName', 'person.title', 'company.name', 'lead.productLine', 'sender.name', 'sender.email', 'organisation.name',
] as const
export type MailVariable = (typeof mailVariables)[number]
export type MailValues = Record<MailVariable, string | null>

/** What a template may do beside naming variables. Nothing here reads a file, runs code or repeats itself without end. */
export const templateTags = ['if', 'unless', 'case', 'comment'] as const
export const templateFilters = ['default', 'upcase', 'downcase', 'capitalize', 'strip', 'truncate', 'replace', 'append', 'prepend'] as const

/** Why a template cannot be used. */
export const templateFaults = ['syntax', 'variable', 'filter', 'tag', 'limit'] as const
export type TemplateFault = (typeof templateFaults)[number]

export const mostSubject = 200
export const mostBody = 10_000
