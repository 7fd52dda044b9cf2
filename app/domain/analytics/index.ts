/** Analytics: what is shown as a number. Invariant: every metric is defined once, and opens to exactly the rows it counts. */
export type { FunnelCounts, FunnelRates, LeadMetric, SpeedCounts, SpeedMetric } from './metrics'
export { filterBehind, funnelByStage, type DaysToWon, type FunnelReport, type FunnelRow } from './questions/funnel-by-stage'
export { timeBetweenStages, type LostAt, type StageTimes, type StepTime } from './questions/time-between-stages'
export { speedBehind, speedToLead, type SpeedReport, type SpeedRow, type Waits } from './questions/speed-to-lead'
