import type { JsonValue } from '~/lib/json-big'
import { askRemote, type RemoteAnswer } from '~/platform/http-client'
import { momentOf, textOf } from '../../clean-text'
import { apiBase, settingOf } from '../api-address'
import type { Entry, FetchOrder, Fetched, KeyField, Keys, Listed, Refused } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'
import { refusalOf } from '../remote-refusal'
import { refusalOfMeta } from './meta-refusal'

const LEAD_FIELDS = 'id,created_time,field_data,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,platform,is_organic'
const PAGE = 100
const PATIENCE_MS = 15_000

export const metaFields: readonly KeyField[] = [
  { name: 'verify_token', kind: 'secret', isRequired: true, generated: true },
  { name: 'access_token', kind: 'secret', isRequired: false },
  { name: 'form_ids', kind: 'text', isRequired: false },
  { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://graph.facebook.com' },
  { name: 'api_version', kind: 'text', isRequired: false, fallback: 'v23.0' },
]

type Asked = { ok: true; answer: RemoteAnswer; body: JsonObject } | Refused

/** One lead: `GET /v{N}/{leadgen_id}?fields=…&access_token=…`, as the vendor documents it. */
export async function fetchMetaLead({ externalId }: FetchOrder, keys: Keys, now: Date): Promise<Fetched> {
  const asked = await ask(encodeURIComponent(externalId), { fields: LEAD_FIELDS }, keys, now)
  if (!asked.ok) return asked
  // Another lead under this address would be kept under the wrong id.
  if (textOf(own(asked.body, 'id'), 40) !== externalId) return { ok: false, problem: 'unreadable', detail: 'other-id' }
  return { ok: true, raw: asked.answer.body, contentType: asked.answer.headers['content-type'] ?? 'application/json' }
}

/**
 * The leads of the page's forms, form by form: `GET /{form}/leads` with a filter on the time they were made. Forms are
 * those of the setting, else all the page has. The cursor names the form and the vendor's own cursor in it.
 */
export async function listMetaLeads({ since, until, cursor }: { since: Date; until: Date; cursor: string | null }, keys: Keys, now: Date): Promise<Listed> {
  const forms = await formIds(keys, now)
  if (!forms.ok) return forms
  const [formId = forms.ids[0], after = ''] = cursor === null ? [] : splitCursor(cursor)
  if (formId === undefined) return { ok: true, entries: [], next: null }
  const asked = await ask(`${encodeURIComponent(formId)}/leads`, { fields: LEAD_FIELDS, filtering: between(since, until), limit: String(PAGE), ...(after === '' ? {} : { after }) }, keys, now)
  if (!asked.ok) return asked
  const data = own(asked.body, 'data')
  if (!Array.isArray(data)) return { ok: false, problem: 'unreadable', detail: 'no-data' }
  const more = nextIn(asked.body)
  const nextForm = forms.ids[forms.ids.indexOf(formId) + 1]
  return { ok: true, entries: data.flatMap(entryOf), next: more !== null ? `${formId} ${more}` : nextForm === undefined ? null : `${nextForm} ` }
}

async function formIds(keys: Keys, now: Date): Promise<{ ok: true; ids: string[] } | Refused> {
  const set = settingOf(metaFields, keys, 'form_ids').split(/[\s,;]+/).filter((id) => /^\d{1,40}$/.test(id))
  if (set.length > 0) return { ok: true, ids: [...new Set(set)] }
  const asked = await ask('me/leadgen_forms', { fields: 'id', limit: '500' }, keys, now)
  if (!asked.ok) return asked
  const data = own(asked.body, 'data')
  return { ok: true, ids: Array.isArray(data) ? data.flatMap((form) => (isObject(form) ? (textOf(own(form, 'id'), 40) ?? []) : [])) : [] }
}

// The token stands in the query, as the vendor documents it. Nothing here writes addresses to a log.
async function ask(path: string, query: Record<string, string>, keys: Keys, now: Date): Promise<Asked> {
  if ((keys.keys['access_token'] ?? '') === '') return { ok: false, problem: 'not-permitted', detail: 'no-key-configured' }
  const version = settingOf(metaFields, keys, 'api_version').replace(/^v?/, 'v')
  const params = new URLSearchParams({ ...query, access_token: keys.keys['access_token'] ?? '' })
  try {
    const answer = await askRemote(`${apiBase(metaFields, keys)}/${encodeURIComponent(version)}/${path}?${params.toString()}`, { headers: { accept: 'application/json' }, timeoutMs: PATIENCE_MS })
    const read = readBody(answer.body)
    if (answer.status !== 200 || 'issues' in read || isObject(own(read.body, 'error'))) return refusalOfMeta(answer, 'body' in read ? read.body : {}, now)
    return { ok: true, answer, body: read.body }
  } catch (error) {
    return refusalOf(error)
  }
}

// Meta's own filter; both ends are let in, because "greater than" leaves out the second itself.
function between(since: Date, until: Date): string {
  const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000)
  return JSON.stringify([
    { field: 'time_created', operator: 'GREATER_THAN', value: seconds(since) - 1 }, { field: 'time_created', operator: 'LESS_THAN', value: seconds(until) + 1 },
  ])
}

function nextIn(body: JsonObject): string | null {
  const paging = own(body, 'paging')
  if (!isObject(paging) || textOf(own(paging, 'next'), 4_000) === null) return null
  const cursors = own(paging, 'cursors')
  return isObject(cursors) ? textOf(own(cursors, 'after'), 2_000) : null
}

// Each entry is written out of the page it stands in: big ids are text by then, digit for digit.
function entryOf(item: JsonValue): Entry[] {
  const externalId = isObject(item) ? textOf(own(item, 'id'), 40) : null
  return !isObject(item) || externalId === null ? [] : [{ externalId, at: momentOf(own(item, 'created_time')), raw: Buffer.from(JSON.stringify(item)) }]
}

function splitCursor(cursor: string): [string, string] {
  const at = cursor.indexOf(' ')
  return at < 0 ? [cursor, ''] : [cursor.slice(0, at), cursor.slice(at + 1)]
}
