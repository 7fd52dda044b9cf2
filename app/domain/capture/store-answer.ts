import { newId, type Id } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import type { Context } from '../kernel'
import { answerKey } from './settle-fetch'
import { storeDelivery } from './store-delivery'

/** What a platform answered about one lead when it was asked. */
export type PlatformAnswer = { sourceId: Id<'src'>; connector: string; externalId: string; raw: Uint8Array; contentType: string; way: 'fetch' | 'pull' }

/**
 * Keeps an answer byte for byte as a delivery of its own, which is then read like any other. The same bytes again are
 * the same delivery: answers the one that came first. Opens a transaction of its own.
 */
export async function storeAnswer(ctx: Context, answer: PlatformAnswer): Promise<Id<'dlv'>> {
  const { sourceId, connector, externalId, raw, contentType, way } = answer
  const digest = sha256(raw).toString('hex')
  const { firstId } = await storeDelivery({
    orgId: ctx.orgId, id: newId('dlv', ctx.now), sourceId, connector, dedupeKey: answerKey(way, externalId, digest), bodySha256: digest, bodyBytes: raw.byteLength,
    replyStatus: 200, requestId: ctx.requestId, receivedAt: ctx.now, way, kept: { headers: { 'content-type': contentType.slice(0, 200) }, body: raw },
  })
  return firstId
}
