import { createHash, timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client'
import { env } from '~/platform/env'
import { registry } from '~/platform/metrics'
import { database } from '~db/client.server'

type Figures = MetricObjectWithValues<MetricValue<string>>[]

// Every worker that looks sees the same outbox: their figures are one figure, not a sum.
const oneFigure = /^clew_outbox_/
const ofOneProcess = /^clew_(process|nodejs)_/

/** Whether a scraper may read: by METRICS_TOKEN when it is set, else from this machine only. */
export function mayReadMetrics(bearer: string | null, fromThisMachine: boolean): boolean {
  const { METRICS_TOKEN } = env()
  if (METRICS_TOKEN === undefined) return fromThisMachine
  return holdsMetricsToken(bearer)
}

/** Whether METRICS_TOKEN is set and this is it. */
export function holdsMetricsToken(bearer: string | null): boolean {
  const { METRICS_TOKEN } = env()
  return METRICS_TOKEN !== undefined && bearer !== null && timingSafeEqual(digest(bearer), digest(METRICS_TOKEN))
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** This process's figures together with those of the living workers, as Prometheus reads them. */
export async function metricsText(): Promise<{ contentType: string; text: string }> {
  const figures = [await ownFigures(), ...(await figuresOfWorkers())].map(asOneFigure)
  const all = AggregatorRegistry.aggregate(figures)
  return { contentType: registry.contentType, text: await all.metrics() }
}

/** What a worker sends with its signs of life: its own counts, without those of its process. */
export async function workerFigures(): Promise<Figures> {
  return (await ownFigures()).filter(({ name }) => !ofOneProcess.test(name))
}

async function ownFigures(): Promise<Figures> {
  return (await registry.getMetricsAsJSON()) as unknown as Figures
}

const asOneFigure = (figures: Figures): object[] =>
  figures.map((figure) => (oneFigure.test(figure.name) ? { ...figure, aggregator: 'max' } : figure))

async function figuresOfWorkers(): Promise<Figures[]> {
  try {
    const rows = await database().execute<{ metrics: Figures }>(sql`
      select metrics from clew_ops.workers where metrics is not null and seen_at > now() - interval '1 minute'`)
    return rows.map(({ metrics }) => metrics)
  } catch {
    // A scrape must say something while the database is away: that is when it is read.
    return []
  }
}
