import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Everything `/metrics` shows. Labels are patterns and names, never ids or addresses. */
export const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'clew_' })

const seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export const httpSeconds = new Histogram({
  name: 'clew_http_request_duration_seconds', help: 'Time to answer a request', labelNames: ['route', 'method', 'status'], buckets: seconds, registers: [registry],
})
export const verbSeconds = new Histogram({
  name: 'clew_verb_duration_seconds', help: 'Time of a command or query', labelNames: ['name', 'result'], buckets: seconds, registers: [registry],
})
export const jobSeconds = new Histogram({
  name: 'clew_job_duration_seconds', help: 'Time of a job', labelNames: ['handler', 'result'], buckets: seconds, registers: [registry],
})
export const deliveriesTotal = new Counter({
  name: 'clew_deliveries_total', help: 'Deliveries by connector and verdict', labelNames: ['connector', 'verdict'], registers: [registry],
})
export const leadsIngestedTotal = new Counter({
  name: 'clew_leads_ingested_total', help: 'Inquiries by connector and result', labelNames: ['connector', 'result'], registers: [registry],
})
export const outboxWaiting = new Gauge({ name: 'clew_outbox_waiting', help: 'Events not yet relayed', registers: [registry] })
export const outboxOldestSeconds = new Gauge({ name: 'clew_outbox_oldest_seconds', help: 'Age of the oldest event not yet relayed', registers: [registry] })
export const touchesTotal = new Counter({
  name: 'clew_touches_total', help: 'Things people did, by what became of them: kept, waiting for their person, or without any name.', labelNames: ['result'], registers: [registry],
})
export const deadLettersTotal = new Counter({
  name: 'clew_dead_letters_total', help: 'Jobs given up', labelNames: ['handler'], registers: [registry],
})
export const liveSubscribers = new Gauge({ name: 'clew_live_subscribers', help: 'Open live streams', registers: [registry] })
