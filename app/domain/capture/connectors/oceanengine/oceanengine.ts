import type { Connector, Keys, Received, Reply } from '../connector'
import { settingOf } from '../ask-platform'
import { jsonReply } from '../json-reply'
import { sharedToken } from '../secrets'
import { listOceanengine } from './list-oceanengine'
import { mapOceanengine } from './map-oceanengine'
import { verifyOceanengine } from './verify-oceanengine'

/**
 * Ocean Engine's Feiyu CRM. Its push rule is the advertiser's own: names of fields and the answer can be changed
 * there. The token in ACCESS_TOKEN is compared; how SIGNATURE is made is not published, so it is kept, not verified.
 */
export const oceanengine: Connector = {
  standing: 'partly',
  fields: [
    { name: 'access_token', kind: 'secret', isRequired: false },
    { name: 'advertiser_id', kind: 'text', isRequired: false },
    { name: 'pull', kind: 'switch', isRequired: false },
    { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://api.oceanengine.com/open_api' },
    { name: 'douyin_secret', kind: 'secret', isRequired: false },
    { name: 'reply_code_key', kind: 'text', isRequired: false, fallback: 'code' },
    { name: 'reply_message_key', kind: 'text', isRequired: false, fallback: 'message' },
    { name: 'reply_code', kind: 'text', isRequired: false, fallback: '0' },
    { name: 'reply_message', kind: 'text', isRequired: false, fallback: 'success' },
  ],
  map: ({ raw }) => mapOceanengine(raw),
  list: listOceanengine,
  push: {
    verify: verifyOceanengine,
    reply: replyOceanengine,
    ...sharedToken,
    sample: ({ secrets: [secret = ''] }, id, now) => ({
      raw: Buffer.from(JSON.stringify({
        id, name: '预览用户', telphone: '13800000001', create_time: String(Math.floor(now.getTime() / 1000)), clue_source: '4', clue_type: '0', flow_type: '5', clue_convert_status: '广告预览',
      })),
      headers: { 'content-type': 'application/json', access_token: secret },
    }),
  },
}

// The push rule says which code under which name means "taken"; ours are the ones it proposes.
function replyOceanengine(received: Received, keys: Keys): Reply {
  const code = settingOf(keys, 'reply_code', '0')
  return jsonReply(received, () => ({
    [settingOf(keys, 'reply_code_key', 'code')]: /^(?:0|[1-9]\d{0,8})$/.test(code) ? Number(code) : code,
    [settingOf(keys, 'reply_message_key', 'message')]: settingOf(keys, 'reply_message', 'success'),
  }))
}
