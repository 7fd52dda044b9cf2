import type { Connector } from '../connector'
import { jsonReply } from '../json-reply'
import { listTencentAds } from './list-tencent-ads'
import { mapTencentAds } from './map-tencent-ads'

/**
 * Tencent Ads leads. How a push is signed is not published and nothing is verified: whoever knows the address can
 * post to it. The list of the Marketing API is the vendor's own, and proves what arrived.
 */
export const tencentAds: Connector = {
  standing: 'partly',
  fields: [
    { name: 'access_token', kind: 'secret', isRequired: false },
    { name: 'account_id', kind: 'text', isRequired: false },
    { name: 'pull', kind: 'switch', isRequired: false },
    { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://api.e.qq.com/v3.0' },
  ],
  map: ({ raw }) => mapTencentAds(raw),
  list: listTencentAds,
  push: {
    verify: () => ({ ok: true, dedupeKey: null }),
    reply: (received) => jsonReply(received, () => ({ code: 0, message: 'success' })),
    newSecret: null,
    mayLackSecret: 'always',
    checkSecret: () => false,
    sample: (_keys, id) => ({
      raw: Buffer.from(JSON.stringify({ leads_id: id, leads_name: '预览用户', leads_tel: '13800000002', leads_source: 'AD_PREVIEW' })),
      headers: { 'content-type': 'application/json' },
    }),
  },
}
