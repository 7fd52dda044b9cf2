/** Value lists of analytics. */
export const dimensionNames = ['channel', 'campaign', 'source', 'owner'] as const
export type DimensionName = (typeof dimensionNames)[number]

/** What speed-to-lead is cut by; hour is the hour of the day a lead came in, in the organisation's zone. */
export const speedDimensions = ['channel', 'owner', 'hour'] as const
export type SpeedDimension = (typeof speedDimensions)[number]
