import { randomBytes } from 'node:crypto'
import { jsonReply } from '../json-reply'
import type { Connector } from '../connector'
import { mapStandard } from './map-standard'
import { secretBytes, sign, verifyStandard } from './verify-standard'

const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/

/** Our own inbound JSON, signed as Standard Webhooks 1.0: forms, partners and tools without a scheme of their own. */
export const standard: Connector = {
  standing: 'vendor',
  fields: [],
  map: ({ raw }) => mapStandard(raw),
  push: {
    verify: verifyStandard,
    reply: (received) => jsonReply(received, (receipt) => ({ receipt })),
    newSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
    checkSecret: (secret) => SECRET.test(secret) && secretBytes(secret).length >= 24 && secretBytes(secret).length <= 64,
    sample: ({ secrets: [secret = ''] }, id, now) => {
      const timestamp = String(Math.floor(now.getTime() / 1000))
      const raw = Buffer.from(JSON.stringify({ type: 'lead.submitted', timestamp: now.toISOString(), data: { external_id: id, full_name: 'Test Lead', email: 'test@example.com', test: true } }))
      return { raw, headers: { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${sign(secret, id, timestamp, raw)}` } }
    },
  },
}
