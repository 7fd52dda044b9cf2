/** Value lists of channels. */
export const channelKinds = ['paid', 'content', 'event', 'referral', 'partner', 'outbound', 'direct', 'other'] as const
export type ChannelKind = (typeof channelKinds)[number]
