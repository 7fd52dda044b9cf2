/** Operations: how the installation itself is: readiness, metrics, workers, recurring work. Holds nothing of any organisation. */
export { ensurePartitions } from './ensure-partitions'
export { health, type Health } from './health'
export { holdsMetricsToken, mayReadMetrics, metricsText, workerFigures } from './metrics'
export { runWhenDue, type Recurring } from './recurring'
export { beat, leave, type Beat } from './workers'
