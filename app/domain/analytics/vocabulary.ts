/** Value lists of analytics. */
export const dimensionNames = ['channel', 'campaign', 'source', 'owner'] as const
export type DimensionName = (typeof dimensionNames)[number]

/** What speed-to-lead is cut by; hour is the hour of the day a lead came in, in the organisation's zone. */
export const speedDimensions = ['channel', 'owner', 'hour'] as const
export type SpeedDimension = (typeof speedDimensions)[number]

/** What a month's target is set for: contacts logged a working day, leads qualified a month. */
export const targetMetrics = ['contacts_per_day', 'qualified_per_month'] as const
export type TargetMetric = (typeof targetMetrics)[number]

/** The numbers of a daily report, in their order: `kept` and `missed` are first responses promised for that day's leads; `overdue` is as it stands now, and null for days that are over. */
export const dailyMetrics = ['leads', 'kept', 'missed', 'contacts', 'calls', 'qualified', 'graded', 'won', 'overdue'] as const
export type DailyMetric = (typeof dailyMetrics)[number]
export type DailyCounts = Record<Exclude<DailyMetric, 'overdue'>, number> & { overdue: number | null }
/** A daily report as it was sent: the counts of everybody in it and of each member, with the share of targets reached. */
export type DailyNumbers = {
  totals: DailyCounts
  members: { id: string; counts: DailyCounts; targets: Reached[] }[]
  targets: Reached[]
}
/** A target and how much of it is done. */
export type Reached = { metric: TargetMetric; value: number; reached: number }

/** What a forecast is cut by. */
export const forecastDimensions = ['owner', 'channel', 'line'] as const
export type ForecastDimension = (typeof forecastDimensions)[number]
/** The bucket of months further ahead than a year. */
export const LATER = 'later'
