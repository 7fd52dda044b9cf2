import { createHmac } from 'node:crypto'
import type { Connector, Keys, Message, Verification } from '../connector'
import { jsonReply } from '../json-reply'
import { isOneOf, sharedToken } from '../secrets'
import { mapXiaohongshu } from './map-xiaohongshu'

/**
 * Xiaohongshu's form leads. The signature (HMAC-SHA-1 of the raw bytes under the token) is an option of the
 * platform: it is verified where it is sent and may be required. A test message must succeed before it is enabled.
 */
export const xiaohongshu: Connector = {
  standing: 'third-party',
  fields: [{ name: 'require_signature', kind: 'switch', isRequired: false }],
  map: ({ raw }) => mapXiaohongshu(raw),
  push: {
    verify: verifyXiaohongshu,
    reply: (received) => jsonReply(received, () => ({ code: 0, message: 'success' })),
    ...sharedToken,
    sample: ({ secrets: [secret = ''] }, _id, now) => {
      const raw = Buffer.from(JSON.stringify({ source: 'test', timestamp: now.getTime(), data: {} }))
      return { raw, headers: { 'content-type': 'application/json', 'x-red-signature': `sha1=${signed(secret, raw)}` } }
    },
  },
}

const signed = (token: string, raw: Uint8Array) => createHmac('sha1', token).update(raw).digest('hex')

function verifyXiaohongshu({ raw, headers }: Message, { secrets, settings }: Keys): Verification {
  const header = headers['x-red-signature'] ?? ''
  if (header === '') return settings['require_signature'] === true ? { ok: false, why: 'signature-missing' } : { ok: true, dedupeKey: null }
  if (secrets.length === 0) return { ok: false, why: 'no-key-configured' }
  const given = /^(?:sha1=)?([0-9a-f]{40})$/i.exec(header.trim())?.[1]?.toLowerCase()
  if (given === undefined) return { ok: false, why: 'signature-wrong' }
  return isOneOf(secrets.map((secret) => signed(secret, raw)), given) ? { ok: true, dedupeKey: null } : { ok: false, why: 'signature-wrong' }
}
