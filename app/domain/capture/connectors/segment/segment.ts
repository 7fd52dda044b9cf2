import { randomToken, timingSafeEqualText } from '~/platform/crypto'
import type { Connector, Keys, Message, Verification } from '../connector'
import { jsonReply } from '../json-reply'
import { readBody } from '../read-body'
import { mapSegment } from './map-segment'
import { keyInBody, readEvents } from './read-events'

/**
 * Tracking events in the shape of Segment. The write key is the name of HTTP Basic, or stands in the body; it is
 * public by nature, for it lies in every page that uses it.
 */
export const segment: Connector = {
  standing: 'vendor',
  fields: [
    { name: 'form_events', kind: 'text', isRequired: false },
    { name: 'identify_opens', kind: 'switch', isRequired: false },
  ],
  map: mapSegment,
  push: {
    verify,
    reply: (received) => jsonReply(received, () => ({ success: true })),
    // It begins with the source's key, so that it alone leads to the source at /api/events.
    newSecret: (sourceKey = '') => `${sourceKey}.${randomToken(16)}`,
    checkSecret: (secret) => /^[A-Za-z0-9._-]{8,200}$/.test(secret),
    sample: null,
  },
}

/** The write key of a request: the user name of Basic, or what the body carries. */
export function writeKeyOf({ headers, raw }: Pick<Message, 'headers' | 'raw'>): string | null {
  const basic = /^basic ([A-Za-z0-9+/=_-]{1,1000})$/i.exec(headers['authorization'] ?? '')
  const named = basic === null ? '' : (Buffer.from(basic[1] ?? '', 'base64').toString('utf8').split(':')[0] ?? '')
  if (named !== '') return named
  const read = readBody(raw)
  return 'issues' in read ? null : keyInBody(read.body)
}

function verify(message: Message, { secrets }: Keys): Verification {
  const given = writeKeyOf(message)
  if (given === null) return { ok: false, why: 'key-missing' }
  if (secrets.filter((secret) => secret !== '' && timingSafeEqualText(secret, given)).length === 0) return { ok: false, why: 'key-wrong' }
  const read = readEvents(message.raw, null)
  const events = 'issues' in read ? [] : read.events
  // Whoever asked not to be tracked is answered, and nothing of it is kept.
  const isOut = message.headers['sec-gpc'] === '1' || message.headers['dnt'] === '1' || (events.length > 0 && events.every(({ isOptedOut }) => isOptedOut))
  if (isOut) return { ok: true, handshake: { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ success: true }) } }
  const [only, second] = events
  return { ok: true, dedupeKey: only !== undefined && second === undefined ? `${only.type}:${only.id}` : null }
}
