import { sql } from 'drizzle-orm'
import { fromUuid, newId, toUuid, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import { reading, type Context } from '../kernel'
import type { Entry } from './connectors/connector'
import { storeDelivery } from './store-delivery'

type Source = { id: Id<'src'>; connector: string }
const MOST_ID = 180

/**
 * Keeps entries of a platform's list, byte for byte, each as a delivery of its own; what was kept before is left
 * alone. Answers the delivery of each entry that has bytes, by its external id, and how many are new. Opens its own
 * transactions.
 */
export async function storeListed(ctx: Context, source: Source, entries: readonly Entry[]): Promise<{ stored: number; deliveries: Map<string, Id<'dlv'>> }> {
  const known = await knownKeys(ctx, source, entries)
  const deliveries = new Map<string, Id<'dlv'>>()
  const kept = await Promise.all(entries.map(async ({ externalId, raw }) => {
    if (raw === null) return 0
    const digest = sha256(raw).toString('hex')
    const dedupeKey = keyOf(externalId, digest)
    const before = known.get(dedupeKey)
    if (before !== undefined) {
      deliveries.set(externalId, before)
      return 0
    }
    const id = newId('dlv', ctx.now)
    const { firstId } = await storeDelivery({
      orgId: ctx.orgId, id, sourceId: source.id, connector: source.connector, dedupeKey, bodySha256: digest, bodyBytes: raw.byteLength, replyStatus: 200,
      requestId: ctx.requestId, receivedAt: ctx.now, way: 'pull', kept: { headers: { 'content-type': 'application/json' }, body: raw },
    })
    deliveries.set(externalId, firstId)
    return firstId === id ? 1 : 0
  }))
  return { stored: kept.reduce((sum: number, each) => sum + each, 0), deliveries }
}

const keyOf = (externalId: string, digest: string) => `pull:${externalId.slice(0, MOST_ID)}:${digest}`

// Asked first: a list is read with an overlap, and the same bytes must not be written again every few minutes.
async function knownKeys(ctx: Context, source: Source, entries: readonly Entry[]): Promise<Map<string, Id<'dlv'>>> {
  const keys = entries.flatMap(({ externalId, raw }) => (raw === null ? [] : [keyOf(externalId, sha256(raw).toString('hex'))]))
  if (keys.length === 0) return new Map()
  const rows = await reading(ctx, async ({ tx }) => tx?.execute<{ dedupe_key: string; delivery_id: string }>(sql`
    select k.dedupe_key, k.delivery_id from delivery_keys k
    where k.org_id = ${toUuid(ctx.orgId)} and k.source_id = ${toUuid(source.id)} and k.dedupe_key = any (array(select json_array_elements_text(${JSON.stringify(keys)}::json)))`))
  return new Map((rows ?? []).map(({ dedupe_key: key, delivery_id: id }) => [key, fromUuid('dlv', id)]))
}
