import { textOf } from '../../clean-text'
import { askPlatform, entriesOf, notEquipped, refusalOf, settingOf } from '../ask-platform'
import type { Keys, Listed } from '../connector'
import { chinaMoment, chinaText, idOf } from '../draft-parts'
import { isObject, own } from '../read-body'

const PAGE = 100
const CODES = {
  'not-permitted': ['40002', '40102', '40103', '40104', '40105', '40107'],
  'rate-limited': ['40100', '40110', '40133'],
  unreadable: ['40001'],
} as const

/** The clues of a period, newest first: GET /2/tools/clue/get/. The token is the advertiser's own and lasts a day. */
export async function listOceanengine({ since, until, cursor }: { since: Date; until: Date; cursor: string | null }, keys: Keys): Promise<Listed> {
  const token = keys.keys['access_token'] ?? ''
  const advertiser = settingOf(keys, 'advertiser_id')
  if (token === '') return notEquipped('access-token')
  if (!/^\d{1,20}$/.test(advertiser)) return notEquipped('advertiser-id')
  const page = Number(cursor ?? '1')
  const asked = new URLSearchParams({
    advertiser_ids: `[${advertiser}]`, start_time: chinaText(since), end_time: chinaText(until), page: String(page), page_size: String(PAGE),
  })
  const answer = await askPlatform(`${settingOf(keys, 'api_base', 'https://api.oceanengine.com/open_api')}/2/tools/clue/get/?${asked}`, { headers: { 'Access-Token': token } })
  if (!answer.ok) return answer
  const code = textOf(own(answer.body, 'code'), 20) ?? ''
  if (code !== '0') return refusalOf(code, textOf(own(answer.body, 'message')), CODES)
  const entries = entriesOf(answer.text, ['data', 'list'], (clue) => ({
    externalId: idOf(clue, ['clue_id', 'id']), at: chinaMoment(own(clue, 'create_time_detail')) ?? chinaMoment(own(clue, 'create_time')),
  }))
  const data = own(answer.body, 'data')
  const pages = isObject(data) ? own(data, 'page_info') : undefined
  const last = Number(isObject(pages) ? (textOf(own(pages, 'total_page'), 12) ?? '1') : '1')
  return { ok: true, entries, next: page < last ? String(page + 1) : null }
}
