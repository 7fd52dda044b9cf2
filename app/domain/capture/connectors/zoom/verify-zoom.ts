import { hmacSha256, timingSafeEqualText } from '~/platform/crypto'
import { momentOf, textOf } from '../../clean-text'
import type { Keys, Message, Verification } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'

const TOLERANCE_SECONDS = 300
// Without a colon no token can be the text of a signature: an answer to it forges nothing.
const PLAIN_TOKEN = /^[A-Za-z0-9_-]{8,100}$/

/** Zoom's signature: `v0=` and HMAC-SHA-256 over `v0:timestamp:` and the raw bytes, five minutes of tolerance either way. */
export function verifyZoom({ raw, headers }: Message, { secrets }: Keys, now: Date): Verification {
  if (secrets.length === 0) return { ok: false, why: 'no-key-configured' }
  const timestamp = headers['x-zm-request-timestamp'] ?? ''
  const given = headers['x-zm-signature'] ?? ''
  const isSigned = timestamp !== '' && given !== ''
  if (isSigned) {
    if (!/^\d{1,13}$/.test(timestamp)) return { ok: false, why: 'timestamp-unreadable' }
    const seconds = timestamp.length > 11 ? Number(timestamp) / 1000 : Number(timestamp)
    if (Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_SECONDS) return { ok: false, why: 'timestamp-outside-tolerance' }
    if (secrets.filter((secret) => timingSafeEqualText(signZoom(secret, timestamp, raw), given)).length === 0) return { ok: false, why: 'signature-wrong' }
  }
  const read = readBody(raw)
  const body = 'issues' in read ? {} : read.body
  if (textOf(own(body, 'event')) === 'endpoint.url_validation') return validation(body, secrets[0] ?? '')
  return isSigned ? { ok: true, dedupeKey: dedupeOf(body) } : { ok: false, why: 'signature-missing' }
}

export const signZoom = (secret: string, timestamp: string, raw: Uint8Array): string =>
  `v0=${hmacSha256(secret, Buffer.concat([Buffer.from(`v0:${timestamp}:`), raw])).toString('hex')}`

// Asked when the address is saved and every 72 hours; answered and not kept.
function validation(body: JsonObject, secret: string): Verification {
  const payload = own(body, 'payload')
  const plainToken = isObject(payload) ? textOf(own(payload, 'plainToken'), 200) : null
  if (plainToken === null || !PLAIN_TOKEN.test(plainToken)) return { ok: false, why: 'signature-missing' }
  const answer = { plainToken, encryptedToken: hmacSha256(secret, plainToken).toString('hex') }
  return { ok: true, handshake: { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(answer) } }
}

/** The parts that make a Zoom event itself: its kind, its meeting, its person, its time. Null where any is missing. */
export function dedupeOf(body: JsonObject): string | null {
  const payload = own(body, 'payload')
  const object = isObject(payload) ? own(payload, 'object') : undefined
  const event = textOf(own(body, 'event'), 80)
  if (!isObject(object) || event === null) return null
  const meeting = textOf(own(object, 'uuid'), 80) ?? textOf(own(object, 'id'), 80) ?? ''
  const registrant = own(object, 'registrant')
  if (isObject(registrant)) {
    const id = textOf(own(registrant, 'id'), 80)
    return id === null ? null : `${event}:${meeting}:${id}`
  }
  const participant = own(object, 'participant')
  if (!isObject(participant)) return null
  const id = participantOf(participant)
  const at = momentOf(own(participant, 'join_time')) ?? momentOf(own(participant, 'leave_time'))
  return id === null || at === null ? null : `${event}:${meeting}:${id}:${textOf(own(participant, 'join_time'), 40) ?? ''}:${textOf(own(participant, 'leave_time'), 40) ?? ''}`
}

/** Who is in the room: the id of this stay where Zoom gives one. */
export const participantOf = (participant: JsonObject): string | null => textOf(own(participant, 'participant_uuid'), 80) ?? textOf(own(participant, 'user_id'), 80)
