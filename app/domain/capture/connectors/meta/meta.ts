import { hmacSha256, timingSafeEqualText } from '~/platform/crypto'
import type { Connector, Keys, Message, Reply, Verification } from '../connector'
import { jsonReply } from '../json-reply'
import { fetchMetaLead, listMetaLeads, metaFields } from './ask-meta'
import { mapMetaLead } from './map-meta-lead'
import { mapMetaPush } from './map-meta-push'

const MOST_CHALLENGE = 500

/** Meta instant forms (Facebook, Instagram). A push names leads only; each is then asked for with the page's token. */
export const meta: Connector = {
  standing: 'vendor',
  fields: metaFields,
  map: ({ raw, way }) => (way === 'push' ? mapMetaPush(raw) : mapMetaLead(raw)),
  fetch: fetchMetaLead,
  list: listMetaLeads,
  push: {
    verify: verifyMeta,
    handshake: shakeWithMeta,
    reply: (received) => jsonReply(received, () => ({})),
    // The app secret, which the platform issues; a push carries no mark of a test.
    newSecret: null,
    checkSecret: (secret) => /^[\x20-\x7e]{4,200}$/.test(secret),
    sample: null,
  },
}

// Over the bytes as they came: they hold escaped unicode, which parsing and writing again would not bring back.
function verifyMeta({ raw, headers }: Message, { secrets }: Keys): Verification {
  const given = headers['x-hub-signature-256'] ?? ''
  if (given === '') return { ok: false, why: 'signature-missing' }
  const right = secrets.some((secret) => secret !== '' && timingSafeEqualText(`sha256=${hmacSha256(secret, raw).toString('hex')}`, given))
  return right ? { ok: true, dedupeKey: null } : { ok: false, why: 'signature-wrong' }
}

function shakeWithMeta({ query }: Message, { keys }: Keys): Reply {
  const [token, given, challenge] = [keys['verify_token'] ?? '', query.get('hub.verify_token') ?? '', query.get('hub.challenge') ?? '']
  const right = query.get('hub.mode') === 'subscribe' && token !== '' && timingSafeEqualText(token, given) && challenge !== '' && challenge.length <= MOST_CHALLENGE
  return { status: right ? 200 : 403, headers: { 'Content-Type': 'text/plain' }, body: right ? challenge : 'verify token does not match' }
}
