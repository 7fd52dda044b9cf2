import { hmacSha256 } from '~/platform/crypto'
import type { Connector, Keys, Message, Verification } from '../connector'
import { jsonReply } from '../json-reply'
import { isOneOf } from '../secrets'
import { mapTiktok } from './map-tiktok'

/**
 * TikTok lead subscriptions. TikTok documents its signature for other webhooks; that LEAD pushes carry it is not
 * confirmed. So it is verified where it is sent, may be required, and the address itself stays unguessable.
 */
export const tiktok: Connector = {
  standing: 'partly',
  fields: [{ name: 'require_signature', kind: 'switch', isRequired: false }],
  map: ({ raw }) => mapTiktok(raw),
  push: {
    verify: verifyTiktok,
    reply: (received) => jsonReply(received, () => ({ code: 0, message: 'OK' })),
    newSecret: null,
    mayLackSecret: 'sometimes',
    checkSecret: (secret) => /^[\x21-\x7e]{4,300}$/.test(secret),
    sample: null,
  },
}

const HEADER = /^t=(\d{1,12}),\s*s=([0-9a-f]{64})$/i
const TOLERANCE_SECONDS = 300
// Retries come for 72 hours, and whether they are signed anew is not said: only a moment ahead of ours is refused.
const MOST_AGE_SECONDS = 72 * 3600 + TOLERANCE_SECONDS

function verifyTiktok({ raw, headers }: Message, { secrets, settings }: Keys, now: Date): Verification {
  const header = headers['tiktok-signature'] ?? ''
  const isRequired = settings['require_signature'] === true
  if (header === '') return isRequired ? { ok: false, why: 'signature-missing' } : { ok: true, dedupeKey: null }
  if (secrets.length === 0) return isRequired ? { ok: false, why: 'no-key-configured' } : { ok: true, dedupeKey: null }
  const [, timestamp, signature] = HEADER.exec(header.trim()) ?? []
  if (timestamp === undefined || signature === undefined) return { ok: false, why: 'signature-wrong' }
  const age = now.getTime() / 1000 - Number(timestamp)
  if (age < -TOLERANCE_SECONDS || age > MOST_AGE_SECONDS) return { ok: false, why: 'timestamp-outside-tolerance' }
  const signed = Buffer.concat([Buffer.from(`${timestamp}.`), raw])
  const expected = secrets.map((secret) => hmacSha256(secret, signed).toString('hex'))
  return isOneOf(expected, signature.toLowerCase()) ? { ok: true, dedupeKey: null } : { ok: false, why: 'signature-wrong' }
}
