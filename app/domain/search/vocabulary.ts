/** What can be found, in the order pages show it. */
export const searchKinds = ['leads', 'people', 'companies'] as const
export type SearchKind = (typeof searchKinds)[number]

/** By what something was found. */
export const matchFields = ['id', 'receipt', 'external', 'phone', 'email', 'domain', 'person', 'company', 'similar'] as const
export type MatchField = (typeof matchFields)[number]

/** How well something fits what was typed; smaller is better, and whatever is better stands first. */
export const tiers = { id: 0, contact: 1, exact: 2, beginning: 3, words: 4, part: 5, near: 6 } as const
export type Tier = (typeof tiers)[keyof typeof tiers]
