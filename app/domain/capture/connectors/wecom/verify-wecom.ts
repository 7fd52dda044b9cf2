import { timingSafeEqualText } from '~/platform/crypto'
import type { Keys, Message, Reply, Verification } from '../connector'
import { isSignedBy, openEnvelope } from '../sealed-callback'
import { fieldOf, readXml } from './read-xml'

const text = { 'Content-Type': 'text/plain; charset=utf-8' }

/** The event inside a callback's envelope; a reason where it is not for us or cannot be opened. */
export function openCallback(raw: Uint8Array, keys: Keys): { encrypted: string; event: ReadonlyMap<string, string> } | { why: string } {
  const outer = readXml(Buffer.from(raw).toString('utf8'))
  const encrypted = outer?.get('Encrypt') ?? ''
  if (encrypted === '') return { why: 'body-unreadable' }
  const opened = open(encrypted, keys)
  if ('why' in opened) return opened
  const event = readXml(opened.message)
  return event === null ? { why: 'body-unreadable' } : { encrypted, event }
}

/**
 * WeCom callbacks: SHA-1 over token, timestamp, nonce and cipher text, then the cipher text itself must open and name
 * our corporation. WeCom states no tolerance for the timestamp: what comes twice is a duplicate by its event.
 */
export function verifyWecom({ raw, query }: Message, keys: Keys): Verification {
  if (keys.secrets.length === 0) return { ok: false, why: 'no-key-configured' }
  const outer = readXml(Buffer.from(raw).toString('utf8'))
  if (outer === null) return { ok: false, why: 'body-unreadable' }
  const refused = refusalOf(query, outer.get('Encrypt') ?? '', keys)
  if (refused !== null) return { ok: false, why: refused }
  const opened = openCallback(raw, keys)
  if ('why' in opened) return { ok: false, why: opened.why }
  return { ok: true, dedupeKey: dedupeOf(opened.event) }
}

/** WeCom asks whether the address can decrypt: the answer is the bare text, without quotes, mark or line end. */
export function shakeWecom({ query }: Message, keys: Keys): Reply {
  const echo = query.get('echostr') ?? ''
  const refused = echo === '' ? 'signature-missing' : refusalOf(query, echo, keys)
  const opened = refused === null ? open(echo, keys) : { why: refused }
  return 'why' in opened ? { status: 403, headers: text, body: opened.why } : { status: 200, headers: text, body: opened.message }
}

function refusalOf(query: URLSearchParams, encrypted: string, { secrets }: Keys): string | null {
  const given = query.get('msg_signature') ?? ''
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? '']
  if (given === '' || timestamp === '' || nonce === '' || encrypted === '') return 'signature-missing'
  return isSignedBy(secrets, given, [timestamp, nonce, encrypted]) ? null : 'signature-wrong'
}

function open(encrypted: string, { keys, settings }: Keys): { message: string } | { why: string } {
  const opened = openEnvelope(keys['encoding_aes_key'] ?? '', encrypted)
  if (opened === null) return { why: 'not-decrypted' }
  const receiver = settings['corp_id']
  return typeof receiver === 'string' && receiver !== '' && timingSafeEqualText(receiver, opened.receiver) ? { message: opened.message } : { why: 'receiver-wrong' }
}

// Events carry no id of their own; the parts WeCom names make one. Messages do.
function dedupeOf(event: ReadonlyMap<string, string>): string {
  const message = fieldOf(event, 'MsgId')
  if (message !== null) return message
  return ['FromUserName', 'CreateTime', 'Event', 'ChangeType', 'ExternalUserID', 'UserID'].map((name) => fieldOf(event, name, 64) ?? '').join(':')
}
