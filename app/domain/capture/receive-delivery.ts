import { newId } from '~/lib/ids'
import { sha256 } from '~/platform/crypto'
import { log } from '~/platform/log'
import { deliveriesTotal } from '~/platform/metrics'
import { DomainError } from '../kernel'
import { cleanText } from './clean-text'
import { connectedSource, keysAt, type ConnectedSource } from './connected-source'
import type { Keys, Message, Push, Received, Reply } from './connectors/connector'
import { pushOf } from './connectors/registry'
import { mayKeepRejected } from './rejected-cap'
import { receiptOf } from './receipt'
import { isCrowded, storeDelivery, type NewDelivery } from './store-delivery'

/** A request at a source's address. `now` is when it arrived. */
export type Inbound = Message & { connector: string; sourceKey: string; requestId: string; now: Date }

const RETRY_AFTER_SECONDS = 5
const NO_KEYS: Keys = { secrets: [], keys: {}, settings: {} }
const PATIENCE_MS = 8_000
const KEPT_HEADERS = /^(content-type|user-agent|signature|timestamp|msg-id|webhook-(id|timestamp|signature)|(x|tiktok)-[\w-]*(signature|timestamp|event|delivery|request-id)[\w-]*)$/

/**
 * Verifies a message, keeps it, and answers in the words of its platform; nothing else happens before the answer.
 * Refuses `unknown-source` where nobody lives at the address. When the database cannot keep it, the answer is 503.
 */
export async function receiveDelivery(inbound: Inbound): Promise<Reply> {
  const push = pushOf(inbound.connector)
  if (push === null) throw new DomainError('unknown-source')
  if (isCrowded()) return push.reply({ kind: 'busy', retryAfter: RETRY_AFTER_SECONDS }, NO_KEYS)
  try {
    return await within(PATIENCE_MS, receive(inbound, push))
  } catch (error) {
    if (error instanceof DomainError) throw error
    log.error({ err: error, requestId: inbound.requestId, connector: inbound.connector }, 'a delivery could not be kept')
    deliveriesTotal.inc({ connector: inbound.connector, verdict: 'busy' })
    return push.reply({ kind: 'busy', retryAfter: RETRY_AFTER_SECONDS }, NO_KEYS)
  }
}

async function receive(inbound: Inbound, push: Push): Promise<Reply> {
  const source = await connectedSource(inbound.sourceKey, inbound.now)
  if (source === null || source.connector !== inbound.connector) throw new DomainError('unknown-source')
  const keys = keysAt(source, inbound.now)
  const verified = push.verify(inbound, keys, inbound.now)
  if (!verified.ok) return push.reply(await reject(inbound, source, 'wrong-signature', verified.why, push, keys), keys)
  if ('handshake' in verified) return verified.handshake
  if (source.isPaused) return push.reply(await reject(inbound, source, 'paused', 'source-paused', push, keys), keys)

  const delivery = describe(inbound, source)
  const dedupeKey = (verified.dedupeKey === null ? null : cleanText(verified.dedupeKey, 256)) ?? delivery.bodySha256
  // Asked again where nothing is awaited before the list grows: a burst that was read together cannot overfill it.
  if (isCrowded()) return push.reply({ kind: 'busy', retryAfter: RETRY_AFTER_SECONDS }, keys)
  const { firstId } = await storeDelivery({ ...delivery, dedupeKey, replyStatus: 200, kept: { headers: keptHeaders(inbound), body: inbound.raw } })
  const kind = firstId === delivery.id ? 'stored' : 'duplicate'
  deliveriesTotal.inc({ connector: inbound.connector, verdict: kind })
  return push.reply({ kind, receipt: receiptOf(delivery.id) }, keys)
}

// Kept without its body, and only so many a minute: whoever has no secret must not be able to fill the disk.
async function reject(inbound: Inbound, source: ConnectedSource, kind: 'wrong-signature' | 'paused', why: string, push: Push, keys: Keys): Promise<Received> {
  deliveriesTotal.inc({ connector: inbound.connector, verdict: 'rejected' })
  if (!mayKeepRejected(source.id, inbound.now)) return { kind, receipt: null }
  const delivery = describe(inbound, source)
  const received: Received = { kind, receipt: receiptOf(delivery.id) }
  await storeDelivery({ ...delivery, dedupeKey: delivery.bodySha256, replyStatus: push.reply(received, keys).status, kept: { rejectedFor: why } })
  return received
}

function describe({ raw, connector, requestId, now }: Inbound, source: ConnectedSource): Omit<NewDelivery, 'dedupeKey' | 'replyStatus' | 'kept'> {
  return {
    orgId: source.orgId, id: newId('dlv', now), sourceId: source.id, connector, bodySha256: sha256(raw).toString('hex'), bodyBytes: raw.byteLength,
    requestId, receivedAt: now, way: 'push',
  }
}

function keptHeaders({ headers }: Message): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name))
  return Object.fromEntries(kept.flatMap(([name, value]) => { const text = cleanText(value, 500); return text === null ? [] : [[name, text]] }))
}

/** Fails where the work takes longer; the work itself goes on. */
export function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error('the database did not answer in time')), milliseconds)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
