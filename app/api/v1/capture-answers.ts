import { z } from '@hono/zod-openapi'
import type { DeliveryDetail, DeliveryRow, SourceAlarm, SourceGlance } from '~/domain/capture'
import { alarmKinds, connectorNames, deliveryVerdicts, leadRules, sourceStatuses, ways } from '~/domain/capture/vocabulary'

const named = z.object({ id: z.string(), name: z.string() })
const instant = z.string().openapi({ format: 'date-time' })
const state = z.enum(deliveryVerdicts)
const issue = z.object({ path: z.string(), code: z.string() })

const Alarm = z.object({ kind: z.enum(alarmKinds), since: instant, facts: z.record(z.string(), z.unknown()).openapi({ description: 'what was expected: counts, names of fields, codes' }) })
export const SourceAnswer = z.object({
  id: z.string(), name: z.string(), connector: z.enum(connectorNames), status: z.enum(sourceStatuses), lead_rule: z.enum(leadRules), default_country: z.string(),
  channel: named.nullable(), owner: named.nullable(), product_line: named.nullable(),
  last_delivery: z.object({ id: z.string(), at: instant, state }).nullable(),
  last_24_hours: z.record(z.string(), z.number().int()).openapi({ description: 'deliveries by state' }),
  alarms: z.array(Alarm), created_at: instant,
}).openapi('Source')

const summary = {
  id: z.string(), receipt: z.string(), source: named, connector: z.enum(connectorNames), way: z.enum(ways), state, received_at: instant, bytes: z.number().int(), reply_status: z.number().int(),
}
const lead = z.string().nullable()
export const DeliveryAnswer = z.object({
  ...summary, issues: z.array(issue), lead, duplicate_of: z.string().nullable().openapi({ description: 'the delivery that said the same first' }),
  decided_at: instant.nullable(), latency_ms: z.number().nullable(),
}).openapi('Delivery')
export const DeliveryWithHistory = z.object({
  ...summary, sha256: z.string(), request_id: z.string().nullable(),
  history: z.array(z.object({ at: instant, state, issues: z.array(issue), lead, duplicate_of: z.string().nullable() })),
}).openapi('DeliveryWithHistory')

/** A source as the API tells it; what it was given to sign and ask with is never told. */
export function sourceAnswer(source: SourceGlance, alarms: readonly SourceAlarm[]): z.input<typeof SourceAnswer> {
  const { id, name, connector, status, channel, owner, last, day } = source
  return {
    id, name, connector, status, lead_rule: source.leadRule, default_country: source.defaultCountry, channel, owner, product_line: source.productLine,
    last_delivery: last && { id: last.id, at: last.at.toISOString(), state: last.verdict }, last_24_hours: { ...day },
    alarms: alarms.map(({ kind, since, facts }) => ({ kind, since: since.toISOString(), facts: { ...facts } })), created_at: source.createdAt.toISOString(),
  }
}

type Common = Pick<DeliveryRow, 'id' | 'receipt' | 'source' | 'connector' | 'way' | 'state' | 'receivedAt' | 'bytes' | 'replyStatus'>
const summaryOf = ({ id, receipt, source, connector, way, state, receivedAt, bytes, replyStatus }: Common) => ({
  id, receipt, source: { id: source.id, name: source.name }, connector, way, state, received_at: receivedAt.toISOString(), bytes, reply_status: replyStatus,
})
const issuesOf = (issues: readonly { path: string; code: string }[]) => issues.map(({ path, code }) => ({ path, code }))

/** A delivery of the log; codes only, nothing of what it says. */
export const deliveryAnswer = (row: DeliveryRow): z.input<typeof DeliveryAnswer> => ({
  ...summaryOf(row), issues: issuesOf(row.issues), lead: row.leadId, duplicate_of: row.firstDeliveryId, decided_at: row.decidedAt?.toISOString() ?? null, latency_ms: row.latencyMs,
})

/** One delivery with every verdict on it, oldest first. */
export const deliveryWithHistory = (found: DeliveryDetail): z.input<typeof DeliveryWithHistory> => ({
  ...summaryOf(found), sha256: found.sha256, request_id: found.requestId,
  history: found.history.map(({ at, verdict, issues, leadId, firstDeliveryId }) => ({ at: at.toISOString(), state: verdict, issues: issuesOf(issues), lead: leadId, duplicate_of: firstDeliveryId })),
})
