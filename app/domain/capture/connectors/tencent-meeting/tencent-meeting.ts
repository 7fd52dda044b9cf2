import type { Connector, Keys, Message, Received, Reply, Verification } from '../connector'
import { textOf } from '../../clean-text'
import { jsonReply } from '../json-reply'
import { own, readBody } from '../read-body'
import { isSignedBy, openSealed } from '../sealed-callback'
import { mapMeeting, openMeeting } from './map-meeting'

const plain = { 'Content-Type': 'text/plain; charset=utf-8' }

/** Tencent Meeting: the data is base64 of JSON, or sealed where an EncodingAESKey is set. The secret is the Token. */
export const tencentMeeting: Connector = {
  standing: 'partly',
  fields: [{ name: 'encoding_aes_key', kind: 'secret', isRequired: false }],
  map: mapMeeting,
  push: {
    verify,
    reply,
    handshake,
    newSecret: null,
    checkSecret: (secret) => /^[A-Za-z0-9]{3,64}$/.test(secret),
    sample: null,
  },
}

// The vendor states no tolerance for the timestamp; a message that comes twice is known by its own sequence.
function verify({ raw, headers }: Message, keys: Keys): Verification {
  const read = readBody(raw)
  const data = 'issues' in read ? null : textOf(own(read.body, 'data'), 2_000_000)
  if (data === null) return { ok: false, why: 'body-unreadable' }
  const refused = refusalOf(headers, data, keys)
  if (refused !== null) return { ok: false, why: refused }
  const opened = openMeeting(raw, keys)
  if ('issues' in opened) return { ok: false, why: 'not-decrypted' }
  // Newer documents call the sequence trace_id.
  return { ok: true, dedupeKey: textOf(own(opened.body, 'unique_sequence'), 200) ?? textOf(own(opened.body, 'trace_id'), 200) }
}

function handshake({ headers, query }: Message, keys: Keys): Reply {
  // A plus sign in an address reads as a blank; base64 has no blanks.
  const check = (query.get('check_str') ?? '').replaceAll(' ', '+')
  const refused = check === '' ? 'signature-missing' : refusalOf(headers, check, keys)
  if (refused !== null) return { status: 403, headers: plain, body: refused }
  const sealed = openSealed(keys.keys['encoding_aes_key'] ?? '', check)
  return { status: 200, headers: plain, body: (sealed ?? Buffer.from(check, 'base64')).toString('utf8') }
}

function refusalOf(headers: Message['headers'], signed: string, { secrets }: Keys): string | null {
  if (secrets.length === 0) return 'no-key-configured'
  const [timestamp, nonce, given] = [headers['timestamp'] ?? '', headers['nonce'] ?? '', headers['signature'] ?? '']
  if (timestamp === '' || nonce === '' || given === '') return 'signature-missing'
  return isSignedBy(secrets, given, [timestamp, nonce, signed]) ? null : 'signature-wrong'
}

function reply(received: Received): Reply {
  const answer = jsonReply(received, () => ({}))
  return answer.status === 200 ? { ...answer, headers: { ...answer.headers, 'Content-Type': 'text/plain' }, body: 'successfully received callback' } : answer
}
