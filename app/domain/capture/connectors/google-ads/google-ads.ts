import { randomToken, timingSafeEqualText } from '~/platform/crypto'
import { textOf } from '../../clean-text'
import type { Connector, Keys, Message, Verification } from '../connector'
import { jsonReply } from '../json-reply'
import { readBody } from '../read-body'
import { mapGoogleAds } from './map-google-ads'

/** Google Ads lead forms: no signature, the shared key stands in the body. 4xx is never retried, 5xx is. */
export const googleAds: Connector = {
  standing: 'vendor',
  fields: [],
  map: ({ raw }) => mapGoogleAds(raw),
  push: {
    verify: verifyGoogleAds,
    reply: (received) => jsonReply(received, () => ({})),
    newSecret: () => randomToken(24),
    checkSecret: (secret) => /^[\x21-\x7e]{4,100}$/.test(secret),
    sample: ({ secrets: [secret = ''] }, id) => ({
      raw: Buffer.from(JSON.stringify({
        lead_id: id, api_version: '1.0', form_id: 0, campaign_id: 0, google_key: secret, is_test: true,
        user_column_data: [{ column_id: 'FULL_NAME', string_value: 'Test Lead' }, { column_id: 'EMAIL', string_value: 'test@example.com' }],
      })),
      headers: { 'content-type': 'application/json' },
    }),
  },
}

// Google's samples spell the key both ways. An empty key never equals anything.
function verifyGoogleAds({ raw }: Message, { secrets }: Keys): Verification {
  if (secrets.length === 0) return { ok: false, why: 'no-key-configured' }
  const read = readBody(raw)
  if ('issues' in read) return { ok: false, why: 'body-unreadable' }
  const given = textOf(read.body['google_key'] ?? read.body['Google_key'], 200)
  if (given === null) return { ok: false, why: 'key-missing' }
  const right = secrets.some((secret) => secret !== '' && timingSafeEqualText(secret, given))
  return right ? { ok: true, dedupeKey: null } : { ok: false, why: 'key-wrong' }
}
