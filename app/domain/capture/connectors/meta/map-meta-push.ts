import type { JsonValue } from '~/lib/json-big'
import { textOf } from '../../clean-text'
import type { Issue } from '../../lead-draft'
import type { FetchOrder, Mapped } from '../connector'
import { isObject, own, readBody, type JsonObject } from '../read-body'

const MOST = 1_000
const IDS = ['page_id', 'form_id', 'ad_id', 'adgroup_id', 'created_time'] as const

/** A batch of changes: several entries, several changes each. Only `leadgen` concerns us; each lead is asked for once. */
export function mapMetaPush(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const entries = own(read.body, 'entry')
  if (!Array.isArray(entries)) return { issues: [{ path: 'entry', code: 'required' }] }
  const changes = entries.flatMap((entry, i) => changesIn(entry, `entry.${i}`))
  const orders = new Map<string, FetchOrder>()
  const issues: Issue[] = []
  for (const { path, pageId, change } of changes.slice(0, MOST)) {
    if (textOf(own(change, 'field'), 60) !== 'leadgen') continue
    const order = orderOf(own(change, 'value'), pageId)
    if (order === null) issues.push({ path: `${path}.value.leadgen_id`, code: 'required' })
    else if (!orders.has(order.externalId)) orders.set(order.externalId, order)
  }
  if (orders.size === 0 && issues.length > 0) return { issues: issues.slice(0, 20) }
  return orders.size === 0 ? { leads: [], ignored: 'other-event' } : { leads: [], fetches: [...orders.values()] }
}

function changesIn(entry: JsonValue, path: string): { path: string; pageId: string | null; change: JsonObject }[] {
  if (!isObject(entry)) return []
  const changes = own(entry, 'changes')
  if (!Array.isArray(changes)) return []
  const pageId = textOf(own(entry, 'id'), 40)
  return changes.flatMap((change, i) => (isObject(change) ? [{ path: `${path}.changes.${i}`, pageId, change }] : []))
}

// Ids arrive as text or as numbers; only digits are taken, because the id becomes part of an address.
function orderOf(value: JsonValue | undefined, pageId: string | null): FetchOrder | null {
  if (!isObject(value)) return null
  const externalId = textOf(own(value, 'leadgen_id'), 40)
  if (externalId === null || !/^\d{1,40}$/.test(externalId)) return null
  const ids = IDS.flatMap((name) => { const id = textOf(own(value, name), 40); return id === null ? [] : [[name, id]] })
  return { externalId, order: { ...(pageId === null ? {} : { page_id: pageId }), ...Object.fromEntries(ids) as Record<string, string> } }
}
