import { randomToken } from '~/platform/crypto'
import { textOf } from '../../clean-text'
import { askPlatform, entriesOf, notEquipped, refusalOf, settingOf } from '../ask-platform'
import type { Keys, Listed } from '../connector'
import { chinaMoment, idOf } from '../draft-parts'
import { isObject, own, readBody } from '../read-body'

const PAGE = 200
/** Beyond this many, pages are asked for by the last lead of the page before. */
const SHALLOW = 5_000
const CODES = {
  'not-permitted': ['11000', '11002', '11004', '11005', '11007', '11014', '11020'],
  'rate-limited': ['11008', '11016', '11017', '11018', '11019'],
} as const

/** The leads of a period by the time they were stored at Tencent: GET leads_list/get. */
export async function listTencentAds({ since, until, cursor }: { since: Date; until: Date; cursor: string | null }, keys: Keys, now: Date): Promise<Listed> {
  const token = keys.keys['access_token'] ?? ''
  const account = settingOf(keys, 'account_id')
  if (token === '') return notEquipped('access-token')
  if (!/^\d{1,20}$/.test(account)) return notEquipped('account-id')
  const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000)
  const asked = new URLSearchParams({
    access_token: token, timestamp: String(seconds(now)), nonce: randomToken(16), account_id: account, page_size: String(PAGE),
    time_range: JSON.stringify({ start_time: seconds(since), end_time: seconds(until) + 1, time_type: 'TIME_TYPE_CREATED_TIME' }),
    ...(cursor?.startsWith('after ') === true ? { last_search_after_values: JSON.stringify(cursor.split(' ').slice(1)) } : { page: cursor ?? '1' }),
  })
  const answer = await askPlatform(`${settingOf(keys, 'api_base', 'https://api.e.qq.com/v3.0')}/leads_list/get?${asked}`)
  if (!answer.ok) return answer
  const code = textOf(own(answer.body, 'code'), 20) ?? ''
  if (code !== '0') return refusalOf(code, textOf(own(answer.body, 'message_cn')) ?? textOf(own(answer.body, 'message')), CODES)
  const entries = entriesOf(answer.text, ['data', 'leads_info'], (lead) => ({
    externalId: idOf(lead, 'leads_id'), at: chinaMoment(own(lead, 'leads_create_time')) ?? chinaMoment(own(lead, 'leads_action_time')),
  }))
  return { ok: true, entries, next: entries.length < PAGE ? null : nextOf(cursor, entries.at(-1)?.raw ?? null, totalOf(own(answer.body, 'data'))) }
}

function totalOf(data: unknown): number {
  const info = isObject(data as never) ? own(data as never, 'page_info') : undefined
  return Number(isObject(info) ? (textOf(own(info, 'total_number'), 12) ?? 'Infinity') : 'Infinity')
}

function nextOf(cursor: string | null, last: Uint8Array | null, total: number): string | null {
  const page = cursor === null ? 1 : Number(cursor)
  if (Number.isInteger(page) && page * PAGE >= total) return null
  if (Number.isInteger(page) && (page + 1) * PAGE <= SHALLOW) return String(page + 1)
  const read = last === null ? { issues: [] } : readBody(last)
  if ('issues' in read) return null
  const at = chinaMoment(own(read.body, 'leads_create_time'))
  const id = idOf(read.body, 'leads_id')
  return at === null || id === null ? null : `after ${at.getTime()} ${id}`
}
