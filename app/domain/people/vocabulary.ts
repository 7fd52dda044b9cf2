/** Value lists of people and companies. */
export const identityKinds = ['phone', 'email', 'wechat', 'external'] as const
export type IdentityKind = (typeof identityKinds)[number]

/** What follows from how sure a match is: joined by itself, looked at by a person, or two people. */
export const matchBands = ['auto', 'review', 'new'] as const
export type MatchBand = (typeof matchBands)[number]

/** Where a pair stands. What a person answered is never asked again. */
export const matchStates = ['open', 'same', 'different'] as const
export type MatchState = (typeof matchStates)[number]

/** Why a pair is looked at though its weight alone would not say so. */
export const matchReasons = ['weight', 'other-name', 'silent-number'] as const
export type MatchReason = (typeof matchReasons)[number]

/** Numbers that find nobody again for good: their middle is hidden, they are lent out, or they were somebody else's. */
export const hintKinds = ['masked', 'doubted'] as const
export type HintKind = (typeof hintKinds)[number]

/** What is counted by member and day: numbers looked at, rows taken out, numbers asked about before typing a lead in. */
export const usageKinds = ['reveal', 'export', 'clash'] as const
export type UsageKind = (typeof usageKinds)[number]
/** What carries search words. */
export const tokenKinds = ['people', 'companies'] as const
export type TokenKind = (typeof tokenKinds)[number]
