/** Value lists of tasks. */
export const snoozeRules = ['hour', 'tomorrow', 'days3', 'days7'] as const
export type SnoozeRule = (typeof snoozeRules)[number]

/** What somebody may write down by hand; a callback comes of a contact. */
export const handKinds = ['call', 'mail', 'meeting', 'other'] as const

/** Whose tasks a page shows. */
export const taskViews = ['mine', 'team'] as const
export type TaskView = (typeof taskViews)[number]
