import { randomBytes } from 'node:crypto'
import type { Connector, Received, Reply } from '../connector'
import { jsonReply } from '../json-reply'
import { fetchContact } from './ask-wecom'
import { mapWecom } from './map-wecom'
import { shakeWecom, verifyWecom } from './verify-wecom'

/**
 * WeCom customer contact: events carry ids only, so each contact is fetched. The secret is the callback's Token; the
 * AES key has no overlap, because WeCom changes both at once and asks the address again.
 */
export const wecom: Connector = {
  standing: 'vendor',
  fields: [
    { name: 'corp_id', kind: 'text', isRequired: true },
    { name: 'encoding_aes_key', kind: 'secret', isRequired: true },
    { name: 'contact_secret', kind: 'secret', isRequired: false },
    { name: 'state_campaigns', kind: 'text', isRequired: false },
    { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://qyapi.weixin.qq.com' },
  ],
  map: mapWecom,
  fetch: fetchContact,
  push: {
    verify: (message, keys) => verifyWecom(message, keys),
    reply,
    handshake: (message, keys) => shakeWecom(message, keys),
    newSecret: () => randomBytes(16).toString('hex'),
    checkSecret: (secret) => /^[A-Za-z0-9]{3,32}$/.test(secret),
    sample: null,
  },
}

// WeCom reads no JSON: success is the bare word.
function reply(received: Received): Reply {
  const answer = jsonReply(received, () => ({}))
  return answer.status === 200 ? { ...answer, headers: { ...answer.headers, 'Content-Type': 'text/plain' }, body: 'success' } : answer
}
