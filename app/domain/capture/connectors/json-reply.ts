import type { Received, Reply } from './connector'

const json = { 'Content-Type': 'application/json' }

/**
 * The answer of a connector whose platform follows HTTP: 2xx kept, 401 wrong signature, 410 paused, 503 come
 * again. `kept` is the body of success.
 */
export function jsonReply(received: Received, kept: (receipt: string) => object): Reply {
  switch (received.kind) {
    case 'stored':
    case 'duplicate':
      return { status: 200, headers: { ...json, 'Clew-Receipt': received.receipt }, body: JSON.stringify(kept(received.receipt)) }
    case 'wrong-signature': return refused(401, 'wrong signature', received.receipt)
    case 'paused': return refused(410, 'this source is paused', received.receipt)
    case 'busy':
      return { status: 503, headers: { ...json, 'Retry-After': String(received.retryAfter) }, body: JSON.stringify({ message: 'try again' }) }
  }
}

function refused(status: number, message: string, receipt: string | null): Reply {
  return { status, headers: receipt === null ? json : { ...json, 'Clew-Receipt': receipt }, body: JSON.stringify({ message }) }
}
