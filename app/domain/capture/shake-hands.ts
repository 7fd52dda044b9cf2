import { DomainError } from '../kernel'
import { connectedSource, keysAt } from './connected-source'
import type { Reply } from './connectors/connector'
import { pushOf } from './connectors/registry'
import type { Inbound } from './receive-delivery'

/**
 * Answers the question with which some platforms check an address before they use it. Refuses `unknown-source`
 * where nobody lives there; 405 where the platform asks no such question.
 */
export async function shakeHands(inbound: Inbound): Promise<Reply> {
  const push = pushOf(inbound.connector)
  if (push === null) throw new DomainError('unknown-source')
  const source = await connectedSource(inbound.sourceKey, inbound.now)
  if (source === null || source.connector !== inbound.connector) throw new DomainError('unknown-source')
  if (push.handshake) return push.handshake(inbound, keysAt(source, inbound.now), inbound.now)
  return { status: 405, headers: { Allow: 'POST', 'Content-Type': 'application/json' }, body: JSON.stringify({ message: 'send your leads here by POST' }) }
}
