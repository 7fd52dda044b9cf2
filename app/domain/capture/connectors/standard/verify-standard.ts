import { timingSafeEqual } from 'node:crypto'
import { hmacSha256 } from '~/platform/crypto'
import type { Keys, Message, Verification } from '../connector'

const TOLERANCE_SECONDS = 300
const MOST_SIGNATURES = 16

/**
 * Standard Webhooks 1.0, symmetric signatures: HMAC-SHA-256 over `id.timestamp.` and the raw bytes, several
 * `v1,…` separated by blanks, five minutes of tolerance either way.
 */
export function verifyStandard({ raw, headers }: Message, { secrets }: Keys, now: Date): Verification {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const given = headers['webhook-signature'] ?? ''
  if (id === '' || timestamp === '' || given === '') return { ok: false, why: 'signature-missing' }
  if (id.length > 256) return { ok: false, why: 'id-too-long' }
  if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, why: 'timestamp-unreadable' }
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return { ok: false, why: 'timestamp-outside-tolerance' }
  const expected = secrets.map((secret) => sign(secret, id, timestamp, raw))
  const signatures = given.split(' ').slice(0, MOST_SIGNATURES).filter((each) => each.startsWith('v1,')).map((each) => each.slice(3))
  const matches = signatures.some((signature) => expected.some((each) => isSame(each, signature)))
  return matches ? { ok: true, dedupeKey: id } : { ok: false, why: 'signature-wrong' }
}

// How long a signature is, everybody knows: only what differs inside must not show.
function isSame(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The base64 signature of a message under a `whsec_` secret. */
export function sign(secret: string, id: string, timestamp: string, raw: Uint8Array): string {
  return hmacSha256(secretBytes(secret), Buffer.concat([Buffer.from(`${id}.${timestamp}.`), raw])).toString('base64')
}

/** The key inside a secret: base64 after `whsec_`. */
export function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}
