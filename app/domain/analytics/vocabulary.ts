/** Value lists of analytics. */
export const dimensionNames = ['channel', 'campaign', 'source', 'owner'] as const
export type DimensionName = (typeof dimensionNames)[number]
