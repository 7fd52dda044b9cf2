/** Value lists of scoring. */
export const cardKinds = ['hand', 'learned'] as const
export type CardKind = (typeof cardKinds)[number]

/** One card of an organisation is published at a time; the one before it is retired and keeps its report. */
export const cardStates = ['draft', 'published', 'retired'] as const
export type CardState = (typeof cardStates)[number]

/** Fit 契合: who they are. Interest 意向: what they did. */
export const scoreGroups = ['fit', 'interest'] as const
export type ScoreGroup = (typeof scoreGroups)[number]

/** Fit and interest, each 1 (best) to 4: 11 … 44. */
export const cells = [11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34, 41, 42, 43, 44] as const
export type Cell = (typeof cells)[number]
/** Ranks of fit and of interest, 1 is best. */
export const ranks = [1, 2, 3, 4] as const

/** Why somebody sets a lead's cell by hand. */
export const overrideReasons = ['know_them', 'strategic', 'wrong_data', 'not_now', 'other'] as const
export type OverrideReason = (typeof overrideReasons)[number]

/** What may be asked of a custom field. */
export const fieldTests = ['known', 'unknown', 'one-of', 'at-least', 'at-most'] as const
/** Ways somebody can be reached. */
export const reachWays = ['phone', 'email', 'wechat'] as const
/** What may be missing. */
export const unknowables = ['employees', 'industry', 'country', 'role', 'campaign', 'landing-page'] as const

/** Line of a card that every lead scored by it has: the points one begins with. */
export const BASE_LINE = 'base'
export const mostLines = 200
