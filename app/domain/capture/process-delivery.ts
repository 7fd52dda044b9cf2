import { sql } from 'drizzle-orm'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import { deliveriesTotal } from '~/platform/metrics'
import type { Tx } from '~db/client.server'
import { deliveryOutcomes } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { applyFieldMapping } from './apply-field-mapping'
import { ProcessDelivery } from './contract'
import { connectorOf, isMappedConnector } from './connectors/registry'
import { honourErasures } from './honour-erasures'
import { ingestLeads, type Ingested, type IngestSource } from './ingest-lead'
import { ingestSource } from './ingest-source'
import type { Issue } from './lead-draft'
import { orderFetches } from './order-fetches'
import { recordTouches } from './record-touches'
import { sourceKeys } from './source-keys'
import type { DeliveryVerdict, Way } from './vocabulary'

type Stored = { sourceId: Id<'src'>; connector: string; dedupeKey: string; isFirst: boolean; receivedAt: Date; way: Way; headers: Record<string, string>; body: Uint8Array | null; last: Verdict | null }
/** What became of a delivery; `leadId` and `inquiryId` name the first lead in it. */
export type Verdict = { verdict: DeliveryVerdict; issues: Issue[] | null; leadId: Id<'lead'> | null; inquiryId: Id<'inq'> | null }

/**
 * Turns a stored delivery into leads and writes the verdict. Doing it twice, or at once from two workers, changes
 * nothing; `again` reads the bytes with the present mapping and writes a verdict only where it differs.
 * Refuses `not-found`.
 */
export const processDelivery = command({
  name: 'delivery.process',
  permission: 'deliveries:replay',
  input: ProcessDelivery,
  async run({ tx, ctx, input }): Promise<Verdict> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${input.deliveryId}, 0))`)
    const stored = await load(tx, ctx, input.deliveryId)
    if (stored === null) throw new DomainError('not-found')
    if (stored.last !== null && !mayChange(stored, input.again)) return stored.last
    const verdict = await decide({ ...ctx, tx }, input.deliveryId, stored)
    if (verdict.verdict === 'stored' || (stored.last !== null && isSame(stored.last, verdict))) return stored.last ?? verdict
    await tx.insert(deliveryOutcomes).values({ orgId: ctx.orgId, id: newId('dlo', ctx.now), deliveryId: input.deliveryId, ...verdict, at: ctx.now })
    deliveriesTotal.inc({ connector: stored.connector, verdict: verdict.verdict })
    return verdict
  },
})

// Duplicates and rejected messages have nothing of their own to become.
function mayChange({ last, isFirst, body }: Stored, again: boolean): boolean {
  return last === null || (again && isFirst && body !== null && last.verdict !== 'rejected')
}

const isSame = (a: Verdict, b: Verdict) => a.verdict === b.verdict && a.leadId === b.leadId && a.inquiryId === b.inquiryId && JSON.stringify(a.issues) === JSON.stringify(b.issues)

async function decide(ctx: Context & { tx: Tx }, deliveryId: Id<'dlv'>, stored: Stored): Promise<Verdict> {
  if (stored.body === null) return unreadable([{ path: '', code: 'body-erased' }])
  const source = await ingestSource(ctx, stored.sourceId)
  if (!isMappedConnector(stored.connector)) return unreadable([{ path: '', code: 'no-connector' }])
  const { body: raw, headers, way } = stored
  const keys = await sourceKeys(ctx, source.id)
  const mapped = connectorOf(stored.connector).map({ raw, headers, way }, keys)
  if ('issues' in mapped) return unreadable(mapped.issues)
  if ('test' in mapped) return { verdict: 'test', issues: null, leadId: null, inquiryId: null }
  const drafts = mapped.leads.map((draft) => applyFieldMapping(draft, keys.settings)).map((draft) => ({ ...draft, at: draft.at === null || draft.at > stored.receivedAt ? stored.receivedAt : draft.at }))
  const inside = asSource(ctx, source)
  const ingested = await ingestLeads(inside, source, drafts, { deliveryId, namelessId: `msg:${stored.dedupeKey}` })
  await recordTouches(inside, source, mapped.touches ?? [], stored.receivedAt)
  await honourErasures(inside, source, mapped.erasures ?? [])
  const fetched = await orderFetches(inside, source, deliveryId, mapped.fetches ?? [])
  return fetched ?? processed(ingested, mapped.ignored)
}

const asSource = (ctx: Context & { tx: Tx }, source: IngestSource): Context & { tx: Tx } => ({ ...ctx, actor: { kind: 'source', sourceId: source.id } })
const unreadable = (issues: Issue[]): Verdict => ({ verdict: 'unreadable', issues, leadId: null, inquiryId: null })

function processed(ingested: readonly Ingested[], ignored?: string): Verdict {
  const [first] = ingested
  const codes = [...(ingested.some(({ isAmbiguous }) => isAmbiguous) ? ['ambiguous-person'] : []), ...(ignored === undefined ? [] : [ignored])]
  const issues = codes.length === 0 ? null : codes.map((code) => ({ path: '', code }))
  return { verdict: 'processed', issues, leadId: first?.leadId ?? null, inquiryId: first?.inquiryId ?? null }
}

type Row = {
  source_id: string; connector: string; dedupe_key: string; received_at: string; way: Way; headers: Record<string, string> | null; is_first: boolean; body: Uint8Array | null
  verdict: DeliveryVerdict | null; issues: Issue[] | null; lead_id: string | null; inquiry_id: string | null
}

async function load(tx: Tx, ctx: Context, deliveryId: Id<'dlv'>): Promise<Stored | null> {
  const [row] = await tx.execute<Row>(sql`
    select d.source_id, d.connector, d.dedupe_key, d.received_at, d.way, b.headers, b.body, o.verdict, o.issues, o.lead_id, o.inquiry_id, k.delivery_id is not null as is_first
    from deliveries d
    left join delivery_bodies b on b.org_id = d.org_id and b.delivery_id = d.id
    left join delivery_keys k on k.org_id = d.org_id and k.source_id = d.source_id and k.dedupe_key = d.dedupe_key and k.delivery_id = d.id
    left join lateral (
      select verdict, issues, lead_id, inquiry_id from delivery_outcomes o
      where o.org_id = d.org_id and o.delivery_id = d.id order by o.id desc limit 1) o on true
    where d.org_id = ${toUuid(ctx.orgId)} and d.id = ${toUuid(deliveryId)}`)
  if (!row) return null
  const last: Verdict | null = row.verdict === null ? null : {
    verdict: row.verdict, issues: row.issues, leadId: row.lead_id === null ? null : fromUuid('lead', row.lead_id), inquiryId: row.inquiry_id === null ? null : fromUuid('inq', row.inquiry_id),
  }
  return { sourceId: fromUuid('src', row.source_id), connector: row.connector, dedupeKey: row.dedupe_key, isFirst: row.is_first, receivedAt: new Date(row.received_at), way: row.way, headers: row.headers ?? {}, body: row.body, last }
}
