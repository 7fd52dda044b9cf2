/** Value lists of people and companies. */
export const identityKinds = ['phone', 'email', 'wechat', 'external'] as const
export type IdentityKind = (typeof identityKinds)[number]
