import { createHash } from 'node:crypto'
import type { JsonValue } from '~/lib/json-big'
import type { Keys, Message, Reply, Verification } from '../connector'
import { textOf } from '../../clean-text'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { isOneOf } from '../secrets'

/**
 * A push carries the token of the push rule in ACCESS_TOKEN. A subscription of the Marketing API or of Douyin asks
 * about the address first and is answered. Douyin signs: hex SHA-1 over its client secret and the raw bytes.
 */
export function verifyOceanengine({ raw, headers }: Message, { secrets, keys }: Keys): Verification {
  const douyin = headers['x-douyin-signature'] ?? ''
  const token = headers['access_token'] ?? headers['access-token'] ?? ''
  if (token !== '') return verifyToken(token, secrets)
  const asked = challengeOf(raw)
  if (asked !== null) return { ok: true, handshake: asked }
  if (douyin !== '') return verifyDouyin(douyin, raw, keys['douyin_secret'] ?? '', headers['msg-id'] ?? '')
  return { ok: false, why: secrets.length === 0 ? 'no-key-configured' : 'key-missing' }
}

function verifyToken(token: string, secrets: Keys['secrets']): Verification {
  if (secrets.length === 0) return { ok: false, why: 'no-key-configured' }
  return isOneOf(secrets, token) ? { ok: true, dedupeKey: null } : { ok: false, why: 'key-wrong' }
}

function verifyDouyin(signature: string, raw: Uint8Array, secret: string, messageId: string): Verification {
  if (secret === '') return { ok: false, why: 'no-key-configured' }
  const expected = createHash('sha1').update(secret).update(raw).digest('hex')
  return isOneOf([expected], signature.toLowerCase()) ? { ok: true, dedupeKey: messageId === '' ? null : `douyin:${messageId}` } : { ok: false, why: 'signature-wrong' }
}

// Only for small bodies: the question is short, and an answer to strangers must cost nothing.
function challengeOf(raw: Uint8Array): Reply | null {
  if (raw.byteLength > 2_000) return null
  const read = readBody(raw)
  if ('issues' in read || own(read.body, 'event') !== 'verify_webhook') return null
  const challenge = wireOf(own(read.body, 'challenge'))
  if (challenge !== null) return asJson(`{"BaseResp":{"StatusCode":0,"StatusMessage":"ok"},"challenge":${challenge}}`)
  const inner = wireOf(own(contentOf(own(read.body, 'content')), 'challenge'))
  return inner === null ? null : asJson(`{"challenge":${inner}}`)
}

const asJson = (body: string): Reply => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body })

function contentOf(value: JsonValue | undefined): JsonObject {
  if (isObject(value)) return value
  const read = typeof value === 'string' ? readBody(Buffer.from(value)) : { issues: [] }
  return 'issues' in read ? {} : read.body
}

// Whole numbers go back as numbers, digit for digit; anything else as the text it was.
function wireOf(value: JsonValue | undefined): string | null {
  const text = textOf(value, 200)
  if (text === null) return null
  return /^(?:0|[1-9]\d*)$/.test(text) ? text : JSON.stringify(text)
}
