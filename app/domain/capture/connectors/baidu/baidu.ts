import { textOf } from '../../clean-text'
import type { Connector, Keys, Message, Verification } from '../connector'
import { jsonReply } from '../json-reply'
import { own, readBody } from '../read-body'
import { isOneOf, sharedToken } from '../secrets'
import { listBaidu } from './list-baidu'
import { mapBaidu } from './map-baidu'

/**
 * Baidu Jimuyu. A push holds the token that was set at Baidu in its body; some accounts send none, which must be
 * allowed on purpose. Each clue comes twice: at once, and about 20 minutes later with the plan, unit and keyword.
 */
export const baidu: Connector = {
  standing: 'third-party',
  fields: [
    { name: 'allow_without_token', kind: 'switch', isRequired: false },
    { name: 'user_name', kind: 'text', isRequired: false },
    { name: 'access_token', kind: 'secret', isRequired: false },
    { name: 'pull', kind: 'switch', isRequired: false },
    { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://api.baidu.com/json/sms/service' },
  ],
  map: ({ raw }) => mapBaidu(raw),
  list: listBaidu,
  push: {
    verify: verifyBaidu,
    reply: (received) => jsonReply(received, () => ({ code: 0, message: 'success' })),
    ...sharedToken,
    sample: null,
  },
}

function verifyBaidu({ raw }: Message, { secrets, settings }: Keys): Verification {
  const read = readBody(raw)
  if ('issues' in read) return { ok: false, why: 'body-unreadable' }
  const given = textOf(own(read.body, 'token'), 500)
  if (given === null) return settings['allow_without_token'] === true ? { ok: true, dedupeKey: null } : { ok: false, why: 'key-missing' }
  if (secrets.length === 0) return { ok: false, why: 'no-key-configured' }
  return isOneOf(secrets, given) ? { ok: true, dedupeKey: null } : { ok: false, why: 'key-wrong' }
}
