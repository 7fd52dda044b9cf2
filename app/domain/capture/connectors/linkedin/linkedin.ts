import { hmacSha256, timingSafeEqualText } from '~/platform/crypto'
import { textOf } from '../../clean-text'
import type { Connector, Keys, Message, Reply, Verification } from '../connector'
import { jsonReply } from '../json-reply'
import { own, readBody } from '../read-body'
import { fetchLinkedinLead, linkedinFields } from './ask-linkedin'
import { mapLinkedinLead } from './map-linkedin-lead'
import { mapLinkedinPush } from './map-linkedin-push'

const MOST_CHALLENGE = 500

/** LinkedIn Lead Sync. A push names a response and what happened to it; the answers are asked for. */
export const linkedin: Connector = {
  standing: 'vendor',
  fields: linkedinFields,
  map: ({ raw, way }) => (way === 'push' ? mapLinkedinPush(raw) : mapLinkedinLead(raw)),
  fetch: fetchLinkedinLead,
  push: {
    verify: verifyLinkedin,
    handshake: shakeWithLinkedin,
    reply: (received) => jsonReply(received, () => ({})),
    // The client secret of the app, which the platform issues; whether a lead is a test stands in its answers only.
    newSecret: null,
    checkSecret: (secret) => /^[\x20-\x7e]{4,200}$/.test(secret),
    sample: null,
  },
}

const hex = (secret: string, content: string | Uint8Array) => hmacSha256(secret, content).toString('hex')

// The prefix belongs to what is signed, not to the header.
function verifyLinkedin({ raw, headers }: Message, { secrets }: Keys): Verification {
  const given = headers['x-li-signature'] ?? ''
  if (given === '') return { ok: false, why: 'signature-missing' }
  const signed = Buffer.concat([Buffer.from('hmacsha256='), raw])
  const right = secrets.some((secret) => secret !== '' && timingSafeEqualText(hex(secret, signed), given))
  return right ? { ok: true, dedupeKey: dedupeKeyOf(raw) } : { ok: false, why: 'signature-wrong' }
}

// "Duplicates possible": LinkedIn names response and action as what makes a notification the same.
function dedupeKeyOf(raw: Uint8Array): string | null {
  const read = readBody(raw)
  if ('issues' in read) return null
  const [response, action] = [textOf(own(read.body, 'leadGenFormResponse'), 200), textOf(own(read.body, 'leadAction'), 20)]
  return response === null || action === null ? null : `${response} ${action}`
}

// Asked every two hours; three wrong answers block the address. The present secret answers, never the former one.
function shakeWithLinkedin({ query }: Message, { secrets: [secret = ''] }: Keys): Reply {
  const challengeCode = query.get('challengeCode') ?? ''
  const headers = { 'Content-Type': 'application/json' }
  if (secret === '' || challengeCode === '' || challengeCode.length > MOST_CHALLENGE) return { status: 400, headers, body: JSON.stringify({ message: 'challengeCode is missing' }) }
  return { status: 200, headers, body: JSON.stringify({ challengeCode, challengeResponse: hex(secret, challengeCode) }) }
}
