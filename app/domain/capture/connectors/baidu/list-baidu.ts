import { textOf } from '../../clean-text'
import { askPlatform, entriesOf, notEquipped, refusalOf, settingOf } from '../ask-platform'
import type { Keys, Listed, Refused } from '../connector'
import { chinaMoment, chinaText, idOf } from '../draft-parts'
import { isObject, own, type JsonObject } from '../read-body'

/** The list is asked for one kind of component after the other. */
const KINDS = ['form', 'phone', 'consult', 'wechat', 'callback', 'follow'] as const
const PAGE = 1_000
const MOST_DAYS_MS = 30 * 86_400_000
const CODES = { 'not-permitted': ['8101', '8102', '8103', '8104', '8105', '8201', '8206', '8302', '8303', '8304'], 'rate-limited': ['8904', '8906', '8501'] } as const

/** The clues of a period: LeadsNoticeService/getNoticeList. The cursor is a kind and a page of it. */
export async function listBaidu({ since, until, cursor }: { since: Date; until: Date; cursor: string | null }, keys: Keys): Promise<Listed> {
  const token = keys.keys['access_token'] ?? ''
  const userName = settingOf(keys, 'user_name')
  if (token === '') return notEquipped('access-token')
  if (userName === '') return notEquipped('user-name')
  const [kind = KINDS[0], page = '1'] = (cursor ?? '').split(' ').filter((part) => part !== '')
  const start = new Date(Math.max(since.getTime(), until.getTime() - MOST_DAYS_MS))
  const answer = await askPlatform(`${settingOf(keys, 'api_base', 'https://api.baidu.com/json/sms/service')}/LeadsNoticeService/getNoticeList`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json;charset=UTF-8' },
    body: JSON.stringify({
      header: { userName, accessToken: token }, body: { solutionType: kind, startDate: chinaText(start), endDate: chinaText(until), pageNo: Number(page), pageSize: PAGE },
    }),
  })
  if (!answer.ok) return answer
  const refusal = refusalIn(answer.body)
  if (refusal !== null) return refusal
  const entries = entriesOf(answer.text, ['body', 'data', 0, 'noticeDetailList'], (clue) => ({ externalId: idOf(clue, ['clueId', 'clue_id']), at: chinaMoment(own(clue, 'commitTime')) }))
  const following = KINDS[KINDS.indexOf(kind as (typeof KINDS)[number]) + 1]
  const next = entries.length === PAGE ? `${kind} ${Number(page) + 1}` : following === undefined ? null : `${following} 1`
  return { ok: true, entries, next }
}

// The header's status is 0 where all went well; else it says what failed, in a list.
function refusalIn(body: JsonObject): Refused | null {
  const header = own(body, 'header')
  if (!isObject(header)) return refusalOf('no-header', null, { unreadable: ['no-header'] })
  if (textOf(own(header, 'status'), 10) === '0') return null
  const failures = own(header, 'failures')
  const first = Array.isArray(failures) ? failures[0] : undefined
  const code = isObject(first) ? textOf(own(first, 'code'), 20) : null
  return refusalOf(code ?? 'unknown', isObject(first) ? textOf(own(first, 'message')) : textOf(own(header, 'desc')), CODES)
}
