import { textOf } from '../../clean-text'
import { askPlatform, entriesOf, notEquipped, refusalOf, settingOf } from '../ask-platform'
import type { Keys, Listed } from '../connector'
import { chinaMoment, chinaText, idOf } from '../draft-parts'
import { isObject, own } from '../read-body'

const PAGE = 100

/** The clues of a period: POST /v2/gemini/crm/clue/list. Its codes are not published: what they mean is read from its words. */
export async function listKuaishou({ since, until, cursor }: { since: Date; until: Date; cursor: string | null }, keys: Keys): Promise<Listed> {
  const token = keys.keys['access_token'] ?? ''
  const advertiser = settingOf(keys, 'advertiser_id')
  if (token === '') return notEquipped('access-token')
  if (!/^\d{1,20}$/.test(advertiser)) return notEquipped('advertiser-id')
  const page = Number(cursor ?? '1')
  const answer = await askPlatform(`${settingOf(keys, 'api_base', 'https://ad.e.kuaishou.com/rest/openapi')}/v2/gemini/crm/clue/list`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Access-Token': token },
    // Written by hand, because the id may be longer than a number can hold.
    body: `{"advertiser_id":${advertiser},"start_time":"${chinaText(since)}","end_time":"${chinaText(until)}","page":${page},"page_size":${PAGE}}`,
  })
  if (!answer.ok) return answer
  const code = textOf(own(answer.body, 'code'), 20) ?? ''
  if (code !== '0') return refusalOf(code, textOf(own(answer.body, 'message')), {})
  const entries = entriesOf(answer.text, ['data', 'details'], (clue) => ({ externalId: idOf(clue, 'id'), at: chinaMoment(own(clue, 'create_time')) }))
  const data = own(answer.body, 'data')
  const total = Number(isObject(data) ? (textOf(own(data, 'total_count'), 12) ?? '0') : '0')
  return { ok: true, entries, next: entries.length > 0 && page * PAGE < total ? String(page + 1) : null }
}
